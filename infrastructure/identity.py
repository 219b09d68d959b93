"""Who people are to the system: their roles, their API tokens, their sessions."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime

import sqlalchemy as sa

from application.identity import Session, Token
from application.principals import Held, Principal
from domain.values import covers
from infrastructure.database import Database
from infrastructure.digests import digest_of
from infrastructure.keys import keys_of
from infrastructure.loans import known_roles, on_loan
from infrastructure.people import ONE_OF, WHOSE, held_by, is_in_force, tokens
from infrastructure.sessions import Lasting, Sessions
from infrastructure.settings import Settings
from infrastructure.vault import PersonalVault


def real_now() -> datetime:
    """The time of the machine: a session ends in real hours, however simulated time is moved."""
    return datetime.now(UTC)


def real_day() -> date:
    """The day of the machine."""
    return real_now().astimezone().date()


def is_within(reach: Held, own: Held) -> bool:
    """Whether a token's reach lies within a role of its holder: they may have lost it."""
    is_same = (reach.role, reach.organisation) == (own.role, own.organisation)
    return is_same and (reach.place == own.place or covers(own.place, reach.place))


def with_roles(person: str, held: tuple[Held, ...]) -> Principal:
    """The person in these roles, on the side of every organisation that one is held for."""
    return Principal(person, held, frozenset(h.organisation for h in held if h.organisation))


class Identity:
    """People, roles, tokens and sessions in the database.

    Whoever is found here also brings the roles that are lent to them on the local day, `today`.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime] = real_now,
        today: Callable[[], date] = real_day,
        vault: PersonalVault | None = None,
        lasting: Lasting | None = None,
    ) -> None:
        self.database = database
        self.vault = vault or PersonalVault(
            database, keys_of(Settings(database_url=database.url)), now
        )
        self.now = now
        self.today = today
        self.sessions = Sessions(database, now, lasting)

    def add_person(self, id: str, name: str) -> None:
        """Records a person; nothing changes where the id is known."""
        self.vault.add(id, name)

    def add_people(self, names: Mapping[str, str]) -> None:
        """Keeps the names of many people by id; nothing changes where somebody is known."""
        self.vault.add_all(names)

    def names(self) -> dict[str, str]:
        """The name of every person by id; the answer is shared, and is not to be changed."""
        return self.vault.names()

    def held_by(self, person: str) -> tuple[Held, ...]:
        """The roles that a person holds today."""
        with self.database.reading() as connection:
            return held_by(connection, person, self.today())

    def principal(self, person: str) -> Principal:
        """The person with every role they hold, and those that are lent to them today."""
        with self.database.reading() as connection:
            return with_roles(person, known_roles(connection, self.today, person).get(person, ()))

    def principals(self) -> dict[str, Principal]:
        """Everybody who has a role, by id, with every role they have; one statement for all."""
        with self.database.reading() as connection:
            known = known_roles(connection, self.today)
        return {person: with_roles(person, held) for person, held in known.items() if held}

    def create_token(
        self,
        id: str,
        person: str,
        held: Held,
        now: datetime,
        *,
        scope: Iterable[str] = (),
        until: date | None = None,
    ) -> str:
        """Makes an API token for a person in one role; the secret is shown this once."""
        secret = secrets.token_urlsafe(32)
        row = {
            "digest": digest_of(secret),
            "id": id,
            "person": person,
            "role": held.role,
            "place": held.place,
            "organisation": held.organisation,
            "created_at": now.isoformat(),
            "revoked_at": "",
            "scope": ",".join(sorted(scope)),
            "until": until.isoformat() if until else "",
        }
        with self.database.writing() as connection:
            connection.execute(tokens.insert().values(**row))
        return secret

    def by_token(self, secret: str) -> Principal | None:
        """Who the token speaks for; None where it is unknown or revoked."""
        return self.by_tokens((secret,)).get(secret)

    def by_tokens(self, secrets: Iterable[str]) -> dict[str, Principal]:
        """Who each of these tokens speaks for, by one statement; invalid ones are left out.

        A token is worth nothing while its holder does not hold its role.
        """
        digests = {digest_of(secret): secret for secret in secrets}
        found = self.by_digests(tuple(digests))
        return {digests[digest]: principal for digest, principal in found.items()}

    def by_digests(self, digests: Iterable[str]) -> dict[str, Principal]:
        """The same, by what is stored of the tokens."""
        among, today = ONE_OF[self.database.is_sqlite], self.today()
        found: dict[str, tuple[tuple[str, str], dict[Held, None], set[str]]] = {}
        with self.database.reading() as connection:
            rows = connection.exec_driver_sql(WHOSE + among, (json.dumps(list(digests)),)).all()
        for digest, scope, last, person, role, place, organisation, *rest in rows:
            (*own, starts, until), lent = rest[:5], rest[5:]
            if not (is_in_force(starts, until, today) and is_in_force("", last, today)):
                continue
            reach = Held(role, place, organisation)
            _, held, interests = found.setdefault(digest, ((person, scope), {}, set()))
            interests |= {own[2]} - {""}
            if is_within(reach, Held(*own)):
                held[reach] = None
            # A token speaks for one role, so a loan of another is nothing to it.
            loans = on_loan(lent, self.today) if lent[0] else ()
            held |= {loan: None for loan in loans if loan.role == role}
        return {
            digest: Principal(person, tuple(held), frozenset(interests), frozenset(names_in(scope)))
            for digest, ((person, scope), held, interests) in found.items()
            if held
        }

    def list_tokens(self, person: str = "") -> list[Token]:
        """Every token, or those of one person, oldest first."""
        query = sa.select(tokens).order_by(tokens.c.created_at, tokens.c.id)
        if person:
            query = query.where(tokens.c.person == person)
        with self.database.reading() as connection:
            return [listed(row) for row in connection.execute(query)]

    def revoke_token(self, id: str, now: datetime, person: str = "") -> bool:
        """Ends a token; False where there is none that is still valid, or it is not theirs."""
        change = tokens.update().where(tokens.c.id == id, tokens.c.revoked_at == "")
        if person:
            change = change.where(tokens.c.person == person)
        with self.database.writing() as connection:
            done = connection.execute(change.values(revoked_at=now.isoformat()))
            return bool(done.rowcount)

    def sign_in(
        self, person: str, *, method: str = "token", browser: str = "", token: str = ""
    ) -> str:
        """Opens a session, of a token where one is given; the secret goes into the cookie."""
        return self.sessions.open(person, method=method, browser=browser, token=token)

    def by_session(self, secret: str) -> Session | None:
        """Who has signed in with this cookie; None where it is unknown or has ended.

        A session that was opened with a token speaks for what the token does, and ends with it.
        """
        kept = self.sessions.find(secret)
        if kept is None:
            return None
        name = self.names().get(kept.person, kept.person)
        if not kept.token:
            return Session(self.principal(kept.person), name, kept.form_token)
        found = self.by_digests((kept.token,)).get(kept.token)
        return Session(found, name, kept.form_token) if found else None

    def sign_out(self, secret: str) -> None:
        """Ends a session."""
        self.sessions.end(secret)


def listed(row: sa.Row[tuple[str, ...]]) -> Token:
    """A token as it is listed."""
    reach = row.place or row.organisation
    times = (row.created_at, row.revoked_at)
    return Token(row.id, row.person, row.role, reach, *times, row.scope, row.until)


def names_in(scope: str) -> Iterable[str]:
    """The names of a scope as it is stored."""
    return (name for name in scope.split(",") if name)

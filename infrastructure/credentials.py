"""Passwords, invitations, and whom the subjects of a provider are."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta

import sqlalchemy as sa
from eventsourcing.persistence import IntegrityError

from application.credentials import Invited, Own, as_name, as_password
from domain.errors import Refusal, refuse
from infrastructure.database import Database, metadata
from infrastructure.digests import digest_of
from infrastructure.hashing import Hashing
from infrastructure.limiting import Counting
from infrastructure.sessions import Sessions, moment

INVITATION_DAYS = 7
"""How long an invitation is good."""

passwords = sa.Table(
    "passwords",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Text, nullable=False),
)
invitations = sa.Table(
    "invitations",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text, nullable=False),
)
subjects = sa.Table(
    "subjects",
    metadata,
    sa.Column("issuer", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
)


class Credentials:
    """By what people prove who they are, in the database."""

    def __init__(
        self,
        database: Database,
        *,
        now: Callable[[], datetime],
        sessions: Sessions,
        hashing: Hashing,
        counting: Counting,
    ) -> None:
        self.database = database
        self.now = now
        self.sessions = sessions
        self.hashing = hashing
        self.counting = counting

    def by_password(self, name: str, password: str, address: str) -> Future[str]:
        """The person; empty where name or password is wrong; TooMany where it was tried often."""
        return self.hashing.later(self.prove, as_name(name), as_password(password), address)

    def prove(self, name: str, password: str, address: str) -> str:
        """The same in a thread for it; an unknown name costs as much time as a wrong password."""
        self.counting.check_tries(name, address)
        query = sa.select(passwords).where(passwords.c.name == name)
        with self.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        # Made for the first who comes, whether or not there is such a name.
        nobodys = self.hashing.nobodys
        is_right, anew = self.hashing.is_right(password, nobodys if row is None else row.hash)
        if row is None or not is_right:
            self.counting.wrong_try(name, address)
            return ""
        if anew is not None:
            change = passwords.update().where(passwords.c.person == row.person)
            self.write(change.where(passwords.c.hash == row.hash).values(hash=anew))
        self.counting.right_try(name, address)
        return str(row.person)

    def write(self, *statements: sa.Executable) -> None:
        """Carries statements out in one transaction."""
        with self.database.writing() as connection:
            for statement in statements:
                connection.execute(statement)

    def by_subject(self, issuer: str, subject: str) -> str:
        """The person that a provider's subject is; empty where nobody is linked to it."""
        its = subjects.c
        query = sa.select(its.person).where(its.issuer == issuer, its.subject == subject)
        with self.database.reading() as connection:
            return connection.execute(query).scalar() or ""

    def of(self, person: str) -> Own:
        """What somebody has set."""
        query = sa.select(passwords.c.name, passwords.c.changed_at)
        linked = sa.select(subjects.c.person).where(subjects.c.person == person).limit(1)
        with self.database.reading() as connection:
            row = connection.execute(query.where(passwords.c.person == person)).one_or_none()
            is_linked = connection.execute(linked).scalar() is not None
        if row is None:
            return Own("", None, is_linked)
        return Own(row.name, moment(row.changed_at), is_linked)

    def able(self) -> frozenset[str]:
        """Everybody who has set something."""
        query = sa.union(sa.select(passwords.c.person), sa.select(subjects.c.person))
        with self.database.reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def invite(self, person: str, by: str) -> Invited:
        """Makes a one-time secret for somebody; earlier ones end, and those that are over."""
        secret, now = spelt(secrets.token_bytes(15)), self.now()
        until = now + timedelta(days=INVITATION_DAYS)
        over = sa.or_(invitations.c.person == person, invitations.c.expires_at <= now.isoformat())
        row = {"digest": digest_of(as_secret(secret)), "person": person, "made_by": by}
        self.write(
            invitations.delete().where(over),
            invitations.insert().values(**row, expires_at=until.isoformat()),
        )
        return Invited(secret, until)

    def invited(self, secret: str) -> str:
        """The person whom the secret is for; empty where it is unknown, used or over."""
        its = invitations.c
        query = sa.select(its.person).where(
            its.digest == digest_of(as_secret(secret)), its.expires_at > self.now().isoformat()
        )
        with self.database.reading() as connection:
            return connection.execute(query).scalar() or ""

    def hashed(self, password: str) -> Future[str]:
        """The hash of a password, worked out apart."""
        return self.hashing.later(self.hashing.hashed, password)

    def check_name(self, name: str, person: str) -> None:
        """Refuses a sign-in name that somebody else has."""
        query = sa.select(passwords.c.person).where(passwords.c.name == name)
        with self.database.reading() as connection:
            if connection.execute(query).scalar() not in (None, person):
                raise taken()

    def keep_password(self, person: str, name: str, hash: str, secret: str = "") -> None:
        """Keeps a password and ends every session; uses up the invitation that is named."""
        row = {"person": person, "name": name, "hash": hash}
        try:
            with self.database.writing() as connection:
                self.use_up(connection, person, secret)
                connection.execute(passwords.delete().where(passwords.c.person == person))
                connection.execute(
                    passwords.insert().values(**row, changed_at=self.now().isoformat())
                )
                self.sessions.end_all(person)
        except IntegrityError:
            raise taken() from None

    def link(self, person: str, issuer: str, subject: str, secret: str) -> None:
        """Links a provider's subject to somebody in place of an earlier one; sessions end."""
        with self.database.writing() as connection:
            self.use_up(connection, person, secret)
            its = subjects.c
            same = sa.and_(its.issuer == issuer, its.subject == subject)
            connection.execute(subjects.delete().where(sa.or_(same, its.person == person)))
            connection.execute(
                subjects.insert().values(issuer=issuer, subject=subject, person=person)
            )
            self.sessions.end_all(person)

    def use_up(self, connection: sa.Connection, person: str, secret: str) -> None:
        """Takes an invitation away; refuses where somebody was faster."""
        if not secret:
            return
        its = invitations.c
        used = invitations.delete().where(
            its.digest == digest_of(as_secret(secret)),
            its.person == person,
            its.expires_at > self.now().isoformat(),
        )
        if not connection.execute(used).rowcount:
            raise refuse("sign-in.invitation", "This invitation is unknown, used or over.")

    def forget(self, person: str) -> None:
        """Removes everything by which somebody could prove who they are."""
        self.write(*(t.delete().where(t.c.person == person) for t in OF_PERSONS))
        self.sessions.end_all(person)


OF_PERSONS = (passwords, invitations, subjects)


def spelt(secret: bytes) -> str:
    """A secret that can be read out: capital letters and digits in groups of six."""
    text = base64.b32encode(secret).decode()
    return "-".join(text[start : start + 6] for start in range(0, len(text), 6))


def as_secret(typed: str) -> str:
    """The same however it was typed."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())


def taken() -> Refusal:
    """The refusal of a sign-in name that somebody has."""
    return refuse("sign-in.taken", "Somebody else has this sign-in name.", field="/name")

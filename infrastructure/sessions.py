"""Sessions: kept on this side, each ending after a time, by a word of its owner, or unused."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa

from application.credentials import Opened
from application.desk import Unavailable
from application.people import PERSON
from domain.people.person import Stage
from infrastructure.database import Database, metadata
from infrastructure.digests import digest_of
from infrastructure.views.people import table as persons

table = sa.Table(
    "sessions",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("form_token", sa.Text, nullable=False),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("browser", sa.Text, nullable=False),
    sa.Column("opened_at", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text, nullable=False),
)

SEEN = timedelta(minutes=5)
"""How exactly it is known when a session was last used; each request is not a line written."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a session lasts after signing in, and how long unused."""

    hours: int = 12
    idle_minutes: int = 120


@dataclass(frozen=True, slots=True)
class Kept:
    """A session that is good: whose it is, and the digest of the token that it speaks for."""

    person: str
    form_token: str
    token: str


class Sessions:
    """The sessions in the database; a cookie's secret is kept as its hash alone."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], lasting: Lasting | None = None
    ) -> None:
        self.database = database
        self.now = now
        self.lasting = lasting or Lasting()

    def open(self, person: str, *, method: str, browser: str = "", token: str = "") -> str:
        """Opens a session; the secret goes into the cookie. Those that are over are removed."""
        secret, now = secrets.token_urlsafe(32), self.now()
        row = {
            "digest": digest_of(secret),
            "id": str(uuid4()),
            "person": person,
            "form_token": secrets.token_urlsafe(32),
            "token": digest_of(token) if token else "",
            "method": method,
            "browser": browser,
            "opened_at": now.isoformat(),
            "seen_at": now.isoformat(),
            "expires_at": (now + timedelta(hours=self.lasting.hours)).isoformat(),
        }
        with self.database.writing() as connection:
            connection.execute(table.delete().where(~self.lasts(now)))
            connection.execute(table.insert().values(**row))
        return secret

    def lasts(self, now: datetime) -> sa.ColumnElement[bool]:
        """Whether a session is neither over nor unused for too long."""
        idle = now - timedelta(minutes=self.lasting.idle_minutes)
        return sa.and_(table.c.expires_at > now.isoformat(), table.c.seen_at > idle.isoformat())

    def find(self, secret: str) -> Kept | None:
        """The session of a cookie; None where it is unknown or over, or its owner has gone."""
        now, digest = self.now(), digest_of(secret)
        columns = (table.c.person, table.c.form_token, table.c.token)
        query = (
            sa.select(*columns, table.c.seen_at)
            .join(persons, persons.c.id == sa.func.substr(table.c.person, len(PERSON) + 1))
            .where(table.c.digest == digest, self.lasts(now), persons.c.stage == Stage.KNOWN)
        )
        with self.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.seen_at < (now - SEEN).isoformat():
            # Whoever only looks is served, whether or not the database can be written.
            with suppress(Unavailable):
                self.note(digest, now)
        return Kept(*row[:3])

    def note(self, digest: str, now: datetime) -> None:
        """Notes that a session was used."""
        change = table.update().where(table.c.digest == digest)
        with self.database.writing() as connection:
            connection.execute(change.values(seen_at=now.isoformat()))

    def end(self, secret: str) -> None:
        """Ends the session of a cookie."""
        self.delete(table.c.digest == digest_of(secret))

    def end_one(self, person: str, id: str) -> bool:
        """Ends a session of somebody; False where they have none of that id."""
        return bool(self.delete(table.c.person == person, table.c.id == id))

    def end_all(self, person: str, but: str = "") -> None:
        """Ends every session of somebody, but the one of a cookie."""
        self.delete(table.c.person == person, table.c.digest != digest_of(but))

    def delete(self, *which: sa.ColumnElement[bool]) -> int:
        """Removes sessions; how many there were."""
        with self.database.writing() as connection:
            return connection.execute(table.delete().where(*which)).rowcount

    def listed(self, person: str, secret: str) -> list[Opened]:
        """The sessions of somebody, the one used last first; `secret` is that of this browser."""
        order = (table.c.seen_at.desc(), table.c.id)
        query = sa.select(table).where(table.c.person == person, self.lasts(self.now()))
        here = digest_of(secret)
        with self.database.reading() as connection:
            return [
                Opened(
                    row.id,
                    row.method,
                    row.browser,
                    moment(row.opened_at),
                    moment(row.seen_at),
                    row.digest == here,
                )
                for row in connection.execute(query.order_by(*order))
            ]


def moment(text: str) -> datetime:
    """A moment as it was written down."""
    return datetime.fromisoformat(text).astimezone(UTC)

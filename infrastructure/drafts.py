"""Drafts of score sheets in a table of their own, which no event, export or backup has part in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime

import sqlalchemy as sa

from application.drafts import OPEN, Draft, Typed, overtaken
from application.ports import Save
from domain.reviews.review import Review
from infrastructure.database import Database, metadata

table = sa.Table(
    "drafts",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("review", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("saved_at", sa.Text, nullable=False),
    sa.Column("typed", sa.Text, nullable=False),
)


class DraftStore:
    """The drafts of everybody, each read and written by its own person alone."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now

    def read(self, person: str, review: str) -> Draft | None:
        """What the person has typed for the review."""
        with self.database.reading() as connection:
            return found(connection, person, review)

    def keep(self, person: str, review: str, typed: Typed, expected: int | None) -> Draft:
        """Keeps it in the place of what was kept before; Stale where that is another version."""
        with self.database.writing() as connection:
            before = found(connection, person, review)
            version = before.version if before else 0
            if expected is not None and expected != version:
                raise overtaken(version)
            kept = Draft(version + 1, self.now(), typed)
            values = {
                "version": kept.version,
                "saved_at": kept.saved_at.isoformat(),
                "typed": json.dumps(dict(typed), ensure_ascii=False),
            }
            if before is None:
                row = {"person": person, "review": review, **values}
                connection.execute(table.insert().values(**row))
            else:
                connection.execute(table.update().where(of(person, review)).values(**values))
        return kept

    def drop(self, person: str, review: str) -> None:
        """Forgets it."""
        with self.database.writing() as connection:
            connection.execute(table.delete().where(of(person, review)))


def of(person: str, review: str) -> sa.ColumnElement[bool]:
    """The draft of one person for one review."""
    return sa.and_(table.c.person == person, table.c.review == review)


def found(connection: sa.Connection, person: str, review: str) -> Draft | None:
    """The draft, as it is kept."""
    row = connection.execute(sa.select(table).where(of(person, review))).one_or_none()
    if row is None:
        return None
    return Draft(row.version, datetime.fromisoformat(row.saved_at), json.loads(row.typed))


def end(connection: sa.Connection, saves: Iterable[Save]) -> None:
    """Deletes the drafts of reviews whose sheet is closed by what is being saved."""
    closed = [
        thing.id
        for save in saves
        for thing in save.touched
        if isinstance(thing, Review) and thing.stage not in OPEN
    ]
    if closed:
        connection.execute(table.delete().where(table.c.review.in_(closed)))

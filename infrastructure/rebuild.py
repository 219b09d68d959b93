"""Rebuild: read models and ledger book made again from the first record, beside the old ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from application.chronicle import RecordMapper
from application.kinds import KINDS
from domain.kernel import Aggregate, Record
from infrastructure import book
from infrastructure.beside import Made, Site, beside
from infrastructure.closings import BLOCK, CLOSINGS
from infrastructure.database import Database
from infrastructure.followers.following import Following
from infrastructure.recorder import events
from infrastructure.rows import Row
from infrastructure.shape import fingerprint, keep_fingerprint, kept_fingerprint
from infrastructure.store import DatabaseStore
from infrastructure.views import OF_NOUN
from infrastructure.views.kit import rows

PAGE = 5_000
"""How many records are read, and how many of their rows are written, at a time."""

FEW = 200
"""How many new records may be left for the moment in which the writers wait."""

ONWARDS = (
    "SELECT position, record, EXISTS (SELECT 1 FROM events AS next WHERE next.stream = found.stream"
    " AND next.version = found.version + 1) FROM events AS found WHERE position > {mark}"
    " ORDER BY position LIMIT {mark}"
)
"""A page of the log; each record with whether its stream goes on."""

Progress = Callable[[int], None]
Settle = Callable[[sa.Connection], None]


def rebuild(store: DatabaseStore, progress: Progress | None = None) -> int:
    """Makes every derived table again and swaps it in; the number of records read."""
    with beside(store.database) as site:
        read = Rebuild(site, progress).run(keep_fingerprint)
    close_blocks(store.database, read)
    return read


def refit(database: Database, settle: Settle, progress: Progress | None = None) -> bool:
    """Makes the derived tables where those that are there have another shape; whether it did.

    `settle` is done in the transaction that puts them in place.
    """
    with beside(database) as site:
        with site.reading() as connection:
            if kept_fingerprint(connection) == fingerprint():
                return False
        read = Rebuild(site, progress).run(settle)
    close_blocks(database, read)
    return True


def close_blocks(database: Database, read: int) -> None:
    """Lets the follower of the closings work here, unless it is at work in another process.

    Until it is through, balances are the same and take longer.
    """
    if read >= BLOCK:
        Following(database, CLOSINGS).catch_up()


class Rebuild:
    """Folds each thing as its records pass by, and lets go of it with its last one.

    What is recorded meanwhile on a thing that was let go of is late: the thing is recalled, kept,
    and its rows are written over when the rest is done.
    """

    def __init__(self, site: Site, progress: Progress | None = None) -> None:
        self.site = site
        self.progress = progress
        self.decode = RecordMapper().decode
        self.position = 0
        self.things: dict[str, Aggregate] = {}
        self.born: dict[str, int] = {}
        self.recalled: set[str] = set()
        self.changed: dict[str, int] = {}
        self.made: dict[sa.Table, list[Row]] = {}

    def run(self, settle: Settle) -> int:
        """Fills new tables from the whole log and puts them in place; how many records there are.

        The writers wait only for the last few records, and for the change of names.
        """
        self.site.make()
        self.follow()
        self.site.finish()
        self.follow()
        with self.site.holding() as connection:
            self.follow()
            self.site.swap(connection)
            settle(connection)
        return self.position

    def follow(self) -> None:
        """Takes in page after page until only a few records are new."""
        while self.take_page() > FEW:
            if self.progress is not None:
                self.progress(self.position)
        self.site.replace(self.rows_of_changed())

    def take_page(self) -> int:
        """Takes the next page of records in and writes what is complete; how many there were."""
        with self.site.reading() as connection:
            mark = "?" if connection.dialect.name == "sqlite" else "%s"
            words = (self.position, PAGE)
            found = connection.exec_driver_sql(ONWARDS.format(mark=mark), words).all()
        for position, line, goes_on in found:
            self.take(position, self.decode(bytes(line)), goes_on)
        made, self.made = self.made, {}
        self.site.fill(made)
        return len(found)

    def take(self, position: int, record: Record[Any], goes_on: bool) -> None:
        """Takes a record in; the rows of a thing are made with its last one."""
        self.position = position
        stream = record.originator_id
        if record.postings:
            self.made.setdefault(book.entries, []).extend(book.rows_of(position, record))
        thing = self.things.get(stream)
        if thing is None:
            thing = self.begun(stream, position, record.originator_version)
        thing.take(record)
        if stream in self.recalled:
            self.changed[stream] = position
        elif not goes_on:
            add_rows(self.made, self.things.pop(stream), position, self.born.pop(stream))

    def begun(self, stream: str, position: int, version: int) -> Aggregate:
        """A thing that begins here, or one that was let go of and has to be recalled."""
        noun, _, id = stream.partition(":")
        thing = self.things[stream] = KINDS[noun](id=id)
        self.born[stream] = position
        if version != 1:
            self.recalled.add(stream)
            of_before = sa.select(events.c.position, events.c.record).where(
                events.c.stream == stream, events.c.position < position
            )
            with self.site.reading() as connection:
                before = connection.execute(of_before.order_by(events.c.version)).all()
            for past, line in before:
                thing.take(self.decode(bytes(line)))
                self.born[stream] = min(self.born[stream], past)
        return thing

    def rows_of_changed(self) -> Made:
        """The rows of recalled things that have changed since this was last asked."""
        made: dict[sa.Table, list[Row]] = {}
        changed, self.changed = self.changed, {}
        for stream, position in changed.items():
            add_rows(made, self.things[stream], position, self.born[stream])
        return made


def add_rows(made: dict[sa.Table, list[Row]], thing: Aggregate, last: int, born: int) -> None:
    """Adds the rows of a thing as it stands after its last record."""
    for view in OF_NOUN.get(thing.noun, ()):
        made.setdefault(view.table, []).extend(rows(view, thing, last, born))

"""Rebuild: read models and ledger book refilled from the first record."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import sqlalchemy as sa

from infrastructure import book
from infrastructure.database import derived
from infrastructure.replay import Replayed
from infrastructure.rows import Row, insert
from infrastructure.store import DatabaseStore
from infrastructure.views import OF_NOUN
from infrastructure.views.kit import rows

PAGE = 5_000
"""How many rows are written at a time."""

Progress = Callable[[int], None]


def rebuild(store: DatabaseStore, progress: Progress | None = None) -> int:
    """Empties and refills every derived table in one transaction; the number of records read."""
    decode = store.chronicle.lines.decode
    replayed = Replayed()
    with store.database.writing() as connection, closing(store.recorder.scan()) as lines:
        for table in derived.sorted_tables:
            connection.execute(table.delete())
        posted: list[Row] = []
        for position, line, _ in lines:
            record = decode(line)
            replayed.take(position, record)
            posted.extend(book.rows_of(position, record))
            if len(posted) >= PAGE:
                insert(connection, book.entries, posted)
                posted = []
            if progress is not None and position % PAGE == 0:
                progress(position)
        insert(connection, book.entries, posted)
        fill_views(connection, replayed)
    return replayed.position


def fill_views(connection: sa.Connection, replayed: Replayed) -> None:
    """Writes the rows of every aggregate as it stands after the last record."""
    for table, made in view_rows(replayed).items():
        for start in range(0, len(made), PAGE):
            insert(connection, table, made[start : start + PAGE])


def view_rows(replayed: Replayed) -> dict[sa.Table, list[Row]]:
    """The rows that every read model should have."""
    by_table: dict[sa.Table, list[Row]] = {}
    for stream, thing in replayed.things.items():
        for view in OF_NOUN.get(thing.noun, ()):
            made = rows(view, thing, replayed.last[stream], replayed.born[stream])
            by_table.setdefault(view.table, []).extend(made)
    return by_table

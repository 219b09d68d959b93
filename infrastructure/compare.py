"""Compare: what was derived from the records, against what the records say now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from domain.errors import Reason
from domain.kernel import Record
from infrastructure import book
from infrastructure.replay import Replayed
from infrastructure.rows import Row
from infrastructure.views import VIEWS
from infrastructure.views.kit import View, rows

PAGE = 5_000
"""How many rows are fetched at a time."""


class BesideTheLog:
    """The ledger book, read in step with the log: each position's entries beside its record."""

    def __init__(self, connection: sa.Connection) -> None:
        query = sa.select(book.entries).order_by(book.entries.c.position, book.entries.c.no)
        found = connection.execute(query, execution_options={"yield_per": PAGE})
        self.stored: Iterator[Row] = (tuple(row) for row in found)
        self.ahead = next(self.stored, None)
        self.passed: list[tuple[int, Reason]] = []

    def at(self, position: int) -> list[Row]:
        """The stored entries of a position; those of positions without a record are noted."""
        found = []
        while self.ahead is not None and self.ahead[0] <= position:
            if self.ahead[0] == position:
                found.append(self.ahead)
            else:
                self.passed.append(stray(self.ahead))
            self.ahead = next(self.stored, None)
        return found

    def skip(self, position: int) -> None:
        """Passes by the entries of a record that cannot be read."""
        self.at(position)

    def differences(self, position: int, record: Record[Any]) -> Iterator[Reason]:
        """What is wrong with the stored entries of a record, entry by entry."""
        stored = {row[1]: row for row in self.at(position)}
        expected = {row[1]: row for row in book.rows_of(position, record)}
        names = [column.name for column in book.entries.columns]
        for no in sorted(stored.keys() | expected.keys()):
            if stored.get(no) != expected.get(no):
                yield Reason(
                    "ledger.entry",
                    "Entry {no} of this record differs in the ledger book: {columns}.",
                    {"no": no, "columns": named(names, stored.get(no), expected.get(no))},
                )

    def rest(self) -> Iterator[tuple[int, Reason]]:
        """The entries that belong to no record, each with its position."""
        self.at(2**62)
        yield from self.passed


def stray(row: Row) -> tuple[int, Reason]:
    """An entry whose position has no record."""
    reason = Reason(
        "ledger.entry", "Entry {no} stands in the ledger book without a record.", {"no": row[1]}
    )
    return row[0], reason


def named(names: list[str], stored: Row | None, expected: Row | None) -> str:
    """Which columns differ, or that a row is missing or should not be there."""
    if stored is None:
        return "missing"
    if expected is None:
        return "should not be there"
    pairs = zip(names, stored, expected, strict=True)
    return ", ".join(name for name, is_, should_be in pairs if is_ != should_be)


def differing_views(connection: sa.Connection, replayed: Replayed) -> Iterator[tuple[int, Reason]]:
    """Every row of a read model that is not what the records give, with its thing's position."""
    for view in VIEWS.values():
        names = [column.name for column in view.table.columns]
        where = names.index("position")
        expected = {row[0]: row for row in rows_of(view, replayed)}
        query = sa.select(view.table).order_by(view.table.c.id)
        for found in connection.execute(query, execution_options={"yield_per": PAGE}):
            stored, should_be = tuple(found), expected.pop(found.id, None)
            if stored != should_be:
                position = (should_be or stored)[where]
                yield position, differs(view, found.id, named(names, stored, should_be))
        for id, row in expected.items():
            yield row[where], differs(view, id, named(names, None, row))


def rows_of(view: View, replayed: Replayed) -> Iterator[Row]:
    """The rows that one read model should have."""
    for stream, thing in replayed.things.items():
        if thing.noun == view.noun:
            yield from rows(view, thing, replayed.last[stream], replayed.born[stream])


def differs(view: View, id: str, columns: str) -> Reason:
    """A row of a read model that is not what the records give."""
    return Reason(
        f"view.{view.name}",
        "The row “{id}” of the read model “{view}” differs from the records: {columns}.",
        {"id": id, "view": view.name, "columns": columns},
    )

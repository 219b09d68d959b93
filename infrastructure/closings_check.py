"""Whether the closings are what the entries of the ledger book give."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from domain.errors import Reason
from infrastructure import book
from infrastructure.book import CLOSINGS, lines, mark_of_closings
from infrastructure.closings import (
    BLOCK,
    KEY,
    Closing,
    Key,
    by_line,
    closings,
    former_closings,
    grouped,
    totalled,
)
from infrastructure.moments import STAMP, blocks
from infrastructure.recorder import events

PAGE = 5_000
"""How many rows are fetched at a time."""

Fault = tuple[int, Reason]


def differing_closings(connection: sa.Connection) -> Iterator[Fault]:
    """Every row of the closings that is not what the entries give, with its position."""
    for row in connection.execute(sa.select(book.marks).where(book.marks.c.follower != CLOSINGS)):
        text = "Nobody follows as “{follower}”, and there is a mark of that."
        yield row.position, Reason("closings.mark", text, {"follower": row.follower})
    mark = int(connection.execute(sa.select(mark_of_closings())).scalar_one())
    last = int(connection.execute(sa.select(sa.func.max(events.c.position))).scalar() or 0)
    if mark % BLOCK or mark > last:
        text = "The closings are marked at position {mark}, which is no end of a block."
        yield mark, Reason("closings.mark", text, {"mark": mark})
        return
    yield from differing_blocks(connection, mark)
    yield from differing_lines(connection, mark)
    expected = Expected()
    expected.fill(connection, mark)
    yield from expected.differing(connection)


class Expected:
    """The closings as they should be: the present ones whole, of former ones a hash only."""

    def __init__(self) -> None:
        self.present: dict[Key, Closing] = {}
        self.former: dict[tuple[Any, ...], int] = {}

    def fill(self, connection: sa.Connection, mark: int) -> None:
        """Closes every block up to the mark, as the follower does."""
        number: sa.ColumnElement[int] = sa.literal_column(f"(position - 1) / {BLOCK}")
        query = grouped(0, mark, number).order_by(number)
        rows = connection.execute(query, execution_options={"yield_per": PAGE})
        with rows:
            for block, of_block in groupby(rows, key=lambda row: int(row[0])):
                self.take((block + 1) * BLOCK, (tuple(row[1:]) for row in of_block))

    def take(self, position: int, rows: Iterator[Any]) -> None:
        """Closes one block."""
        for key, tally in totalled(rows).items():
            kept = self.present.get(key)
            if kept is not None:
                self.former[*key, kept.position] = hash(kept)
            self.present[key] = tally.closing(position, kept)

    def differing(self, connection: sa.Connection) -> Iterator[Fault]:
        """Compares the stored rows with what should be there."""
        for row in stored(connection, closings):
            key: Key = (row.span, row.fund, row.unit)
            closing = Closing(row.position, row.last_at, row.sums)
            if self.present.pop(key, None) != closing:
                yield row.position, differs("closings", key)
        for row in stored(connection, former_closings):
            key = (row.span, row.fund, row.unit)
            closing = Closing(row.position, row.last_at, row.sums)
            if self.former.pop((*key, row.position), None) != hash(closing):
                yield row.position, differs("former_closings", key)
        for key, closing in self.present.items():
            yield closing.position, differs("closings", key)
        for span, fund, unit, position in self.former:
            yield position, differs("former_closings", (span, fund, unit))


def stored(connection: sa.Connection, table: sa.Table) -> Iterator[Any]:
    """The rows of a table, a page at a time."""
    order = sa.select(table).order_by(*(table.c[name] for name in KEY))
    return iter(connection.execute(order, execution_options={"yield_per": PAGE}))


def differing_lines(connection: sa.Connection, mark: int) -> Iterator[Fault]:
    """Every line of the book that is not what the entries up to the mark come to."""
    rows = connection.execute(by_line(0, mark), execution_options={"yield_per": PAGE})
    expected = {tuple(row[:-1]): int(row[-1]) for row in rows if row[-1]}
    query = sa.select(lines).order_by(*lines.primary_key.columns)
    for row in connection.execute(query, execution_options={"yield_per": PAGE}):
        if expected.pop(tuple(row[:-1]), 0) != row.amount_minor:
            yield mark or 1, differs("book_lines", tuple(row[:-1]))
    for key in expected:
        yield mark or 1, differs("book_lines", key)


def differing_blocks(connection: sa.Connection, mark: int) -> Iterator[Fault]:
    """Every block that does not end at a record of that time, or is missing."""
    query = (
        sa.select(blocks, events.c.record)
        .join(events, events.c.position == blocks.c.position, isouter=True)
        .order_by(blocks.c.position)
    )
    missing = set(range(BLOCK, mark + 1, BLOCK))
    for position, recorded, record in connection.execute(query):
        right = position in missing and recorded == recorded_by(record)
        missing.discard(position)
        if not right:
            yield position, differs("closed_blocks", (position,))
    for position in sorted(missing):
        yield position, differs("closed_blocks", (position,))


def recorded_by(record: bytes | None) -> int | None:
    """When the record says that it was recorded; None where it cannot be read."""
    try:
        return book.micros(STAMP.decode(record or b"").recorded_at)
    except ValueError:
        return None


def differs(table: str, key: tuple[Any, ...]) -> Reason:
    """A row that is not what the entries give."""
    text = "The row {key} of “{table}” is not what the entries of the ledger book come to."
    return Reason(f"view.{table}", text, {"key": "/".join(map(str, key)), "table": table})

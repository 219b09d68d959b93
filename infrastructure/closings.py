"""Closings: what each stretch of time came to, fund by fund, as it was known at each block's end.

A block is a thousand positions. When it is full, a follower sums its entries by fund and by the
time at which they took effect, in stretches of 8, 80, 800 and 8,000 hours and of all time, so that
whatever lies before a moment is a few stretches of each length, as a number is a few of each
power of ten. What a stretch came to before is kept as it was. The content is a function of the
entries up to the mark, whoever fills it, in however many steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from infrastructure import book
from infrastructure.book import BY_LINE, entries, lines
from infrastructure.database import POSITION, derived
from infrastructure.followers.kinds import Effect, InDatabase
from infrastructure.moments import STAMP, blocks
from infrastructure.recorder import events
from infrastructure.rows import Row, find, insert, remove

BLOCK = 1_000
"""How many positions are closed at once; so many entries may have to be added one by one."""

SHORTEST = 8 * 3_600 * 10**6
"""The shortest stretch in microseconds: midnight in China is one of its ends."""

TEN = 10
SPANS = (1, TEN, TEN**2, TEN**3)
"""The lengths of stretches, in the shortest."""

EVER = 0
"""Stands for all time, among the lengths."""

ORIGIN = 719_162 * 86_400 * 10**6
"""From the first day of the year 1 to 1970, in microseconds, so that no stretch is negative."""

KEY = ("span", "fund", "unit")


def stretches(name: str, *versions: str) -> sa.Table:
    """A table of what stretches came to; `versions` is what else tells its rows apart."""
    return sa.Table(
        name,
        derived,
        sa.Column("span", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fund", sa.Text, primary_key=True),
        sa.Column("unit", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("position", POSITION, nullable=False, primary_key="position" in versions),
        sa.Column("last_at", sa.BigInteger, nullable=False),
        sa.Column("sums", sa.Text, nullable=False),
    )


closings = stretches("closings")
"""What every stretch came to at the mark, and the end of the block in which it last changed."""

former_closings = stretches("former_closings", "position")
"""What stretches came to before they last changed, each from its position on."""

TABLES = frozenset({closings, former_closings, blocks, lines, book.marks})
"""The derived tables that this follower fills."""

Key = tuple[int, str, int]
Sum = tuple[str, str, int, int]
"""Currency, account, the sum of the debits and that of the credits."""

SUMS = msgspec.json.Decoder(list[Sum])


class Closing(NamedTuple):
    """What a stretch came to: since which position, when its last entry took effect, the sums."""

    position: int
    last_at: int
    sums: str


class Tally:
    """Sums of entries by currency and account, and when the last of them took effect."""

    __slots__ = ("last_at", "sums")

    def __init__(self) -> None:
        self.last_at = -ORIGIN
        self.sums: dict[tuple[str, str], list[int]] = {}

    def add(self, currency: str, account: str, debit: int, credit: int) -> None:
        """Adds to an account."""
        found = self.sums.get((currency, account))
        if found is None:
            self.sums[currency, account] = [debit, credit]
        else:
            found[0] += debit
            found[1] += credit

    def closing(self, position: int, kept: Closing | None) -> Closing:
        """What the stretch comes to with this added to what it came to before."""
        if kept is not None:
            self.last_at = max(self.last_at, kept.last_at)
            for row in SUMS.decode(kept.sums):
                self.add(*row)
        rows = [(*key, *self.sums[key]) for key in sorted(self.sums)]
        return Closing(position, self.last_at, msgspec.json.encode(rows).decode())


def unit_of(moment: int, span: int) -> int:
    """The number of the stretch of that length in which a moment lies."""
    return 0 if span == EVER else (moment + ORIGIN) // (SHORTEST * span)


def totalled(rows: Iterable[Row]) -> dict[Key, Tally]:
    """What a block adds to each stretch, of every length: the longer from the shorter ones."""
    found: dict[Key, Tally] = {}
    for fund, unit, currency, account, debit, credit, last_at in rows:
        tally = found.setdefault((SPANS[0], fund, unit), Tally())
        tally.add(currency, account, int(debit), int(credit))
        tally.last_at = max(tally.last_at, last_at)
    shorter = list(found.items())
    for span in (*SPANS[1:], EVER):
        longer: dict[Key, Tally] = {}
        for (_, fund, unit), part in shorter:
            tally = longer.setdefault((span, fund, unit // TEN if span else 0), Tally())
            for (currency, account), (debit, credit) in part.sums.items():
                tally.add(currency, account, debit, credit)
            tally.last_at = max(tally.last_at, part.last_at)
        found.update(longer)
        shorter = list(longer.items())
    return found


def grouped(after: int, upto: int, *more: sa.ColumnElement[int]) -> sa.Select[Any]:
    """The entries of some positions, summed by fund, shortest stretch, currency and account."""
    amount = entries.c.amount_minor
    # Written out, because PostgreSQL must see the same expression where it is grouped.
    unit: sa.ColumnElement[int] = sa.literal_column(f"(effective_at + {ORIGIN}) / {SHORTEST}")
    keys = (*more, entries.c.fund, unit, entries.c.currency, entries.c.account)
    return (
        sa.select(
            *keys,
            sa.func.sum(sa.case((amount > 0, amount), else_=0)),
            sa.func.sum(sa.case((amount < 0, -amount), else_=0)),
            sa.func.max(entries.c.effective_at),
        )
        .where(entries.c.position > after, entries.c.position <= upto)
        .group_by(*keys)
    )


def by_line(after: int, upto: int) -> sa.Select[Any]:
    """The entries of some positions, summed by the lines of the book."""
    keys = (entries.c.fund, *(entries.c[name] for name in BY_LINE))
    query = sa.select(*keys, sa.func.sum(entries.c.amount_minor))
    return query.where(entries.c.position > after, entries.c.position <= upto).group_by(*keys)


def work_out(connection: sa.Connection, after: int, upto: int) -> Effect:
    """Reads a block and what it adds to, and returns what is to be written."""
    added = totalled(connection.execute(grouped(after, upto)))
    kept = {row[:3]: Closing(*row[3:]) for row in find(connection, closings, list(added))}
    former = [(*key, *closing) for key, closing in kept.items()]
    present = [(*key, *tally.closing(upto, kept.get(key))) for key, tally in added.items()]
    moved = {tuple(row[:-1]): int(row[-1]) for row in connection.execute(by_line(after, upto))}
    for row in find(connection, lines, list(moved)):
        moved[row[:-1]] += row[-1]
    recorded = recorded_at(connection, upto)

    def effect(connection: sa.Connection) -> None:
        insert(connection, former_closings, former)
        insert(connection, closings, present, replaces=True)
        remove(connection, lines, [key for key, amount in moved.items() if not amount])
        insert(connection, lines, [(*k, v) for k, v in moved.items() if v], replaces=True)
        insert(connection, blocks, [(upto, recorded)])

    return effect


def recorded_at(connection: sa.Connection, position: int) -> int:
    """When the record of a position was recorded, in microseconds."""
    query = sa.select(events.c.record).where(events.c.position == position)
    line = bytes(connection.execute(query).scalar_one())
    return book.micros(STAMP.decode(line).recorded_at)


CLOSINGS = InDatabase(book.CLOSINGS, work_out, page=BLOCK, whole=True, marks=book.marks)
"""The follower that closes every full block."""

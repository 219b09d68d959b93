"""Balances at any moment, at the same cost in a young and in an old system.

What was closed by the position in question, what took effect in the stretch in which the moment
lies, and the entries of the positions that were not closed by then. The answer is exact wherever
the follower of the closings stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.questions import Balance, Moment
from infrastructure.book import at, by_hand, entries, mark_of_closings, micros, summed
from infrastructure.closings import (
    BLOCK,
    EVER,
    KEY,
    ORIGIN,
    SHORTEST,
    SPANS,
    SUMS,
    TEN,
    Closing,
    Key,
    closings,
    former_closings,
    unit_of,
)

Condition = sa.ColumnElement[bool]


def balances(
    connection: sa.Connection,
    moment: Moment,
    *,
    fund: str | None = None,
    grant: str | None = None,
    among: sa.Select[Any] | None = None,
) -> list[Balance]:
    """The balance of every account at a moment, in the order of fund and account.

    `among` finds the ids of the funds that may be shown; without it all are.
    """
    closed = 0 if grant is not None else closed_by(connection, moment)
    conditions = at(moment)
    if grant is not None:
        conditions.append(entries.c.grant == grant)
    column: sa.ColumnElement[str] = entries.c.fund
    if closed:
        conditions.append(entries.c.position > closed)
        # Few entries lie behind, and many in the fund.
        column = by_hand(column)
    book = Sums()
    book.add(summed(connection, *conditions, *chosen(column, fund, among)))
    if closed:
        before = None if moment.before is None else micros(moment.before)
        book.close(connection, Asked(closed, before, fund, among))
        if closed_by(connection, moment) < closed:
            # The derived tables were made anew meanwhile, and their closings are gone.
            return balances(connection, moment, fund=fund, grant=grant, among=among)
    return book.balances()


def closed_by(connection: sa.Connection, moment: Moment) -> int:
    """The last end of a block that was known at the moment and is closed."""
    mark = int(connection.execute(sa.select(mark_of_closings())).scalar_one())
    return mark if moment.upto is None else min(mark, moment.upto // BLOCK * BLOCK)


def chosen(
    column: sa.ColumnElement[str], fund: str | None, among: sa.Select[Any] | None
) -> list[Condition]:
    """The conditions on the fund."""
    found = []
    if fund is not None:
        found.append(column == fund)
    if among is not None:
        found.append(column.in_(among))
    return found


class Asked:
    """What is asked of the closings: known by which position, true before when, of which funds."""

    def __init__(
        self, closed: int, before: int | None, fund: str | None, among: sa.Select[Any] | None
    ) -> None:
        self.closed = closed
        self.before = before
        self.fund = fund
        self.among = among

    def units(self) -> Iterable[tuple[int, int, int]]:
        """Of every length, longest first, the first and the last stretch that may count."""
        yield EVER, 0, 0
        if self.before is None:
            return
        first = 0
        for span in reversed(SPANS):
            unit = unit_of(self.before, span)
            yield span, first, unit
            first = unit * TEN

    def of(self, table: sa.Table) -> Iterable[tuple[Condition, ...]]:
        """The rows that may count, by conditions of one length each, which the key answers."""
        funds = self.among
        if self.fund is None and funds is None:
            # The key is known by its beginning only, so the funds have to be named.
            named = closings.alias()
            funds = sa.select(named.c.fund).where(named.c.span == EVER)
        for span, first, last in self.units():
            yield (
                table.c.span == span,
                *chosen(table.c.fund, self.fund, funds),
                table.c.unit.between(first, last),
            )

    def rows(self, connection: sa.Connection) -> dict[Key, Closing]:
        """What the stretches that may count came to at the position."""
        found: dict[Key, Closing] = {}
        parts = [sa.select(closings).where(*conditions) for conditions in self.of(closings)]
        changed = False
        for span, fund, unit, *closing in connection.execute(sa.union_all(*parts)):
            if closing[0] <= self.closed:
                found[span, fund, unit] = Closing(*closing)
            else:
                changed = True
        if changed:
            former = sa.union_all(*(self.former(conditions) for conditions in self.of(closings)))
            for span, fund, unit, *closing in connection.execute(former):
                found[span, fund, unit] = Closing(*closing)
        return found

    def former(self, conditions: tuple[Condition, ...]) -> sa.Select[Any]:
        """What stretches that have changed since came to at the position."""
        was, older = former_closings, former_closings.alias()
        by_then = (
            sa.select(sa.func.max(older.c.position))
            .where(*(older.c[name] == closings.c[name] for name in KEY))
            .where(older.c.position <= self.closed)
            .scalar_subquery()
        )
        # Written so that the stretch has to be found first, and then one of its many versions.
        here = (closings.c.span + 0, by_hand(closings.c.fund), closings.c.unit + 0)
        same = (was.c[name] == value for name, value in zip(KEY, here, strict=True))
        changed = closings.c.position > self.closed
        return sa.select(was).where(*conditions, changed, *same, was.c.position == by_then)


class Sums:
    """Debits and credits by fund, currency and account."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str, str], list[int]] = {}

    def add(self, rows: Iterable[tuple[str, str, str, int, int]]) -> None:
        """Adds rows to the sums."""
        for fund, currency, account, debit, credit in rows:
            self.add_one((fund, currency, account), debit, credit)

    def add_one(self, key: tuple[str, str, str], debit: int, credit: int) -> None:
        """Adds to an account."""
        sums = self.found.get(key)
        if sums is None:
            self.found[key] = [debit, credit]
        else:
            sums[0] += debit
            sums[1] += credit

    def close(self, connection: sa.Connection, asked: Asked) -> None:
        """Adds what was closed, and what took effect in the stretch that the moment cuts."""
        rows = asked.rows(connection)
        funds = dict.fromkeys(fund for _, fund, _ in rows)
        cut = [fund for fund in funds if self.descend(rows, asked, fund)]
        if not cut or asked.before is None:
            return
        begun = unit_of(asked.before, SPANS[0]) * SHORTEST - ORIGIN
        within = (entries.c.effective_at >= begun, entries.c.effective_at < asked.before)
        known = entries.c.position <= asked.closed
        self.add(summed(connection, entries.c.fund.in_(cut), *within, known))

    def descend(self, rows: dict[Key, Closing], asked: Asked, fund: str) -> bool:
        """Adds the stretches that lie before the moment; whether it cuts even the shortest.

        A stretch whose last entry took effect before the moment counts whole.
        """
        for span, first, last in asked.units():
            for unit in range(first, last) if span != SPANS[-1] else eldest(rows, fund, last):
                if (earlier := rows.get((span, fund, unit))) is not None:
                    self.take(fund, earlier)
            edge = rows.get((span, fund, last))
            if edge is None:
                return False
            if asked.before is None or edge.last_at < asked.before:
                self.take(fund, edge)
                return False
        return True

    def take(self, fund: str, closing: Closing) -> None:
        """Adds what a stretch came to."""
        for currency, account, debit, credit in SUMS.decode(closing.sums):
            self.add_one((fund, currency, account), debit, credit)

    def balances(self) -> list[Balance]:
        """The sums as balances, in the order of fund and account."""
        return sorted(Balance(*key, *sums) for key, sums in self.found.items())


def eldest(rows: dict[Key, Closing], fund: str, last: int) -> list[int]:
    """The longest stretches before one; there is no first to count from."""
    return [unit for span, of, unit in rows if span == SPANS[-1] and of == fund and unit < last]

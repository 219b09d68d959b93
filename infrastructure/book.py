"""The ledger book: every entry that events have posted, and what is open by line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from application.ports import BookLine
from application.questions import Balance, Moment
from domain import ledger
from domain.kernel import Record
from infrastructure.database import POSITION, derived

DIMENSIONS = (
    "round",
    "proposal",
    "grant",
    "tranche",
    "order",
    "contributor",
    "client",
    "line",
)
BY_LINE = ("account", "round", "proposal", "grant", "order", "client", "line")
"""What a line of the book is told apart by, inside a fund."""

entries = sa.Table(
    "entries",
    derived,
    sa.Column("position", POSITION, primary_key=True, autoincrement=False),
    sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("fund", sa.Text, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in DIMENSIONS),
    sa.Column("effective_at", sa.BigInteger, nullable=False),
    sa.Column("recorded_at", sa.BigInteger, nullable=False),
    sa.Index("entries_fund", "fund", "effective_at"),
    sa.Index("entries_grant", "grant"),
)
marks = sa.Table(
    "derived_marks",
    derived,
    sa.Column("follower", sa.Text, primary_key=True),
    sa.Column("position", POSITION, nullable=False),
)
"""How far the followers that fill derived tables have come; it is emptied with those tables."""

lines = sa.Table(
    "book_lines",
    derived,
    sa.Column("fund", sa.Text, primary_key=True),
    *(sa.Column(name, sa.Text, primary_key=True) for name in BY_LINE),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
)
"""What every line that is not at zero came to at the mark of the closings."""

CLOSINGS = "closings"
"""The follower that fills the lines and the closings."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Sums = tuple[str, str, str, int, int]
"""Fund, currency, account, and the sums of its debits and of its credits."""


def micros(moment: datetime) -> int:
    """The moment in microseconds since 1970, as the book keeps it."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def rows_of(position: int, record: Record[Any]) -> list[tuple[Any, ...]]:
    """The entries of a record, two for each posting."""
    effective, recorded = micros(record.effective_at), micros(record.recorded_at)
    sides = [side for posting in record.postings for side in ledger.entries(posting)]
    return [
        (
            position,
            no,
            side.posting.fund,
            side.posting.currency,
            side.account,
            side.amount_minor,
            side.posting.code,
            *(getattr(side.posting, name) for name in DIMENSIONS),
            effective,
            recorded,
        )
        for no, side in enumerate(sides, start=1)
    ]


def at(moment: Moment) -> list[sa.ColumnElement[bool]]:
    """The conditions under which an entry counts at the moment."""
    found = []
    if moment.before is not None:
        found.append(entries.c.effective_at < micros(moment.before))
    if moment.upto is not None:
        found.append(entries.c.position <= moment.upto)
    return found


def by_hand(column: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """The column as no index knows it, where another way to the rows is shorter."""
    return column.concat("")


def summed(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[Sums]:
    """The debits and credits of the entries that meet the conditions, by account."""
    amount = entries.c.amount_minor
    # An index whose order suits the groups would be read from end to end.
    keys = (by_hand(entries.c.fund), entries.c.currency, entries.c.account)
    query = sa.select(
        *keys,
        sa.func.sum(sa.case((amount > 0, amount), else_=0)),
        sa.func.sum(sa.case((amount < 0, -amount), else_=0)),
    ).where(*conditions)
    return [
        (fund, currency, account, int(debit), int(credit))
        for fund, currency, account, debit, credit in connection.execute(query.group_by(*keys))
    ]


def mark_of_closings() -> sa.ScalarSelect[int]:
    """The position up to which entries are in the lines and the closings, 0 at the beginning."""
    query = sa.select(sa.func.coalesce(sa.func.max(marks.c.position), 0))
    return query.where(marks.c.follower == CLOSINGS).scalar_subquery()


def lines_of(connection: sa.Connection, fund: str, before: datetime | None) -> list[BookLine]:
    """The balances of a fund by account, round, proposal, grant and line.

    Lines at the mark, the entries behind it, and less what took effect later. It is one statement,
    so that the mark may move meanwhile.
    """
    keys = [entries.c[name] for name in BY_LINE]
    mark = mark_of_closings()
    parts: list[sa.Select[Any]] = [
        sa.select(*(lines.c[name] for name in BY_LINE), lines.c.amount_minor).where(
            lines.c.fund == fund
        ),
        sa.select(*keys, entries.c.amount_minor).where(
            entries.c.position > mark, by_hand(entries.c.fund) == fund
        ),
    ]
    if before is not None:
        later = entries.c.effective_at >= micros(before)
        parts.append(sa.select(*keys, -entries.c.amount_minor).where(entries.c.fund == fund, later))
    part = sa.union_all(*parts).subquery()
    total = sa.func.sum(part.c.amount_minor)
    grouped = [part.c[name] for name in BY_LINE]
    query = sa.select(*grouped, total).group_by(*grouped).having(total != 0).order_by(*grouped)
    return [BookLine(*row[:7], int(row[7])) for row in connection.execute(query)]


def total(rows: Iterable[Balance]) -> int:
    """What balances add up to: zero in every sound book."""
    return sum(row.balance_minor for row in rows)

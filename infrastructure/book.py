"""The ledger book: every entry that events have posted, and balances at any moment."""

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
    sa.Index("entries_fund", "fund", "account"),
    sa.Index("entries_grant", "grant"),
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    amount = entries.c.amount_minor
    keys = (entries.c.fund, entries.c.currency, entries.c.account)
    query = sa.select(
        *keys,
        sa.func.sum(sa.case((amount > 0, amount), else_=0)),
        sa.func.sum(sa.case((amount < 0, -amount), else_=0)),
    ).where(*at(moment))
    if fund is not None:
        query = query.where(entries.c.fund == fund)
    if grant is not None:
        query = query.where(entries.c.grant == grant)
    if among is not None:
        query = query.where(entries.c.fund.in_(among))
    rows = connection.execute(query.group_by(*keys)).all()
    return sorted(
        Balance(fund, currency, account, int(debit), int(credit))
        for fund, currency, account, debit, credit in rows
    )


def lines_of(connection: sa.Connection, fund: str, before: datetime | None) -> list[BookLine]:
    """The balances of a fund by account, round, proposal, grant and line."""
    keys = tuple(entries.c[name] for name in ("account", "round", "proposal", "grant", "line"))
    total = sa.func.sum(entries.c.amount_minor)
    query = (
        sa.select(*keys, total)
        .where(entries.c.fund == fund, *at(Moment(before)))
        .group_by(*keys)
        .having(total != 0)
        .order_by(*keys)
    )
    return [BookLine(*row[:5], int(row[5])) for row in connection.execute(query)]


def total(rows: Iterable[Balance]) -> int:
    """What balances add up to: zero in every sound book."""
    return sum(row.balance_minor for row in rows)

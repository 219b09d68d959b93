"""Books for tests of closings: records of any kind, with entries at any time, written directly."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from application.questions import Balance, Moment
from infrastructure import book
from infrastructure.database import Database, derived, metadata
from infrastructure.recorder import events, leaf_hash
from infrastructure.rows import insert


@dataclass(frozen=True)
class Posted:
    """An amount that moves between two accounts of a fund, and when that took effect."""

    fund: str
    amount_minor: int
    effective_at: datetime
    currency: str = "CNY"
    debit: str = "cash.bank"
    credit: str = "cash.payables"
    grant: str = ""


def opened(url: str) -> Database:
    """A database with tables and nothing in them."""
    database = Database(url)
    with database.writing() as connection:
        metadata.create_all(connection)
        derived.create_all(connection)
    return database


def record(
    database: Database,
    posted: Sequence[Posted | None],
    *,
    start: datetime = datetime(2026, 3, 1, tzinfo=UTC),
    apart: timedelta = timedelta(seconds=1),
) -> None:
    """Records what was posted, one position each, behind what is there; None posts nothing."""
    with database.writing() as connection:
        last = connection.execute(sa.select(sa.func.max(events.c.position))).scalar() or 0
        lines, rows = [], []
        for position, one in enumerate(posted, start=last + 1):
            now = start + apart * position
            line = json.dumps({"recorded_at": now.isoformat()}).encode()
            lines.append((position, f"thing:{position}", 1, "x", line, leaf_hash(line)))
            if one is not None:
                rows.extend(entries_of(position, one, now))
        insert(connection, events, lines)
        insert(connection, book.entries, rows)


def entries_of(position: int, posted: Posted, now: datetime) -> list[tuple[object, ...]]:
    """The two entries of a posting."""
    sides = ((posted.debit, posted.amount_minor), (posted.credit, -posted.amount_minor))
    dimensions = tuple(posted.grant if name == "grant" else "" for name in book.DIMENSIONS)
    times = (book.micros(posted.effective_at), book.micros(now))
    return [
        (position, no, posted.fund, posted.currency, account, amount, "P1", *dimensions, *times)
        for no, (account, amount) in enumerate(sides, start=1)
    ]


def plainly(
    connection: sa.Connection,
    moment: Moment,
    *,
    fund: str | None = None,
    grant: str | None = None,
    among: sa.Select[Any] | None = None,
) -> list[Balance]:
    """The balances as the sum over all entries."""
    conditions = book.at(moment)
    for column, value in ((book.entries.c.fund, fund), (book.entries.c.grant, grant)):
        if value is not None:
            conditions.append(column == value)
    if among is not None:
        conditions.append(book.entries.c.fund.in_(among))
    return sorted(Balance(*row) for row in book.summed(connection, *conditions))

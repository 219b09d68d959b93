"""News: what other processes have written since a position, asked together with receipts."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from application.ports import Receipt
from domain.kernel import Record

# Asked for every batch, so it is one question, and goes to the driver as it is.
# Without an upper end PostgreSQL would expect a third of the table, and read all of it.
SINCE = """SELECT position, record, leaf, stream FROM events
WHERE position > {mark} AND position <= {mark}
UNION ALL SELECT 0, digest, answer, key FROM receipts WHERE key {among} ORDER BY 1"""

AMONG = "= ANY(ARRAY(SELECT jsonb_array_elements_text(%s::jsonb)))"

REACH = 10_000
"""How many records are taken in with one question; positions have no gaps."""

Decode = Callable[[bytes], Record[Any]]
Found = tuple[list[tuple[int, Record[Any]]], dict[str, Receipt]]


def question(
    connection: sa.Connection, after: int, keys: Sequence[str]
) -> tuple[str, Sequence[Any]]:
    """The question, and its values."""
    if connection.dialect.name == "sqlite":
        among = f"IN ({', '.join('?' * len(keys))})"
        return SINCE.format(mark="?", among=among), (after, after + REACH, *keys)
    words = SINCE.format(mark="%s", among=AMONG)
    return words, (after, after + REACH, msgspec.json.encode(keys).decode())


def since(
    connection: sa.Connection,
    after: int,
    keys: Sequence[str],
    known: Container[str],
    decode: Decode,
) -> Found:
    """The records behind a position that matter to whoever knows these streams; receipts.

    Those are the first record and the last, and between them the ones of streams that are known:
    what nobody here has read need not be decoded.
    """
    cursor = connection.connection.cursor()
    cursor.execute(*question(connection, after, keys))
    rows = cursor.fetchall()
    cursor.close()
    ends = (after + 1, rows[-1][0] if rows else 0)
    records = [
        (position, decode(line))
        for position, line, _, stream in rows
        if position and (stream in known or position in ends)
    ]
    receipts = {
        key: Receipt(key, bytes(digest), bytes(answer))
        for position, digest, answer, key in rows
        if not position
    }
    if ends[1] == after + REACH:
        records.extend(since(connection, ends[1], (), known, decode)[0])
    return records, receipts

"""Statements that would change events, and what the database says to them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

WORDS = "INSERT {how} INTO events SELECT position, stream, version, type, record, leaf FROM events"
CHANGES = {
    "update": "UPDATE events SET type = 'other' WHERE position = 1",
    "update of all": "UPDATE events SET version = version",
    "delete": "DELETE FROM events WHERE position = 1",
    "delete of all": "DELETE FROM events",
}
ON_SQLITE = {
    "replace": WORDS.format(how="OR REPLACE"),
    "replace of a position": "REPLACE INTO events VALUES (1, 'a', 1, 'b', x'00', x'00')",
    "replace of a version": "REPLACE INTO events SELECT 99, stream, version, type, record, leaf"
    " FROM events WHERE position = 1",
    "upsert": WORDS.format(how="") + " WHERE true ON CONFLICT (position) DO UPDATE SET type = 'c'",
}
ON_POSTGRESQL = {
    "truncate": "TRUNCATE events",
    "truncate with others": "TRUNCATE receipts, events CASCADE",
    "upsert": WORDS.format(how="") + " ON CONFLICT (position) DO UPDATE SET type = 'c'",
    "merge": "MERGE INTO events USING (SELECT 1 AS one) AS other ON position = one"
    " WHEN MATCHED THEN DELETE",
}


def refusal(url: str, statement: str) -> str:
    """What the database says to a statement that it must refuse."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError) as refused:
        connection.exec_driver_sql(statement)
    return str(refused.value.orig)


def events_of(url: str) -> list[tuple[object, ...]]:
    """Every event as it is stored."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM events ORDER BY position")
        return [tuple(row) for row in rows]

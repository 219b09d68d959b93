"""Rows written many at a time, with one statement a table on either database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

ARRAYS = (
    (sa.BigInteger, "bigint"),
    (sa.Integer, "integer"),
    (sa.Text, "text"),
    (sa.LargeBinary, "bytea"),
)
"""PostgreSQL's name for each kind of column that our tables have."""

Row = tuple[Any, ...]


def quoted(names: Sequence[str]) -> str:
    """The names as a list in SQL; some of ours are reserved words there."""
    return ", ".join(f'"{name}"' for name in names)


def array_of(column: sa.Column[Any]) -> str:
    """PostgreSQL's name for the type of the column."""
    for kind, name in ARRAYS:
        if isinstance(column.type, kind):
            return name
    raise TypeError(f"{column.name} has a type that no table of ours has had yet.")


@cache
def statement(table: sa.Table, is_sqlite: bool, replaces: bool) -> str:
    """Inserts rows; where `replaces`, a row with the same key gets all values but its birth."""
    names = [column.name for column in table.columns]
    keys = [column.name for column in table.primary_key.columns]
    tail = ""
    if replaces:
        changed = [name for name in names if name not in keys and name != "born"]
        pairs = ", ".join(f'"{name}" = excluded."{name}"' for name in changed)
        tail = f" ON CONFLICT ({quoted(keys)}) DO UPDATE SET {pairs}"
    head = f'INSERT INTO "{table.name}" ({quoted(names)})'
    if is_sqlite:
        return f"{head} VALUES ({', '.join('?' * len(names))}){tail}"
    kinds = [array_of(column) for column in table.columns]
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
    # "WHERE true" keeps the parser from reading ON CONFLICT as a join condition.
    return f"{head} SELECT * FROM unnest({arrays}) WHERE true{tail}"


def insert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Row], *, replaces: bool = False
) -> None:
    """Writes the rows, each with a value for every column of the table in its order."""
    if not rows:
        return
    is_sqlite = connection.dialect.name == "sqlite"
    sql = statement(table, is_sqlite, replaces)
    if is_sqlite:
        connection.exec_driver_sql(sql, list(rows))
    else:
        connection.exec_driver_sql(sql, tuple(list(column) for column in zip(*rows, strict=True)))

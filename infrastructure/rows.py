"""Rows written many at a time: one statement for all on PostgreSQL, one a table on SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

import msgspec
import sqlalchemy as sa

CASTS = (
    (sa.BigInteger, "::bigint"),
    (sa.Integer, "::integer"),
    (sa.Text, ""),
)
"""How PostgreSQL makes a value for a kind of column out of text."""

ENCODE = msgspec.json.Encoder().encode

Row = tuple[Any, ...]
How = Literal["insert", "replace", "advance"]
"""New rows; rows that may be there and then get all values but their birth; or rows that are there
and get a version and a position only."""

ADVANCED = ("version", "position", "id")


class Change(NamedTuple):
    """Rows for one table, each with a value for every column that is written, in its order."""

    table: sa.Table
    how: How
    rows: Sequence[Row]


def quoted(names: Sequence[str]) -> str:
    """The names as a list in SQL; some of ours are reserved words there."""
    return ", ".join(f'"{name}"' for name in names)


def is_bytes(column: sa.Column[Any]) -> bool:
    """Whether the column holds bytes."""
    return isinstance(column.type, sa.LargeBinary)


def taken(columns: Sequence[sa.Column[Any]]) -> list[str]:
    """How PostgreSQL takes the columns of a row out of a JSON array and the arrays of bytes."""
    found, place = [], 0
    for no, column in enumerate(columns):
        if is_bytes(column):
            found.append(f"bytes{no}")
        else:
            cast = next(cast for kind, cast in CASTS if isinstance(column.type, kind))
            found.append(f"(said->>{place}){cast}")
            place += 1
    return found


def source(columns: Sequence[sa.Column[Any]]) -> str:
    """The rows as PostgreSQL is given them: JSON in one parameter, and each column of bytes in one.

    Arrays of values cost the driver and the server three times as much.
    """
    numbers = [no for no, column in enumerate(columns) if is_bytes(column)]
    parts = ["jsonb_array_elements(%s::jsonb)", *["unnest(%b::bytea[])"] * len(numbers)]
    names = ["said", *(f"bytes{no}" for no in numbers)]
    return f"ROWS FROM ({', '.join(parts)}) AS given ({', '.join(names)})"


def given(columns: Sequence[sa.Column[Any]], rows: Sequence[Row]) -> list[Any]:
    """The parameters that belong to the source."""
    numbers = [no for no, column in enumerate(columns) if is_bytes(column)]
    if not numbers:
        return [ENCODE(rows).decode()]
    others = [no for no in range(len(columns)) if no not in numbers]
    said = [[row[no] for no in others] for row in rows]
    return [ENCODE(said).decode(), *([row[no] for row in rows] for no in numbers)]


def columns_of(table: sa.Table, how: How) -> list[sa.Column[Any]]:
    """The columns that are written, in the order of a row's values."""
    if how == "advance":
        return [table.columns[name] for name in ADVANCED]
    return list(table.columns)


def replacing(table: sa.Table, how: How) -> str:
    """What is to be done with a row that is there already."""
    if how != "replace":
        return ""
    keys = [column.name for column in table.primary_key.columns]
    changed = [column.name for column in table.columns if column.name not in (*keys, "born")]
    pairs = ", ".join(f'"{name}" = excluded."{name}"' for name in changed)
    return f" ON CONFLICT ({quoted(keys)}) DO UPDATE SET {pairs}"


@cache
def of_one_row(table: sa.Table, how: How) -> str:
    """The statement that SQLite runs for each row."""
    if how == "advance":
        return f'UPDATE "{table.name}" SET "version" = ?, "position" = ? WHERE "id" = ?'
    marks = ", ".join("?" * len(table.columns))
    names = quoted([column.name for column in table.columns])
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({marks}){replacing(table, how)}'


def of_all_rows(table: sa.Table, how: How) -> str:
    """The part of PostgreSQL's statement that writes all rows of one table."""
    columns = columns_of(table, how)
    values, rows = taken(columns), source(columns)
    if how == "advance":
        version, position, id = values
        changed = f'"version" = {version}, "position" = {position}'
        return f'UPDATE "{table.name}" SET {changed} FROM {rows} WHERE "id" = {id}'
    names = quoted([column.name for column in columns])
    # "WHERE true" keeps the parser from reading ON CONFLICT as a join condition.
    chosen = f"SELECT {', '.join(values)} FROM {rows} WHERE true"
    return f'INSERT INTO "{table.name}" ({names}) {chosen}{replacing(table, how)}'


@cache
def at_once(parts: tuple[tuple[sa.Table, How], ...]) -> str:
    """One statement of PostgreSQL for several tables, so that they cost one way there and back."""
    if len(parts) == 1:
        return of_all_rows(*parts[0])
    named = (f"part{no} AS ({of_all_rows(*part)})" for no, part in enumerate(parts))
    return f"WITH {', '.join(named)} SELECT 1"


def write(connection: sa.Connection, changes: Sequence[Change]) -> None:
    """Writes rows of several tables, with the driver's own cursor."""
    todo = [change for change in changes if change.rows]
    if not todo:
        return
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        for table, how, rows in todo:
            cursor.executemany(of_one_row(table, how), rows)
    else:
        values = [value for t, how, rows in todo for value in given(columns_of(t, how), rows)]
        cursor.execute(at_once(tuple((table, how) for table, how, _ in todo)), values)
    cursor.close()


def insert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Row], *, replaces: bool = False
) -> None:
    """Writes the rows of one table, each with a value for every column in its order."""
    write(connection, [Change(table, "replace" if replaces else "insert", rows)])


def keyed(table: sa.Table, is_sqlite: bool) -> tuple[str, str]:
    """Where the keys come from that PostgreSQL is given all at once, and the condition on them."""
    keys = list(table.primary_key.columns)
    if is_sqlite:
        return "", " AND ".join(f'"{key.name}" = ?' for key in keys)
    values = taken(keys)
    pairs = zip(keys, values, strict=True)
    return source(keys), " AND ".join(f'kept."{key.name}" = {value}' for key, value in pairs)


def find(connection: sa.Connection, table: sa.Table, keys: Sequence[Row]) -> list[Row]:
    """The whole rows that have these primary keys, as far as they are there."""
    is_sqlite = connection.dialect.name == "sqlite"
    names = quoted([column.name for column in table.columns])
    given_keys, condition = keyed(table, is_sqlite)
    cursor = connection.connection.cursor()
    if is_sqlite:
        question = f'SELECT {names} FROM "{table.name}" WHERE {condition}'
        rows = [row for key in keys for row in cursor.execute(question, key)]
    else:
        question = f'SELECT kept.* FROM {given_keys} JOIN "{table.name}" AS kept ON {condition}'
        rows = list(cursor.execute(question, given(list(table.primary_key.columns), keys)))
    cursor.close()
    return rows


def remove(connection: sa.Connection, table: sa.Table, keys: Sequence[Row]) -> None:
    """Takes out the rows that have these primary keys."""
    is_sqlite = connection.dialect.name == "sqlite"
    given_keys, condition = keyed(table, is_sqlite)
    cursor = connection.connection.cursor()
    if is_sqlite:
        cursor.executemany(f'DELETE FROM "{table.name}" WHERE {condition}', keys)
    elif keys:
        words = f'DELETE FROM "{table.name}" AS kept USING {given_keys} WHERE {condition}'
        cursor.execute(words, given(list(table.primary_key.columns), keys))
    cursor.close()

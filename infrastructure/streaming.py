"""Streaming: the rows of a long answer, a page at a time, by the driver's own cursor."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import count
from typing import Any

import sqlalchemy as sa

from infrastructure.rows import Row

PAGE = 2_000
"""How many rows are fetched at a time."""

NUMBERS = count(1)
"""Several answers may be read side by side on one connection; each has a name of its own."""


def streamed(
    connection: sa.Connection, question: str, values: Sequence[Any] = (), page: int = PAGE
) -> Generator[Row, None, None]:
    """The rows of an answer. PostgreSQL keeps what was not fetched yet, and sends bytes as bytes.

    Words of SQL with the driver's own marks; see `marks`. The connection has begun already.
    """
    driver: Any = connection.connection
    if connection.dialect.name == "sqlite":
        cursor = driver.cursor()
    else:
        cursor = driver.cursor(f"streamed_{next(NUMBERS)}", binary=True)
    try:
        cursor.execute(question, tuple(values))
        while rows := cursor.fetchmany(page):
            yield from rows
    finally:
        cursor.close()


def mark(connection: sa.Connection) -> str:
    """What stands for a value in a question to the driver."""
    return "?" if connection.dialect.name == "sqlite" else "%s"

"""The bare drivers: what the databases can do without any store."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from benchmarks.rivals.stores import RECORD, TYPE, Store

Row = tuple[str, int, str, bytes, bytes]

TABLE = """CREATE TABLE IF NOT EXISTS events (position {kind} PRIMARY KEY, stream TEXT NOT NULL,
version INTEGER NOT NULL, type TEXT NOT NULL, record {bytes} NOT NULL, leaf {bytes} NOT NULL,
UNIQUE (stream, version))"""
INSERTING = "INSERT INTO events (stream, version, type, record, leaf)"
ON_SQLITE = f"{INSERTING} VALUES (?, ?, ?, ?, ?)"
ON_POSTGRESQL = f"{INSERTING} VALUES (%s, %s, %s, %b, %b)"
ARRAYS = f"""{INSERTING}
SELECT * FROM unnest(%s::text[], %s::integer[], %s::text[], %b::bytea[], %b::bytea[])"""


class Raw(Store):
    """One INSERT and one commit an event, and a connection for each client."""

    table, position = "events", "position"

    def open(self) -> None:
        self.own = threading.local()
        self.opened: list[Any] = []

    @property
    def connection(self) -> Any:
        """The connection of this thread."""
        if not hasattr(self.own, "connection"):
            self.own.connection = self.connect()
            self.opened.append(self.own.connection)
        return self.own.connection

    def connect(self) -> Any:
        """Opens a connection with durable settings."""
        if self.is_sqlite:
            import sqlite3

            connection = sqlite3.connect(self.path, timeout=60, check_same_thread=False)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            return connection
        import psycopg

        return psycopg.connect(self.url.replace("+psycopg", ""))

    def prepare(self) -> None:
        names = ("INTEGER", "BLOB") if self.is_sqlite else ("BIGSERIAL", "BYTEA")
        self.connection.execute(TABLE.format(kind=names[0], bytes=names[1]))
        self.connection.commit()

    def append(self, stream: UUID, version: int) -> None:
        statement = ON_SQLITE if self.is_sqlite else ON_POSTGRESQL
        self.connection.execute(statement, row(stream, version))
        self.connection.commit()

    def ask(self, question: str) -> Any:
        found = self.connection.execute(question).fetchone()
        self.connection.commit()
        return found[0]

    def close(self) -> None:
        for connection in self.opened:
            connection.close()


class RawMany(Raw):
    """64 rows with one statement and one commit."""

    batch = 64

    def append(self, stream: UUID, version: int) -> None:
        last = self.batch * version
        rows = [row(stream, number) for number in range(last - self.batch + 1, last + 1)]
        if self.is_sqlite:
            self.connection.executemany(ON_SQLITE, rows)
        else:
            self.connection.execute(ARRAYS, columns(rows))
        self.connection.commit()


def row(stream: UUID, version: int) -> Row:
    """An event as our own table keeps it."""
    return f"tranche:{stream}", version, TYPE, RECORD, hashlib.sha256(b"\x00" + RECORD).digest()


def columns(rows: Sequence[Row]) -> list[list[Any]]:
    """The rows as one array a column."""
    return [list(column) for column in zip(*rows, strict=True)]

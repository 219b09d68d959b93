"""The database: its engine, its one writer at a time, and its readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa
from eventsourcing.persistence import IntegrityError, OperationalError

from application.desk import Unavailable

LOCK = 4_217
"""The advisory lock that a writer holds on PostgreSQL until its transaction ends."""

metadata = sa.MetaData()
"""The tables that everything rests on: the chronicle, receipts, identity."""

derived = sa.MetaData()
"""The tables that can be thrown away and refilled from the chronicle: read models, ledger book."""

POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def open_engine(url: str) -> sa.Engine:
    """An engine for the address, with durable settings."""
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite":
        if address.database and address.database != ":memory:":
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(address)
        sa.event.listen(engine, "connect", durable)
        sa.event.listen(engine, "begin", begin)
        return engine
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    return sa.create_engine(address, pool_size=20, max_overflow=10, pool_pre_ping=True)


def durable(connection: Any, _: Any) -> None:
    """SQLite's settings: readers beside the writer, and a flush with every commit."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def begin(connection: sa.Connection) -> None:
    """Takes SQLite's write lock at the start of a write, not in the middle."""
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class Unreachable(OperationalError, Unavailable):
    """The database does not answer: the library's name for it, and the desk's."""


@contextmanager
def translated() -> Iterator[None]:
    """Names database errors as the eventsourcing library and the desk do."""
    try:
        yield
    except sa.exc.IntegrityError as error:
        raise IntegrityError(str(error.orig)) from error
    except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
        raise Unreachable(str(error)) from error


class Database:
    """The engine, and the write transaction that the current task has open."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = open_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.reader = self.engine.execution_options(reading=True)
        self.current: ContextVar[sa.Connection | None] = ContextVar("connection", default=None)
        self.writer = Lock()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Joins the open write transaction, or opens it and holds the writers' lock."""
        if (joined := self.current.get()) is not None:
            yield joined
            return
        with self.writer, translated(), self.engine.begin() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            token = self.current.set(connection)
            try:
                yield connection
            finally:
                self.current.reset(token)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Joins the open write transaction, or gives a connection that only reads."""
        if (joined := self.current.get()) is not None:
            yield joined
            return
        with translated(), self.reader.connect() as connection:
            yield connection

    def close(self) -> None:
        """Gives every connection back."""
        self.engine.dispose()

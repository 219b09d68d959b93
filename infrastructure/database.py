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


PATIENCE = {
    "connect_timeout": "3",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
"""How long a PostgreSQL server may be silent: seconds, the last in milliseconds.

What the address of the database says of these counts more.
"""


PRAGMAS = (
    # Readers beside the writer, and a flush with every commit.
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=30000",
    "foreign_keys=ON",
    # What is deleted is overwritten, so that nothing personal lies about in free pages.
    "secure_delete=ON",
    # Pages that change with every command are copied into the file less often: 16 MB at a time.
    "wal_autocheckpoint=4000",
)


def open_engine(url: str) -> sa.Engine:
    """An engine for the address, with durable settings."""
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite":
        if address.database and address.database != ":memory:":
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(address)
        sa.event.listen(engine, "connect", durable)
    else:
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        address = address.set(query={**PATIENCE, **address.query})
        engine = sa.create_engine(address, pool_size=20, max_overflow=10, pool_pre_ping=True)
    sa.event.listen(engine, "begin", begin)
    return engine


def durable(connection: Any, _: Any) -> None:
    """SQLite's settings, on every connection."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


BEGINNINGS = {
    ("sqlite", "reading"): "BEGIN",
    ("sqlite", "writing"): "BEGIN IMMEDIATE",
    ("postgresql", "writing"): f"BEGIN; SELECT pg_advisory_xact_lock({LOCK})",
}
"""How transactions begin: a writer takes the writers' lock with its first word."""


def begin(connection: sa.Connection) -> None:
    """Begins a transaction as its purpose asks; PostgreSQL's readers begin by themselves."""
    purpose = connection.get_execution_options().get("purpose", "reading")
    words = BEGINNINGS.get((connection.dialect.name, purpose))
    if words is not None:
        connection.exec_driver_sql(words, execution_options={"no_parameters": True})


class Unreachable(OperationalError, Unavailable):
    """The database does not answer: the library's name for it, and the desk's."""


class Database:
    """The engine, its one connection that writes, and the transaction that a task has open."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = open_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.driver: Any = self.engine.dialect.loaded_dbapi
        self.reader = self.engine.execution_options(purpose="reading")
        self.current: ContextVar[sa.Connection | None] = ContextVar("connection", default=None)
        self.writer = Lock()
        self.held: sa.Connection | None = None
        sa.event.listen(self.engine, "engine_disposed", lambda _: self.let_go())

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Names database errors as the eventsourcing library and the desk do.

        Rows are written through the driver's own cursor, so its errors come as well.
        """
        ours, driver = sa.exc, self.driver
        try:
            yield
        except (ours.IntegrityError, driver.IntegrityError) as error:
            raise IntegrityError(str(getattr(error, "orig", error))) from error
        except (ours.OperationalError, ours.InterfaceError, ours.TimeoutError) as error:
            raise Unreachable(str(error)) from error
        except (ours.InternalError, driver.InternalError) as error:
            # Among these is a server that only reads: a standby that is not promoted yet.
            raise Unreachable(str(error)) from error
        except (driver.OperationalError, driver.InterfaceError) as error:
            raise Unreachable(str(error)) from error

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Joins the open write transaction, or opens it and holds the writers' lock."""
        if (joined := self.current.get()) is not None:
            yield joined
            return
        with self.writer, self.translated():
            connection, transaction = self.begun()
            token, is_well = self.current.set(connection), False
            try:
                with transaction:
                    yield connection
                is_well = True
            finally:
                self.current.reset(token)
                # A connection on which something failed is not worth asking what is left of it.
                if not is_well:
                    self.let_go()

    def begun(self) -> tuple[sa.Connection, sa.RootTransaction]:
        """The connection that writes, with its transaction; a new one where the old one is dead."""
        if self.held is not None:
            try:
                return self.held, self.held.begin()
            except sa.exc.DBAPIError:
                self.let_go()
        self.held = self.engine.connect().execution_options(purpose="writing")
        if not self.is_sqlite:
            # The driver would ask for the transaction in a question of its own.
            self.held.execution_options(isolation_level="AUTOCOMMIT")
        return self.held, self.held.begin()

    def let_go(self) -> None:
        """Closes the connection that writes; the next writer opens another."""
        held, self.held = self.held, None
        if held is not None:
            held.invalidate()
            held.close()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Joins the open write transaction, or gives a connection that only reads."""
        if (joined := self.current.get()) is not None:
            yield joined
            return
        with self.translated(), self.reader.connect() as connection:
            yield connection

    def close(self) -> None:
        """Gives every connection back."""
        self.engine.dispose()

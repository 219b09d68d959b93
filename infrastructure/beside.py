"""New derived tables beside the old ones: made, filled, and put in their place in one transaction.

Nothing that others see changes before the last transaction. What a rebuild that was killed has
left behind is taken away by the next one.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import psycopg
import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from infrastructure.database import LOCK, Database, derived
from infrastructure.rights import copy_rights
from infrastructure.rows import Row, insert, quoted
from infrastructure.shape import indexes_of

NAME = "rebuilding"
"""The schema of the new tables on PostgreSQL, and how their names begin on SQLite."""

ALONE = LOCK + 1
"""The advisory lock that lets one rebuild work at a time on PostgreSQL."""

PATIENCE_SECONDS = 3_600
"""How long a rebuild waits for another one, and for those who read without end."""

TURN = "200ms"
"""How long readers of PostgreSQL are held up at a table while the rebuild waits for the others."""

PAUSE_SECONDS = 0.5
"""How long readers then go on before the next attempt."""

Made = Mapping[sa.Table, Sequence[Row]]


class Site(Protocol):
    """Where the new tables stand until they take the place of the old ones."""

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """A connection that sees every record written so far."""

    def make(self) -> None:
        """Makes the new tables, empty."""

    def fill(self, made: Made) -> None:
        """Adds rows to the new tables."""

    def finish(self) -> None:
        """What can be done before the writers have to wait."""

    def replace(self, made: Made) -> None:
        """Writes rows of which some are there already in an older state."""

    def holding(self) -> AbstractContextManager[sa.Connection]:
        """The transaction in which writers wait; with its end the new tables are seen."""

    def swap(self, connection: sa.Connection) -> None:
        """Puts the new tables in the place of the old ones."""


class BesideOnSqlite:
    """Tables with names of their own, filled in short transactions between those of writers."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.new = {
            table: table.to_metadata(sa.MetaData(), name=f"{NAME}_{table.name}")
            for table in derived.sorted_tables
        }

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """Every question sees the newest state, so the write-ahead log need not wait for us."""
        return self.database.reading()

    def make(self) -> None:
        """Makes the new tables, after whatever a killed rebuild has left is gone."""
        with self.database.writing() as connection:
            for name in sa.inspect(connection).get_table_names():
                if name.startswith(f"{NAME}_"):
                    connection.exec_driver_sql(f"DROP TABLE {quoted([name])}")
            for table in self.new.values():
                connection.execute(CreateTable(table))

    def fill(self, made: Made) -> None:
        """Adds rows in a transaction of their own."""
        with self.database.writing() as connection:
            for table, rows in made.items():
                insert(connection, self.new[table], rows)

    def finish(self) -> None:
        """Nothing: names of indexes are taken until the old tables are gone."""

    def replace(self, made: Made) -> None:
        """Writes over the older state."""
        with self.database.writing() as connection:
            for table, rows in made.items():
                insert(connection, self.new[table], rows, replaces=True)

    def holding(self) -> AbstractContextManager[sa.Connection]:
        """The write transaction of the database."""
        return self.database.writing()

    def swap(self, connection: sa.Connection) -> None:
        """Old tables go, new ones get their names and indexes."""
        for table, new in self.new.items():
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {quoted([table.name])}")
            names = f"{quoted([new.name])} RENAME TO {quoted([table.name])}"
            connection.exec_driver_sql(f"ALTER TABLE {names}")
            for index in indexes_of(table):
                connection.execute(CreateIndex(index))


class BesideOnPostgresql:
    """Tables of the same names in a schema that nobody sees before the one transaction ends."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.home = str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """The one connection; each of its questions sees what is committed by then."""
        yield self.connection

    def make(self) -> None:
        """Makes the new tables; from here on their names mean the new ones."""
        self.say(f"DROP SCHEMA IF EXISTS {NAME} CASCADE")
        self.say(f"CREATE SCHEMA {NAME}")
        self.say(f"SET LOCAL search_path TO {NAME}, {quoted([self.home])}")
        for table in derived.sorted_tables:
            self.connection.execute(CreateTable(table))

    def fill(self, made: Made) -> None:
        """Adds rows with the database's own command for many."""
        cursor: Any = self.connection.connection.cursor()
        for table, rows in made.items():
            columns = quoted([column.name for column in table.columns])
            with cursor.copy(f"COPY {quoted([table.name])} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        cursor.close()

    def finish(self) -> None:
        """Makes the indexes, and lets the planner know the new tables."""
        for table in derived.sorted_tables:
            for index in indexes_of(table):
                self.connection.execute(CreateIndex(index))
            self.say(f"ANALYZE {quoted([table.name])}")

    def replace(self, made: Made) -> None:
        """Writes over the older state."""
        for table, rows in made.items():
            insert(self.connection, table, rows, replaces=True)

    @contextmanager
    def holding(self) -> Iterator[sa.Connection]:
        """The one transaction, from here on with the writers' lock and the old tables."""
        self.hold()
        yield self.connection

    def swap(self, connection: sa.Connection) -> None:
        """Old tables go, new ones move into their schema with all that belongs to them."""
        self.say(f"SET LOCAL search_path TO {quoted([self.home])}")
        copy_rights(connection, self.home, NAME)
        for table in derived.sorted_tables:
            self.say(f"DROP TABLE IF EXISTS {quoted([table.name])}")
            self.say(f"ALTER TABLE {NAME}.{quoted([table.name])} SET SCHEMA {quoted([self.home])}")
        self.say(f"DROP SCHEMA {NAME}")

    def hold(self) -> None:
        """Takes the writers' lock and the old tables; lets go for a while if a reader stays long.

        Waiting for a table makes all later readers of it wait, so it is done in short turns.
        """
        inspector = sa.inspect(self.connection)
        there = inspector.get_table_names(self.home)
        old = [
            f"{quoted([self.home])}.{quoted([name])}" for name in derived.tables if name in there
        ]
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            attempt = self.connection.begin_nested()
            try:
                self.say(f"SELECT pg_advisory_xact_lock({LOCK})")
                self.say(f"SET LOCAL lock_timeout TO '{TURN}'")
                for name in old:
                    self.say(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")
                self.say("SET LOCAL lock_timeout TO 0")
            except sa.exc.OperationalError as error:
                attempt.rollback()
                if time.monotonic() > end or not isinstance(
                    error.orig, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected
                ):
                    raise
                time.sleep(PAUSE_SECONDS)
            else:
                attempt.commit()
                return

    def say(self, statement: str) -> None:
        """Has the database do something that has no parameters."""
        self.connection.exec_driver_sql(statement)


@contextmanager
def beside(database: Database) -> Iterator[Site]:
    """A site on which no other rebuild works; on PostgreSQL all that is done there is one write."""
    with database.translated():
        if database.is_sqlite:
            with alone(database.engine.url.database or ""):
                yield BesideOnSqlite(database)
            return
        with database.engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ALONE})")
            yield BesideOnPostgresql(connection)


@contextmanager
def alone(file: str) -> Iterator[None]:
    """Waits until no other process rebuilds this file; a process that dies lets the next one in.

    The lock is that of an empty database beside the file, which is left there: a file that is
    removed while others wait for it would let two of them in.
    """
    guard = sqlite3.connect(f"{file}.{NAME}.lock", timeout=PATIENCE_SECONDS, isolation_level=None)
    try:
        guard.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        guard.close()

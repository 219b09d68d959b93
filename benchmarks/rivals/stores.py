"""Ours and its rivals behind one face: open, append one event, say how durable, count.

Imports stand in the classes, since each process knows the packages of one store only. Every
store keeps the same bytes; ids, tables and settings are each store's own.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

RECORD = (
    '{"event":{"type":"tranche.requested","stage":"requested","account":"account:1",'
    '"invoice_no":"0431","payee":"同创社工","amount_minor":800000,"currency":"CNY"},'
    '"stream":"tranche:01a204b7-65dd-75df-bf53-ff389f28840d","version":22,"schema_version":1,'
    '"effective_at":"2026-03-17T01:00:13Z","recorded_at":"2026-03-17T01:00:13Z",'
    '"actor":{"id":"person:fund_manager","role":"fund_manager",'
    '"place":{"code":"220102","unit":""}},"command_id":"key-000164",'
    '"causation":"tranche:01a204b7-65dd-75df-bf53-ff389f28840d@22","reason":"第一期的票据已经核对，可以按协议拨付",'
    '"salt":"97cdd98a64db74725c96d6decf471522"}'
).encode()
"""A line as the chronicle keeps it, as long as they are on the average."""

TYPE = "tranche.requested"
PRAGMAS = ("journal_mode", "synchronous")
SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")

Settings = dict[str, str]


class Store:
    """A store that one process has open."""

    table, position = "stored_events", "notification_id"
    batch = 1
    """How many events one append writes."""

    def __init__(self, url: str, clients: int) -> None:
        self.url = url
        self.clients = clients
        self.is_sqlite = url.startswith("sqlite")
        self.open()

    def open(self) -> None:
        """Opens the store."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Creates the tables."""
        raise NotImplementedError

    def append(self, stream: UUID, version: int) -> None:
        """Appends one event, or a batch; returns when it is durable."""
        raise NotImplementedError

    def ask(self, question: str) -> Any:
        """The one value that answers a question, on a connection as those that write."""
        raise NotImplementedError

    def close(self) -> None:
        """Gives the connections back."""
        raise NotImplementedError

    @property
    def path(self) -> str:
        """The file of an SQLite database."""
        return self.url.removeprefix("sqlite:///")

    def held(self) -> tuple[int, int]:
        """How many events are kept, and how many positions were given."""
        found = (
            f"SELECT {what} FROM {self.table}" for what in ("count(*)", f"max({self.position})")
        )
        count, last = (int(self.ask(question) or 0) for question in found)
        return count, last

    def settings(self) -> Settings:
        """What the store's own connections say of the flush."""
        words = PRAGMAS if self.is_sqlite else SETTINGS
        asking = "PRAGMA" if self.is_sqlite else "SHOW"
        return {word: str(self.ask(f"{asking} {word}")) for word in words}


class Ours(Store):
    """The chronicle's recorder."""

    table, position = "events", "position"

    def open(self) -> None:
        from eventsourcing.persistence import StoredEvent

        from infrastructure.database import Database
        from infrastructure.recorder import ChronicleRecorder

        self.kind = StoredEvent
        self.database = Database(self.url)
        self.recorder = ChronicleRecorder(self.database)

    def prepare(self) -> None:
        from infrastructure.schema import migrate

        migrate(self.database)

    def append(self, stream: UUID, version: int) -> None:
        self.recorder.insert_events([self.kind(f"tranche:{stream}", version, TYPE, RECORD)])

    def ask(self, question: str) -> Any:
        with self.database.writing() as connection:
            return connection.exec_driver_sql(question).scalar()

    def close(self) -> None:
        self.database.close()


class Library(Store):
    """The library's own recorder for the database."""

    functions = False

    def open(self) -> None:
        from eventsourcing.persistence import StoredEvent

        self.kind = StoredEvent
        if self.is_sqlite:
            from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

            self.datastore: Any = SQLiteDatastore(
                self.path, pool_size=self.clients, lock_timeout=30, pool_timeout=60
            )
            self.recorder: Any = SQLiteApplicationRecorder(self.datastore)
            self.position = "rowid"
            return
        from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

        parts = urlsplit(self.url)
        self.datastore = PostgresDatastore(
            dbname=parts.path.strip("/"),
            host=parts.hostname or parse_qs(parts.query)["host"][0],
            port=parts.port or 5432,
            user=parts.username or "",
            password=parts.password or "-",
            pool_size=self.clients,
            connect_timeout=60,
            enable_db_functions=self.functions,
        )
        self.recorder = PostgresApplicationRecorder(self.datastore)

    def prepare(self) -> None:
        self.recorder.create_table()

    def append(self, stream: UUID, version: int) -> None:
        self.recorder.insert_events([self.kind(stream, version, TYPE, RECORD)])

    def ask(self, question: str) -> Any:
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(question)
            row = cursor.fetchone()
            return next(iter(row.values())) if isinstance(row, dict) else row[0]

    def close(self) -> None:
        self.datastore.close()


class LibraryFunction(Library):
    """The library's recorder with its function in the database, which takes no lock."""

    functions = True


class OnSQLAlchemy(Store):
    """eventsourcing-sqlalchemy, as its factory makes it."""

    position = "id"

    def open(self) -> None:
        from eventsourcing.persistence import StoredEvent
        from eventsourcing.utils import Environment

        # Not known where our own environment is checked.
        factory = import_module("eventsourcing_sqlalchemy.factory").SQLAlchemyFactory
        self.kind = StoredEvent
        env = {"SQLALCHEMY_URL": self.url, "CREATE_TABLE": "no"}
        self.recorder: Any = factory(Environment("", env)).application_recorder()
        self.datastore: Any = self.recorder.datastore

    def prepare(self) -> None:
        self.recorder.create_table()

    def append(self, stream: UUID, version: int) -> None:
        self.recorder.insert_events([self.kind(stream, version, TYPE, RECORD)])

    def ask(self, question: str) -> Any:
        from sqlalchemy import text

        with self.datastore.transaction(commit=True) as session:
            return session.execute(text(question)).scalar()

    def close(self) -> None:
        self.datastore.engine.dispose()

"""Who leads: of all processes that run a follower of one name, one at a time works.

The right to work dies with its process. On PostgreSQL it is a lock of the very session that does
the work, so whoever has lost it cannot write either; on SQLite it is a lock of the operating
system on a file beside the database.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import sqlalchemy as sa

from infrastructure.database import Database
from infrastructure.followers.kinds import CHANNEL

LOCKS = 4_219
"""The first half of the advisory locks of followers; the second is made from the name."""

KEEPALIVE = {
    "keepalives": 1,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
}
"""How a leader notices a network that swallows everything: within five seconds."""

SERVER_KEEPALIVE = (
    "SET tcp_keepalives_idle = 2",
    "SET tcp_keepalives_interval = 1",
    "SET tcp_keepalives_count = 3",
    "SET tcp_user_timeout = 5000",
)
"""How the server notices that a leader's host is gone, and frees its lock: as soon."""


class Lead(Protocol):
    """The right to work, for as long as it is held."""

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """A connection to read what was committed."""

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """A transaction that is over, one way or the other, at the end."""

    def wait(self, seconds: float) -> None:
        """Waits for new records, or so long."""


class SqliteLead:
    """Leads in the process that holds the file's lock; new records are told by `awake`."""

    def __init__(self, database: Database, awake: threading.Event) -> None:
        self.database = database
        self.awake = awake

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """A connection that reads beside the writer."""
        return self.database.reading()

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """The one write transaction; it is kept short."""
        return self.database.writing()

    def wait(self, seconds: float) -> None:
        """Waits for a writer in this process to tell, or so long."""
        self.awake.wait(seconds)
        self.awake.clear()


class PostgresqlLead:
    """Leads in the session that holds the lock, and does all its work in that session."""

    def __init__(self, connection: sa.Connection, awake: threading.Event) -> None:
        self.connection = connection
        self.awake = awake

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction of the leading session."""
        with self.connection.begin():
            yield self.connection

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """A transaction of the leading session; it does not take the writers' lock."""
        return self.reading()

    def wait(self, seconds: float) -> None:
        """Waits for any writer to tell, or so long; looks up each second for who stops it."""
        driver: Any = self.connection.connection.driver_connection
        end = time.monotonic() + seconds
        while not self.awake.is_set() and (left := end - time.monotonic()) > 0:
            if any(True for _ in driver.notifies(timeout=min(left, 1.0), stop_after=1)):
                break
        self.awake.clear()


Again = Callable[[], bool]
"""Asked while another leads: waits a little, and says whether to try again."""


def leading(
    database: Database, name: str, awake: threading.Event, again: Again
) -> AbstractContextManager[Lead | None]:
    """The lead over the followers of that name; None where another has it to the end."""
    if database.is_sqlite:
        return leading_sqlite(database, name, awake, again)
    return leading_postgresql(database, name, awake, again)


@contextmanager
def leading_sqlite(
    database: Database, name: str, awake: threading.Event, again: Again
) -> Iterator[Lead | None]:
    """The lock of a file beside the database, which the system frees with the process."""
    file = os.open(f"{database.engine.url.database}.{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        taken = locked(file)
        while not taken and again():
            taken = locked(file)
        yield SqliteLead(database, awake) if taken else None
    finally:
        os.close(file)


def locked(file: int) -> bool:
    """Whether the lock was free, and is ours now."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def leading_postgresql(
    database: Database, name: str, awake: threading.Event, again: Again
) -> Iterator[Lead | None]:
    """An advisory lock of a session of its own, which the server frees with the session."""
    url = database.engine.url
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={**KEEPALIVE})
    with database.translated(), engine.connect() as connection:
        with connection.begin():
            for setting in SERVER_KEEPALIVE:
                connection.exec_driver_sql(setting)
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        taken = session_locked(connection, name)
        while not taken and again():
            taken = session_locked(connection, name)
        yield PostgresqlLead(connection, awake) if taken else None


def session_locked(connection: sa.Connection, name: str) -> bool:
    """Whether the lock was free, and is this session's now."""
    # Four bytes with a sign are what the lock takes beside the number of its kind.
    number = zlib.crc32(name.encode()) - 2**31
    with connection.begin():
        taken = connection.exec_driver_sql("SELECT pg_try_advisory_lock(%s, %s)", (LOCKS, number))
        return bool(taken.scalar_one())

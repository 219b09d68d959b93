"""Appends of threads that wait at the same time, written and flushed as one.

The first thread that comes writes for all that wait with it; who comes meanwhile waits for the
next turn, which one of those who wait then takes. A record that the database refuses is refused
to the one who sent it, and to nobody else.
"""

from __future__ import annotations

import select
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from time import monotonic, sleep
from typing import Any

import sqlalchemy as sa
from eventsourcing.persistence import PersistenceError

from infrastructure.database import LOCK, Database, Unreachable
from infrastructure.rows import Row

MOST_SHARES = 64
"""How many callers are served with one commit."""

PATIENCE_S = 0.0005
"""How long those who were served together are waited for: they often come again at once."""

MOST_BYTES = 65_536
"""How much is sent to PostgreSQL in one breath; more than that goes step by step."""

LOCKING = f"SELECT pg_advisory_xact_lock({LOCK})"
LAST = "(SELECT coalesce(max(position), 0) FROM events)"
INSERTING = "INSERT INTO events (position, stream, version, type, record, leaf)"
ONE = f"{INSERTING} VALUES ({LAST} + %s, %s, %s, %s, %b, %b) RETURNING position"
MANY = f"""{INSERTING}
SELECT {LAST} + new.place, new.stream, new.version, new.type, new.record, new.leaf
FROM unnest(%s::bigint[], %s::text[], %s::integer[], %s::text[], %b::bytea[], %b::bytea[])
    AS new (place, stream, version, type, record, leaf)
RETURNING position"""
ON_SQLITE = f"{INSERTING} VALUES (?, ?, ?, ?, ?, ?)"


def append_rows(database: Database, rows: Sequence[Row]) -> int:
    """Writes rows of events, placed from 1 on, behind the last; the position of the first."""
    if not database.is_sqlite and sum(len(record) for *_, record, _ in rows) <= MOST_BYTES:
        return append_at_once(database, rows)
    with database.writing() as connection:
        if not database.is_sqlite:
            return int(min(connection.exec_driver_sql(MANY, columns_of(rows)).scalars()))
        last = int(connection.exec_driver_sql(f"SELECT {LAST}").scalar_one())
        connection.exec_driver_sql(ON_SQLITE, [(last + row[0], *row[1:]) for row in rows])
        return last + 1


def append_at_once(database: Database, rows: Sequence[Row]) -> int:
    """The same on PostgreSQL without waiting for an answer in between.

    What is sent up to a synchronisation is one transaction there, and each statement sees what
    was committed before it began; the second begins when the lock is had. So the lock is not held
    while a client is being woken. Leaving the pipeline waits for the commit.
    """
    with driver_of(database) as driver, driver.cursor() as cursor:
        with driver.pipeline():
            cursor.execute(LOCKING, prepare=True)
            if len(rows) == 1:
                # Without arrays it costs the server half as much.
                cursor.execute(ONE, rows[0], prepare=True)
            else:
                cursor.execute(MANY, columns_of(rows), prepare=True)
        cursor.nextset()
        return min(int(position) for (position,) in cursor)


def columns_of(rows: Sequence[Row]) -> tuple[list[Any], ...]:
    """The rows as one array a column."""
    return tuple(list(column) for column in zip(*rows, strict=True))


@contextmanager
def driver_of(database: Database) -> Iterator[Any]:
    """PostgreSQL's driver for the connection that writes, with nothing begun on it."""
    with database.writer, database.translated():
        if database.held is None or has_news(database.held):
            database.let_go()
            database.begun()[1].rollback()
        assert database.held is not None
        is_well = False
        try:
            yield database.held.connection.driver_connection
            is_well = True
        finally:
            # A connection on which something failed is not worth asking what is left of it.
            if not is_well:
                database.let_go()


def has_news(connection: sa.Connection) -> bool:
    """Whether the server has spoken unasked, as it does when it ends the connection."""
    listening = select.poll()
    listening.register(connection.connection.fileno(), select.POLLIN)
    return bool(listening.poll(0))


class Share:
    """What one caller appends, and what has become of it."""

    __slots__ = ("bell", "failure", "positions", "rows")

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.positions: list[int] | None = None
        self.failure: Exception | None = None
        self.bell = Lock()
        self.bell.acquire()

    @property
    def is_open(self) -> bool:
        """Whether it is neither written nor refused."""
        return self.positions is None and self.failure is None

    def outcome(self) -> list[int]:
        """The positions that were given, or the failure."""
        if self.positions is None:
            raise self.failure or Unreachable("It is not known whether the records were kept.")
        return self.positions


class Together:
    """Lets one of the threads that wait write for all of them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.faults = (
            PersistenceError, sa.exc.DBAPIError, database.driver.Error, OverflowError, ValueError,
        )  # fmt: skip
        self.mutex = Lock()
        self.waiting: list[Share] = []
        self.is_led = False
        self.served = 1

    def append(self, rows: Sequence[Row]) -> list[int]:
        """Appends rows that are placed from 1 on; their positions once they are flushed.

        Raises IntegrityError where one is there already, and Unreachable where the database does
        not answer, after which the rows may be there or not.
        """
        share = Share(rows)
        with self.mutex:
            leads, self.is_led = not self.is_led, True
            if not leads:
                self.waiting.append(share)
        if not leads:
            share.bell.acquire()
        if share.is_open:
            self.lead(share)
        return share.outcome()

    def lead(self, own: Share) -> None:
        """Writes for all who wait, and hands the lead to the first of those who came since."""
        shares = [own]
        try:
            self.gather()
            with self.mutex:
                shares += self.waiting[: MOST_SHARES - 1]
                del self.waiting[: MOST_SHARES - 1]
            self.served = len(shares)
            self.settle(shares)
        finally:
            with self.mutex:
                following = self.waiting[:1]
                del self.waiting[:1]
                self.is_led = bool(following)
            for share in (*shares[1:], *following):
                share.bell.release()

    def gather(self) -> None:
        """Waits a moment for as many as came the last time."""
        until = monotonic() + PATIENCE_S
        while len(self.waiting) + 1 < self.served and monotonic() < until:
            sleep(PATIENCE_S / 10)

    def settle(self, shares: Sequence[Share]) -> None:
        """Writes the shares with one commit; each by itself where the database refuses them."""
        rows = [row[1:] for share in shares for row in share.rows]
        try:
            first = append_rows(self.database, [(no, *row) for no, row in enumerate(rows, start=1)])
        except Unreachable as error:
            for share in shares:
                share.failure = Unreachable(str(error))
        except self.faults as error:
            if len(shares) == 1:
                shares[0].failure = error
                return
            for share in shares:
                self.settle([share])
        else:
            for share in shares:
                share.positions = list(range(first, first + len(share.rows)))
                first += len(share.rows)

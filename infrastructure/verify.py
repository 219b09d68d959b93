"""Verify: whether the stored records, and everything derived from them, are as they must be.

Nothing is repaired. Every fault is reported with a position: that of the record at fault, or of
the last record of the thing at fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from operator import methodcaller
from typing import Any

import sqlalchemy as sa

from infrastructure.audit import Auditor, Fault
from infrastructure.database import Database
from infrastructure.merkle import encoded
from infrastructure.store import DatabaseStore
from infrastructure.streaming import streamed

PAGE = 2_000
"""After how many records progress is told."""

LOG = "SELECT position, stream, version, type, record, leaf FROM events ORDER BY position"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether all is well; how many records there are; the root over their leaves; every fault.

    `root` is written as in signed checkpoints: base64 of the RFC 6962 root hash. That of an empty
    log is the SHA-256 of nothing.
    """

    ok: bool
    events: int
    root: str
    faults: tuple[Fault, ...]


def verify(store: DatabaseStore, on_progress: Progress | None = None) -> Verdict:
    """Reads the whole log and compares everything derived with it, at one moment."""
    with (
        snapshot(store.database) as connection,
        closing(Auditor(store, connection)) as auditor,
        closing(streamed(connection, LOG)) as rows,
    ):
        auditor.check_closings()
        for count, row in enumerate(rows, start=1):
            auditor.read(row)
            if on_progress is not None and count % PAGE == 0:
                on_progress(row[0])
        auditor.conclude()
    faults = tuple(sorted(auditor.faults, key=lambda fault: fault.position))
    return Verdict(not faults, auditor.tree.size, encoded(auditor.tree.root()), faults)


@contextmanager
def snapshot(database: Database) -> Iterator[sa.Connection]:
    """A connection on which every question is answered as of one moment."""
    with database.reading() as connection:
        if not connection.in_transaction():
            if not database.is_sqlite:
                # SQLite's readers see one moment by themselves, and a writer is alone.
                connection.execution_options(isolation_level="REPEATABLE READ")
            connection.begin()
        with readable(connection):
            yield connection


@contextmanager
def readable(connection: sa.Connection) -> Iterator[None]:
    """Text of SQLite that is no UTF-8 is read with its bytes as signs, to be compared and named."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.text_factory = methodcaller("decode", "utf-8", "backslashreplace")
    try:
        yield
    finally:
        driver.text_factory = str


__all__ = ["Fault", "Verdict", "snapshot", "verify"]

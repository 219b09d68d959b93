"""How long does it take to make everything derived again, and how long do writers wait for it?

A chronicle of 72,000 events in the demonstration's mix; all read models, the ledger book and its
closings are rebuilt beside the old ones and swapped in. Meanwhile somebody opens one write
transaction after another. Durable settings. Run: python -m benchmarks.rebuild
"""

from __future__ import annotations

import contextlib
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.commands import make_durable
from benchmarks.grown import grow
from benchmarks.measure import machine, write_section
from infrastructure import rebuild as rebuilding
from infrastructure.database import Database
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore
from tests import servers

EVENTS = 72_000
ROUNDS = 3
TARGET_SECONDS = 3.0


@dataclass
class Rebuilt:
    """Every round's seconds in all, those of the closings among them, and a writer's waits."""

    events: int = 0
    seconds: list[float] = field(default_factory=list)
    closing: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


@contextlib.contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    """A file on the disk."""
    yield f"sqlite:///{folder / 'grown.db'}"


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A database of a server that flushes with every commit."""
    server = servers.server_url(folder)
    make_durable(server)
    try:
        with servers.fresh_database(server) as url:
            yield url
    finally:
        servers.stop_server(folder)


@contextlib.contextmanager
def waiting(url: str, waits: list[float]) -> Iterator[None]:
    """Opens and ends write transactions all the time; the longest wait is added."""
    over, database, longest = threading.Event(), Database(url), [0.0]

    def write() -> None:
        while not over.is_set():
            began = time.perf_counter()
            with database.writing():
                longest[0] = max(longest[0], time.perf_counter() - began)
            over.wait(0.01)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        database.close()
        waits.append(longest[0])


def rounds(url: str) -> Rebuilt:
    """Rebuilds a few times alone, then once more while somebody writes."""
    found, store = Rebuilt(), DatabaseStore(Database(url), Settings().zone)
    close = rebuilding.close_blocks

    def timed(database: Database, read: int) -> None:
        began = time.perf_counter()
        close(database, read)
        found.closing.append(time.perf_counter() - began)

    rebuilding.close_blocks = timed
    try:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            found.events = rebuilding.rebuild(store)
            found.seconds.append(time.perf_counter() - began)
        with waiting(url, found.waits):
            rebuilding.rebuild(store)
    finally:
        rebuilding.close_blocks = close
        store.database.close()
    return found


def measured(name: str, opened: Callable[[Path], contextlib.AbstractContextManager[str]]) -> str:
    """The row of one database."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as url:
        grow(url, EVENTS)
        found = rounds(url)
    seconds = statistics.median(found.seconds)
    verdict = "met" if seconds <= TARGET_SECONDS else "missed"
    return (
        f"| {name} | {found.events:,} | {seconds:.2f} | {statistics.median(found.closing):.2f} | "
        f"{found.events / seconds:,.0f} | {1_000 * max(found.waits):.0f} | {verdict} |"
    )


def main() -> None:
    """Measures on both databases and writes the section of docs/performance.md."""
    lines = [__doc__ or "", f"Measured with {machine()}", ""]
    lines += [
        f"| | events | seconds | of them closings | events a second | longest wait of a writer, ms "
        f"| ≤ {TARGET_SECONDS:.0f} s |",
        "|---|---:|---:|---:|---:|---:|---|",
        measured("SQLite", sqlite),
    ]
    try:
        lines.append(measured("PostgreSQL", postgresql))
    except servers.NoServer as reason:
        sys.stderr.write(f"PostgreSQL is left out: {reason}\n")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    lines += ["", f"The process, with the demonstration that it played, took {most} MiB at most."]
    write_section("rebuild", lines)


if __name__ == "__main__":
    main()

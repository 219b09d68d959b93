"""How many bare events a second does the chronicle take, beside what one would pick instead?

Processes with some clients each append one event after another, each client to a stream of its
own. Ours: the chronicle's recorder. The library: its own recorder for the database, and on
PostgreSQL also its function in the database, which takes no lock, so that a reader can miss
events. eventsourcing-sqlalchemy: in an environment of its own, with the older SQLAlchemy that it
asks for. The driver: an INSERT and a commit for each event without any order among writers, and
64 rows a commit as the ceiling. All keep the same bytes and flush before they answer; what their
own connections say of that is printed. Run: python -m benchmarks.append
"""

from __future__ import annotations

import contextlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import URL, create_engine

from benchmarks.measure import interleaved, machine, report, write_section
from benchmarks.rivals.environment import Missing, rival_python, rival_versions
from benchmarks.rivals.processes import Appenders
from benchmarks.rivals.stores import RECORD, SETTINGS
from tests import servers

ROUNDS = 5
PROCESSES = 8
SHAPES = ((8, 40), (1, 150))
"""How many clients a process has, and how often each appends in a round."""

NAMES = {
    "ours": "the chronicle",
    "library": "the library",
    "function": "the library's function, no lock",
    "sqlalchemy": "eventsourcing-sqlalchemy",
    "raw": "driver, a commit an event",
    "many": "driver, 64 rows a commit",
}
BASE = NAMES["library"]
Urls = Callable[[str], str]
Opened = Callable[[Path], contextlib.AbstractContextManager[Urls]]


@contextlib.contextmanager
def sqlite(folder: Path) -> Iterator[Urls]:
    """A file for each store."""
    yield lambda name: f"sqlite:///{folder / name}.db"


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[Urls]:
    """A database for each store, on one server that flushes with every commit."""
    server = servers.server_url(folder)
    make_durable(server)
    try:
        with contextlib.ExitStack() as opened:
            yield lambda _: opened.enter_context(servers.fresh_database(server))
    finally:
        servers.stop_server(folder)


def make_durable(server: URL) -> None:
    """Lets a server for tests flush with every commit, as a real one does."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in SETTINGS:
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = on")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()


def flush_ms(folder: Path) -> float:
    """How long the disk takes to flush a page, in milliseconds."""
    took = []
    with (folder / "flushed").open("wb", buffering=0) as file:
        for _ in range(200):
            file.write(bytes(8_192))
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    return 1_000 * statistics.median(took)


@contextlib.contextmanager
def started(names: list[str], urls: Urls, rival: str) -> Iterator[dict[str, Appenders]]:
    """The processes of each store, with its tables."""
    stores: dict[str, Appenders] = {}
    try:
        for name in names:
            python = rival if name == "sqlalchemy" else sys.executable
            stores[name] = Appenders(name, urls(name), PROCESSES, python)
            stores[name].one("prepare")
        yield stores
    finally:
        for store in stores.values():
            store.close()


def measured(database: str, opened: Opened, names: list[str], rival: str) -> list[str]:
    """The tables of one database, and what each store says of itself."""
    with tempfile.TemporaryDirectory() as path, opened(Path(path)) as urls:
        lines = [f"A flush of 8 KiB takes {flush_ms(Path(path)):.2f} ms here.", ""]
        with started(names, urls, rival) as stores:
            told = {name: store.one("settings") or {} for name, store in stores.items()}
            for clients, each in SHAPES:
                found = interleaved(
                    {NAMES[n]: partial(s.run, clients, each) for n, s in stores.items()}, ROUNDS
                )
                shape = f"{PROCESSES} processes of {clients} client{'s' * (clients > 1)}"
                lines += report(f"Appending on {database}, {shape}", found, BASE)
            for name, store in stores.items():
                settings = ", ".join(f"{word} {is_now}" for word, is_now in told[name].items())
                lines.append(f"- {NAMES[name]}: {store.kept()}; {settings or 'settings unknown'}")
    return [*lines, ""]


def main() -> None:
    """Measures on both databases and writes the section of docs/performance.md."""
    names = list(NAMES)
    lines = [__doc__ or "", f"Measured with {machine()}"]
    rival = ""
    try:
        rival = rival_python()
        lines[-1] += f" Beside it: {rival_versions(rival)}."
    except Missing as reason:
        names.remove("sqlalchemy")
        lines += ["", f"**eventsourcing-sqlalchemy is missing from this run:** {reason}"]
    lines += ["", f"A record has {len(RECORD)} bytes.", ""]
    try:
        lines += measured("PostgreSQL", postgresql, names, rival)
    except servers.NoServer as reason:
        lines += [f"**PostgreSQL is missing from this run:** {reason}", ""]
    on_sqlite = [name for name in names if name != "function"]
    lines += measured("SQLite", sqlite, on_sqlite, rival)
    write_section("append", lines)


if __name__ == "__main__":
    main()

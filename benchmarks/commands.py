"""Is a whole command here as fast as a bare event in the library's own store?

Ours: commands on payments through the desk; each has its event, a row of a read model and a
receipt, every second one two ledger entries and two homes that are told; it is answered after the
commit. Theirs: one event of an aggregate, saved by the library's Application on its own recorder
for the same database. Durable settings on both sides. Run: python -m benchmarks.commands
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url

from benchmarks.bare import Theirs
from benchmarks.crowd import Crowd
from benchmarks.measure import interleaved, machine, report, write_section
from benchmarks.ours import Ours
from benchmarks.payments import Payments
from tests import servers

ROUNDS = 5
EACH = 100
CLIENTS = 16


@contextlib.contextmanager
def sqlite(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Two files on the disk; both sides flush with every commit."""
    theirs = {
        "PERSISTENCE_MODULE": "eventsourcing.sqlite",
        "SQLITE_DBNAME": str(folder / "theirs.db"),
    }
    yield f"sqlite:///{folder / 'ours.db'}", theirs


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Two databases of one server that flushes with every commit."""
    server = servers.server_url(folder)
    make_durable(server)
    try:
        with servers.fresh_database(server) as ours, servers.fresh_database(server) as their:
            url = make_url(their)
            theirs = {
                "PERSISTENCE_MODULE": "eventsourcing.postgres",
                "POSTGRES_DBNAME": url.database or "",
                "POSTGRES_HOST": str(url.host or url.query.get("host", "")),
                "POSTGRES_PORT": str(url.port or 5432),
                "POSTGRES_USER": url.username or "",
                "POSTGRES_PASSWORD": url.password or "-",
            }
            yield ours, theirs
    finally:
        servers.stop_server(folder)


def make_durable(server: URL) -> None:
    """Lets a server for tests flush with every commit, as a real one does."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = on")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()


def measured(name: str, opened: Callable[[Path], Any], processes: int) -> list[str]:
    """The table of one database; with several processes where it takes several that write."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as (url, env):
        ours, theirs = Ours(url, CLIENTS * processes), Theirs(env, CLIENTS)
        lines = both(f"Commands on {name}, one process", ours.payments, theirs)
        theirs.close()
        tranches = [ready.tranche for ready in ours.payments.own]
        organisation = ours.organisation
        ours.system.close()
        if processes > 1:
            members = [
                {"url": url, "organisation": organisation, "tranches": tranches[no::processes]}
                for no in range(processes)
            ]
            lines += crowds(f"Commands on {name}, {processes} processes", members, env)
    return lines


def both(title: str, ours: Payments, theirs: Theirs) -> list[str]:
    """One process of 16 clients, and of one."""
    found = interleaved(
        {
            "library, bare event, 16 clients": lambda: theirs.run(CLIENTS, EACH),
            "whole command, 16 clients": lambda: ours.run(CLIENTS, EACH),
            "whole command, 16 clients, one hot fund": lambda: ours.run(CLIENTS, EACH, hot=True),
        },
        ROUNDS,
    )
    alone = interleaved(
        {
            "library, bare event, 1 client": lambda: theirs.run(1, 4 * EACH),
            "whole command, 1 client": lambda: ours.run(1, 4 * EACH),
        },
        ROUNDS,
    )
    lines = report(title, found, "library, bare event, 16 clients")
    return [*lines[:-1], *report("", alone, "library, bare event, 1 client")[4:]]


def crowds(title: str, members: list[dict[str, Any]], env: dict[str, str]) -> list[str]:
    """Several processes of 16 clients each."""
    ours, theirs = Crowd("ours", CLIENTS, members), Crowd("library", CLIENTS, [env] * len(members))
    names = [
        f"{who}, {len(members)} × 16 clients" for who in ("library, bare event", "whole command")
    ]
    found = interleaved(
        {names[0]: lambda: theirs.run(EACH), names[1]: lambda: ours.run(EACH)}, ROUNDS
    )
    ours.close()
    theirs.close()
    return report(title, found, names[0])


def main() -> None:
    """Measures on both databases and writes the section of docs/performance.md."""
    lines = [__doc__ or "", f"Measured with {machine()}", ""]
    lines += measured("SQLite", sqlite, 1)
    try:
        lines += measured("PostgreSQL", postgresql, 4)
    except servers.NoServer as reason:
        sys.stderr.write(f"PostgreSQL is left out: {reason}\n")
    write_section("commands", lines)


if __name__ == "__main__":
    main()

"""How fast does state come back from the records alone?

Ours: every aggregate and every balance of a grown chronicle; and, like for like, of instalments to
which one small fact comes after another. Beside each: reading and decoding the same records without
any state. Theirs: the library's Application on its own recorder with as many events of such
instalments, by pages of notifications, its mapper and its mutators, in several sizes of page.

Usage: python -m benchmarks.replay [EVENTS]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from benchmarks.grown import grow
from benchmarks.instalments import fill
from benchmarks.measure import Timed, interleaved, machine, median_rate, write_section
from benchmarks.payments_of_theirs import Payments
from infrastructure.database import Database
from infrastructure.replay import replay
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore
from infrastructure.system import System

EVENTS = 100_000
EACH = 12
"""How many events a payment of theirs has; ours have as many on average."""

PAGES = (100, 1_000, 10_000)
ROUNDS = 5
GROWN, ALIKE = "ours, the demonstration's mix", "ours, instalments"


def timed(act: Callable[[], int]) -> Timed:
    """How many events a second something went through."""
    began = time.perf_counter()
    count = act()
    return Timed(count / (time.perf_counter() - began))


def decoded(store: DatabaseStore) -> int:
    """Reads and decodes every record."""
    decode, last = store.chronicle.lines.decode, 0
    for position, line, _ in store.recorder.scan():
        decode(line)
        last = position
    return last


def ours(name: str, store: DatabaseStore) -> dict[str, Callable[[], Timed]]:
    """Our replay, and reading and decoding alone."""
    return {
        f"{name}: to state": lambda: timed(lambda: replay(store).position),
        f"{name}: read and decode only": lambda: timed(lambda: decoded(store)),
    }


def theirs(name: str, env: dict[str, str], events: int) -> dict[str, Callable[[], Timed]]:
    """The library on one of its recorders, once for each size of page."""
    payments = Payments(env)
    payments.fill(events, EACH)

    def way(page: int) -> Callable[[], Timed]:
        return lambda: timed(lambda: payments.replayed(page))

    return {f"library, {name}, pages of {page:,}": way(page) for page in PAGES}


def table(events: int, found: dict[str, list[Timed]]) -> list[str]:
    """The rates, and how many times faster our replays are."""
    rates = {name: median_rate(rounds) for name, rounds in found.items()}
    lines = [
        f"## Replay of {events:,} events",
        "",
        f"| | events a second | {GROWN}: to state | {ALIKE}: to state |",
        "|---|---:|---:|---:|",
    ]
    for name, rate in rates.items():
        mix, alike = (rates[f"{kind}: to state"] / rate for kind in (GROWN, ALIKE))
        lines.append(f"| {name} | {rate:,.0f} | {mix:.2f} × | {alike:.2f} × |")
    return [*lines, ""]


@contextmanager
def opened(url: str) -> Iterator[DatabaseStore]:
    """The chronicle of a database."""
    database = Database(url)
    yield DatabaseStore(database, Settings().zone)
    database.close()


def main() -> None:
    """Fills all stores, then measures them in turn."""
    events = int(sys.argv[1].replace("_", "")) if sys.argv[1:] else EVENTS
    with tempfile.TemporaryDirectory() as folder:
        mix, alike = f"sqlite:///{folder}/grown.db", f"sqlite:///{folder}/alike.db"
        grow(mix, events)
        System(Settings(database_url=alike), migrating=True).close()
        file = {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": f"{folder}/theirs.db",
        }
        with opened(mix) as grown, opened(alike) as instalments:
            fill(instalments, events, EACH)
            contenders = {
                **ours(GROWN, grown),
                **ours(ALIKE, instalments),
                **theirs("SQLite", file, events),
                **theirs("in memory", {}, events),
            }
            lines = table(events, interleaved(contenders, ROUNDS))
    write_section("replay", [*lines, machine(), ""])


if __name__ == "__main__":
    main()

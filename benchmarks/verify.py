"""How long does verify take, beside reading, hashing and decoding the same records?

Each is a process of its own on the same database, in turn. Memory is the most that the process
of verify ever had.

Usage: python -m benchmarks.verify [EVENTS [URL OF A NEW DATABASE]]
"""

from __future__ import annotations

import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.grown import grow
from benchmarks.measure import machine, write_section
from benchmarks.sizes import bytes_of, count_of
from infrastructure.database import Database
from infrastructure.recorder import leaf_hash
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore
from infrastructure.verify import verify

EVENTS = 1_000_000
ROUNDS = 3
WAYS = ("reading", "verify")


class Taken(NamedTuple):
    """What one process took: seconds on the clock, seconds of processor, and memory in MB."""

    seconds: float
    processor: float
    megabytes: float


def reading(store: DatabaseStore) -> None:
    """Reads, hashes and decodes every record."""
    decode = store.chronicle.lines.decode
    for position, line, leaf in store.recorder.scan():
        if leaf_hash(line) != leaf:
            raise ValueError(f"The record at {position} does not hash to its leaf.")
        decode(line)


def verifying(store: DatabaseStore) -> None:
    """Verifies a database that is sound."""
    verdict = verify(store)
    if not verdict.ok:
        raise ValueError(verdict.faults[0].message)


def alone(way: str, url: str) -> Taken:
    """One way in this process."""
    database = Database(url)
    store = DatabaseStore(database, Settings().zone)
    began, busy = time.perf_counter(), time.process_time()
    (verifying if way == "verify" else reading)(store)
    took = time.perf_counter() - began, time.process_time() - busy
    database.close()
    return Taken(*took, most_memory())


def most_memory() -> float:
    """The most megabytes that this process ever held.

    Linux counts what its parent held as its own, except in this file.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+([0-9]+) kB", status.read_text())
        if found is not None:
            return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_a_process(way: str, url: str) -> Taken:
    """One way in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.verify", way, url]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Taken(*map(float, said.split()))


def measured(url: str, rounds: int) -> list[str]:
    """Both ways in turn, as lines of Markdown."""
    found: dict[str, list[Taken]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            found[way].append(in_a_process(way, url))
    seconds = {way: statistics.median(taken.seconds for taken in found[way]) for way in WAYS}
    busy = {way: statistics.median(taken.processor for taken in found[way]) for way in WAYS}
    memory = {way: max(taken.megabytes for taken in found[way]) for way in WAYS}
    kind = url.partition(":")[0].partition("+")[0]
    title = f"## Verify of {count_of(url):,} events, {kind}, {bytes_of(url) / count_of(url):,.0f}"
    lines = [f"{title} bytes an event", "", "| | seconds | of processor | ratio | peak MB |"]
    lines.append("|---|---:|---:|---:|---:|")
    for way, name in zip(WAYS, ("read, hash and decode", "verify"), strict=True):
        ratio = seconds[way] / seconds["reading"]
        lines.append(
            f"| {name} | {seconds[way]:.1f} | {busy[way]:.1f} | {ratio:.2f} | {memory[way]:.0f} |"
        )
    return [*lines, ""]


def main() -> None:
    """Grows a database and measures both ways on it; with a way and an address, that way only."""
    if sys.argv[1:2] and sys.argv[1] in WAYS:
        sys.stdout.write(" ".join(map(str, alone(*sys.argv[1:3]))))
        return
    events = int(sys.argv[1].replace("_", "")) if sys.argv[1:] else EVENTS
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if sys.argv[2:] else f"sqlite:///{folder}/grown.db"
        grow(url, events)
        lines = measured(url, ROUNDS)
        name = f"verify {url.partition(':')[0].partition('+')[0]}"
    write_section(name, [*lines, machine(), ""])


if __name__ == "__main__":
    main()

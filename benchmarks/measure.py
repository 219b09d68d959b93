"""How the benchmarks measure: interleaved rounds of one run, medians, ratios, percentiles."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("eventsourcing", "sqlalchemy", "msgspec", "psycopg", "fastapi", "uvicorn")


@dataclass
class Timed:
    """What one contender did in one round: how many a second, and how long each waited."""

    per_second: float
    waits: list[float] = field(default_factory=list)


Contender = Callable[[], Timed]


def together(clients: int, each: int, act: Callable[[int, int], None]) -> Timed:
    """Lets clients act at the same time, each so often; how many a second they were together.

    What one of them raises ends the measurement.
    """
    waits: list[list[float]] = [[] for _ in range(clients)]
    gate = threading.Barrier(clients + 1)

    def client(number: int) -> None:
        gate.wait()
        for turn in range(each):
            began = time.perf_counter()
            act(number, turn)
            waits[number].append(time.perf_counter() - began)

    with ThreadPoolExecutor(clients) as pool:
        doing = [pool.submit(client, number) for number in range(clients)]
        gate.wait()
        began = time.perf_counter()
        for one in doing:
            one.result()
        took = time.perf_counter() - began
    return Timed(clients * each / took, [wait for own in waits for wait in own])


def interleaved(contenders: dict[str, Contender], rounds: int) -> dict[str, list[Timed]]:
    """Every contender once a round, in turn, so that noise falls on all of them alike."""
    found: dict[str, list[Timed]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name, contender in contenders.items():
            sys.stderr.write(f"\rround {number + 1} of {rounds}: {name:40}")
            sys.stderr.flush()
            found[name].append(contender())
    sys.stderr.write("\r" + " " * 70 + "\r")
    return found


def median_rate(rounds: Sequence[Timed]) -> float:
    """The middle of the rates."""
    return statistics.median(timed.per_second for timed in rounds)


def percentile(rounds: Sequence[Timed], part: float) -> float:
    """The wait in milliseconds that this part of all waits stays under."""
    waits = sorted(wait for timed in rounds for wait in timed.waits)
    return 1_000 * waits[min(len(waits) - 1, int(part * len(waits)))] if waits else 0.0


def report(title: str, found: dict[str, list[Timed]], base: str) -> list[str]:
    """A table of medians, waits, and ratios to the base, as lines of Markdown."""
    lines = [
        f"## {title}",
        "",
        "| | per second | p50 ms | p99 ms | ratio |",
        "|---|---:|---:|---:|---:|",
    ]
    whole = median_rate(found[base])
    for name, rounds in found.items():
        rate = median_rate(rounds)
        lines.append(
            f"| {name} | {rate:,.0f} | {percentile(rounds, 0.5):.1f} | "
            f"{percentile(rounds, 0.99):.1f} | {rate / whole:.2f} |"
        )
    return [*lines, ""]


def machine() -> str:
    """What the figures were taken on."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; "
        f"{packages}."
    )


def write_section(name: str, lines: Sequence[str]) -> None:
    """Puts the lines into docs/performance.md between the marks of this name; prints them."""
    target = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    section = "\n".join([begin, *lines, end])
    text = target.read_text(encoding="utf-8") if target.exists() else "# Performance\n\n"
    if begin in text:
        head, rest = text.split(begin, 1)
        text = head + section + rest.split(end, 1)[1]
    else:
        text = f"{text.rstrip()}\n\n{section}\n"
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")

"""Half a million steps through everything the tables allow: `make walk`."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import monotonic

from application.kinds import KINDS
from tests.application.test_machine import FROM_FILES, STARTS
from tests.walks.story import Story, Told, tell

BY_ITSELF = {"person.signed_in", "person.credentials_changed"}
"""What the system records of itself, and nobody can tell it."""

TURNS = 150
"""How many turns a story has."""


def wanted() -> argparse.Namespace:
    """What the caller asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=500_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def stories(steps: int, seed: int, folder: Path) -> Iterator[Story]:
    """Stories that have that many turns together, from each start in turn."""
    starts = sorted(STARTS)
    for number in range(-(-steps // TURNS)):
        yield Story(starts[number % len(starts)], seed * 1_000_003 + number, TURNS, folder)


def main() -> int:
    """Walks, says how far it is, and prints how often each row of the tables was taken."""
    asked, begun, total = wanted(), monotonic(), Told()
    fresh = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(asked.processes, mp_context=fresh) as pool,
    ):
        for told in pool.map(tell, stories(asked.steps, asked.seed, Path(folder))):
            total += told
            pace = total.turns / (monotonic() - begun)
            sys.stderr.write(f"\r{total.turns:,} of {asked.steps:,} steps, {pace:.0f} a second ")
            sys.stderr.flush()
    sys.stderr.write("\n")
    return report(total)


def report(total: Told) -> int:
    """Prints a line for each row; 1 where one was never taken, or a story broke."""
    never = []
    for noun, kind in KINDS.items():
        for step in kind.lifecycle.steps:
            if step.event not in FROM_FILES | BY_ITSELF:
                count = total.fired[step.event]
                sys.stdout.write(f"{step.row:5} {noun:15} {step.verb:28} {count:8,}\n")
                never += [] if count else [step.row]
    sys.stdout.write(
        f"{total.turns:,} steps in {total.stories:,} stories; {total.taken:,} commands taken, "
        f"{total.refused:,} refused; broken: {len(total.broken)}; "
        f"never taken: {', '.join(never) or 'none'}\n"
    )
    for fault in total.broken[:20]:
        sys.stdout.write(f"{fault}\n")
    return 1 if never or total.broken else 0


if __name__ == "__main__":
    sys.exit(main())

"""Two hundred kills of a server process, half of them on each database: `make chaos`."""

from __future__ import annotations

import sys

from tests.chaos.killing import Outcome, kill

KILLS = 25
"""In one run on one database, which is then thrown away, because each look reads all of it."""

RUNS = 4
CRASHES = {"sqlite": 0, "postgresql": 1}
"""How often in a run the server of the database is killed as well."""


def progress(outcome: Outcome) -> None:
    """Says how far a run is, on one line that is written over."""
    done = f"{outcome.database}: {outcome.kills} of {KILLS} kills"
    sys.stderr.write(f"\r{done}, {outcome.acknowledged} commands acknowledged ")
    sys.stderr.flush()


def main() -> None:
    """Runs on both databases and sums up each in a line; ends at the first fault."""
    for database, crashes in CRASHES.items():
        total = Outcome(database)
        for _ in range(RUNS):
            total += kill(database, KILLS, crashes, progress)
        sys.stderr.write("\r")
        sys.stdout.write(f"{total.line()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""A process of its own that takes part in races, on one shared database after another."""

from __future__ import annotations

import sys
from contextlib import suppress

from tests.exactness.pipes import read, work_at_once, write
from tests.exactness.racing import another_system, sent_at_once


def main() -> None:
    """Opens the databases that it is told of, until it is told nothing more."""
    with suppress(EOFError):
        while True:
            take_part(read(sys.stdin.buffer))


def take_part(url: str) -> None:
    """Sends commands when told to and says what became of them, until there are no more."""
    system = another_system(url)
    write(sys.stdout.buffer, "ready")
    while (commands := work_at_once()) is not None:
        write(sys.stdout.buffer, sent_at_once(commands, [system.desk.post]))
    system.close()
    write(sys.stdout.buffer, "ready")

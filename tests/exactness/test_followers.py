"""Processes that follow: exactly once in the database, at least once in the world."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from random import Random

import sqlalchemy as sa

from infrastructure.database import Database
from tests.exactness import follower as tested
from tests.exactness.followed import database_of, done, position_of, until
from tests.exactness.follower import effects
from tests.infrastructure.closing import record

PROGRAM = Path(tested.__file__)
EVENTS = 2_000
KILLS = 10
TAKEOVER_SECONDS = 5.0


class Processes:
    """Processes that follow, each of which may be killed at any time."""

    def __init__(self, url: str, count: int, file: Path | None = None) -> None:
        self.words = [sys.executable, str(PROGRAM), url, *([str(file)] if file else [])]
        self.running: dict[int, subprocess.Popen[bytes]] = {}
        for _ in range(count):
            self.start()

    def start(self) -> None:
        """Starts one more."""
        root = PROGRAM.parent.parent.parent
        environment = {**os.environ, "PYTHONPATH": str(root)}
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(self.words, cwd=root, env=environment, stderr=quiet)
        self.running[process.pid] = process

    def kill(self, number: int) -> None:
        """Kills one, which has no chance to clean up."""
        process = self.running.pop(number)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        for number in list(self.running):
            self.kill(number)


def last_process(database: Database) -> int:
    """The process that had the last effect, 0 before the first."""
    query = sa.select(effects.c.process).order_by(effects.c.no.desc()).limit(1)
    with database.reading() as connection:
        return int(connection.execute(query).scalar() or 0)


def another_than(process: int, database: Database) -> bool:
    """Whether another process had the last effect."""
    return last_process(database) != process


@contextmanager
def load(database: Database) -> Iterator[list[int]]:
    """Records something again and again meanwhile; at the end it is told how many there are."""
    over, count = threading.Event(), [0]

    def write() -> None:
        while not over.wait(0.05):
            record(database, [None] * 5)
            count[0] += 5

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield count
    finally:
        over.set()
        writer.join()


def test_four_processes_have_each_effect_once_and_in_order(database_url: str) -> None:
    with database_of(database_url) as database, Processes(database_url, 4):
        for _ in range(EVENTS // 20):
            record(database, [None] * 20)

        assert until(lambda: len(done(database)) >= EVENTS)

        assert done(database) == list(range(1, EVENTS + 1))
        assert position_of(database, tested.follower(None)) == EVENTS


def test_a_killed_follower_is_replaced_and_nothing_is_lost_or_doubled(database_url: str) -> None:
    random, waits = Random(3), []
    with database_of(database_url) as database, Processes(database_url, 3) as processes:
        with load(database) as count:
            for _ in range(KILLS):
                assert until(lambda: last_process(database) in processes.running)
                time.sleep(random.uniform(0, 0.3))
                killed = last_process(database)
                processes.kill(killed)
                died = time.monotonic()
                assert until(partial(another_than, killed, database))
                waits.append(time.monotonic() - died)
                processes.start()
        assert until(lambda: len(done(database)) >= count[0])

        assert done(database) == list(range(1, count[0] + 1))
        assert max(waits) < TAKEOVER_SECONDS, waits


def test_an_effect_in_the_world_comes_after_the_commit_and_is_not_lost(
    database_url: str, tmp_path: Path
) -> None:
    file, random = tmp_path / "world", Random(5)
    file.touch()
    with database_of(database_url) as database, Processes(database_url, 3, file) as processes:
        record(database, [None] * 10)
        assert until(lambda: seen(file) == list(range(1, 11)))
        for last in (10, 20, 30):
            with suppress(Undone), database.writing():
                record(database, [None] * 3)
                time.sleep(0.3)
                assert max(seen(file)) <= last, "An uncommitted record was acted upon."
                raise Undone
            record(database, [None] * 10)
            time.sleep(random.uniform(0, 0.05))
            processes.kill(random.choice(list(processes.running)))
            processes.start()
            assert until(partial(is_seen, file, last + 10))

        assert list(dict.fromkeys(seen(file))) == list(range(1, 41))


class Undone(Exception):
    """The transaction is not to be committed."""


def is_seen(file: Path, position: int) -> bool:
    """Whether the position was written down."""
    return position in seen(file)


def seen(file: Path) -> list[int]:
    """The positions that were written down, in that order."""
    return [int(line.split()[0]) for line in file.read_bytes().splitlines(keepends=True)
            if line.endswith(b"\n")]  # fmt: skip

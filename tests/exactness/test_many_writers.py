"""Several processes write at once: nothing is lost, doubled or out of order for a follower."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from eventsourcing.persistence import IntegrityError, Tracking

from infrastructure.database import Database
from infrastructure.moments import STAMP
from infrastructure.recorder import ChronicleRecorder
from infrastructure.settings import Settings
from infrastructure.system import System

WRITER = Path(__file__).with_name("writer.py")
PROCESSES = 8
EVENTS = 20_000
RACED = 300
"""How many positions four trackers race for."""


def start(url: str, who: str, count: int, *flags: str) -> subprocess.Popen[bytes]:
    """A writing process; its standard output tells which positions it was given."""
    words = [sys.executable, str(WRITER), url, who, str(count), *flags]
    root = WRITER.parent.parent.parent
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root)


def positions_of(process: subprocess.Popen[bytes]) -> list[int]:
    """What the process was answered, once it has ended well."""
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err.decode()[-2_000:]
    return msgspec.json.decode(out, type=list[int])


@contextmanager
def recorder_of(url: str) -> Iterator[ChronicleRecorder]:
    """A recorder whose connections are given back at the end."""
    database = Database(url)
    try:
        yield ChronicleRecorder(database)
    finally:
        database.close()


class Reader:
    """Follows the chronicle from its beginning while others write."""

    def __init__(self, url: str) -> None:
        self.recorder = ChronicleRecorder(Database(url))
        self.seen: list[int] = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.follow)
        self.thread.start()

    def follow(self) -> None:
        while True:
            ending = self.over.is_set()
            last = self.seen[-1] if self.seen else 0
            page = self.recorder.select_notifications(last + 1, 500)
            self.seen += [notification.id for notification in page]
            if ending and not page:
                return

    def end(self) -> list[int]:
        self.over.set()
        self.thread.join()
        self.recorder.database.close()
        return self.seen


@pytest.mark.timeout(300)
def test_a_follower_sees_every_event_of_eight_writing_processes_once_and_in_order(
    database_url: str,
) -> None:
    System(Settings(database_url=database_url), migrating=True).close()
    reader = Reader(database_url)
    writers = [start(database_url, f"w{n}", EVENTS // PROCESSES) for n in range(PROCESSES)]
    acknowledged = sorted(position for w in writers for position in positions_of(w))
    seen = reader.end()
    assert seen == list(range(1, EVENTS + 1))
    assert acknowledged == seen
    with recorder_of(database_url) as recorder:
        stamps = [STAMP.decode(line).recorded_at for _, line, _ in recorder.scan()]
    assert stamps == sorted(stamps)


@pytest.mark.parametrize("database", ["fresh", "existing"])
def test_eight_processes_that_start_at_once_are_all_up(database: str, database_url: str) -> None:
    if database == "existing":
        System(Settings(database_url=database_url), migrating=True).close()
    processes = [start(database_url, f"s{n}", 1, "--migrate") for n in range(PROCESSES)]
    given = sorted(position for process in processes for position in positions_of(process))
    assert given == list(range(1, PROCESSES + 1))


def test_each_position_is_accepted_once_from_four_racing_trackers(database_url: str) -> None:
    System(Settings(database_url=database_url), migrating=True).close()
    with recorder_of(database_url) as recorder, ThreadPoolExecutor(4) as pool:
        races = [pool.submit(race, recorder) for _ in range(4)]
        accepted = [position for given in races for position in given.result()]
        assert recorder.max_tracking_id("follower") == RACED
    assert len(accepted) == len(set(accepted))


def race(recorder: ChronicleRecorder) -> list[int]:
    """The positions that this tracker was the first to note."""
    accepted = []
    for position in range(1, RACED + 1):
        try:
            recorder.insert_tracking(Tracking("follower", position))
            accepted.append(position)
        except IntegrityError:
            continue
    return accepted


def test_one_key_sent_at_once_from_four_processes_makes_one_event(database_url: str) -> None:
    System(Settings(database_url=database_url), migrating=True).close()
    processes = [start(database_url, "same", 8) for _ in range(4)]
    answers = [positions_of(process) for process in processes]
    assert answers == [answers[0]] * 4
    with recorder_of(database_url) as recorder:
        assert recorder.max_notification_id() == 8

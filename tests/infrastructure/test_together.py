"""Threads that append at the same time: one commit for all, and to each its own answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from infrastructure.database import Database, Unreachable
from infrastructure.recorder import ChronicleRecorder, events, rows_behind
from infrastructure.rows import Row, insert
from infrastructure.schema import migrate
from infrastructure.together import MOST_BYTES, Together

Answers = list[Future[list[int]]]


def rows(stream: str, versions: Sequence[int] = (1,), record: bytes = b"{}") -> list[Row]:
    """Records of one stream, placed from 1 on."""
    return rows_behind(
        0, [StoredEvent(f"case:{stream}", version, "case.happened", record) for version in versions]
    )


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database."""
    database = Database(database_url)
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def together(database: Database) -> Together:
    """The way in that all threads share."""
    return Together(database)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Nine threads."""
    with ThreadPoolExecutor(9) as pool:
        yield pool


def sent_at_once(
    together: Together, pool: ThreadPoolExecutor, batches: Sequence[list[Row]]
) -> Answers:
    """The answers to batches that all waited while a first record could not be written."""
    with together.database.writer:
        first = pool.submit(together.append, rows("first"))
        wait_until(lambda: together.is_led)
        answers = [pool.submit(together.append, batch) for batch in batches]
        wait_until(lambda: len(together.waiting) == len(batches))
    assert first.result(30) == [1]
    return answers


def wait_until(came: Callable[[], bool]) -> None:
    """Waits for what another thread is about to do."""
    last = time.monotonic() + 30
    while not came():
        assert time.monotonic() < last, "It did not come about."
        time.sleep(0.001)


def kept(database: Database) -> list[str]:
    """The streams of the records in their order; positions without a gap."""
    found = ChronicleRecorder(database).select_notifications(1, 1_000)
    assert [notification.id for notification in found] == list(range(1, len(found) + 1))
    return [str(notification.originator_id) for notification in found]


def test_every_thread_finds_its_records_at_the_positions_it_was_told(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    """Given 9 threads of two programs, each appends 20 times one, two or three records."""
    other = Database(database.url)
    programs = (Together(database), Together(other))

    def append(number: int) -> list[tuple[int, str]]:
        batches = [(f"{number}-{turn}", range(1, 2 + turn % 3)) for turn in range(20)]
        return [
            (position, f"case:{stream}")
            for stream, versions in batches
            for position in programs[number % 2].append(rows(stream, versions))
        ]

    told = sorted(pair for pairs in pool.map(append, range(9)) for pair in pairs)

    assert told == list(enumerate(kept(database), start=1))
    other.close()


def test_an_append_waits_for_the_writer_of_another_program_and_comes_behind_it(
    together: Together, pool: ThreadPoolExecutor
) -> None:
    other = Database(together.database.url)
    with other.writing() as connection:
        answer = pool.submit(together.append, rows("behind"))
        with pytest.raises(TimeoutError):
            answer.result(0.3)
        insert(connection, events, rows("before"))
    other.close()

    assert answer.result(30) == [2]
    assert kept(together.database) == ["case:before", "case:behind"]


def test_all_who_wait_are_served_with_the_next_commit(
    together: Together, pool: ThreadPoolExecutor
) -> None:
    answers = sent_at_once(together, pool, [rows(str(number)) for number in range(8)])

    assert sorted(answer.result(30)[0] for answer in answers) == list(range(2, 10))
    assert together.served == 8


@pytest.mark.parametrize(
    ("bad", "failure"),
    [
        (rows("first"), IntegrityError),
        (rows("new", [1, 1]), IntegrityError),
        (rows("new", [2**70]), Exception),
    ],
    ids=["is there already", "is sent twice", "cannot be kept"],
)
def test_what_is_refused_is_refused_to_its_sender_alone(
    together: Together, pool: ThreadPoolExecutor, bad: list[Row], failure: type[Exception]
) -> None:
    """Given good batches before and behind a bad one, all in one commit."""
    good = [rows("before", [1, 2]), rows("behind")]

    before, refused, behind = sent_at_once(together, pool, [good[0], bad, good[1]])

    assert isinstance(refused.exception(30), failure)
    assert (before.result(30), behind.result(30)) == ([2, 3], [4])
    assert kept(together.database) == ["case:first", "case:before", "case:before", "case:behind"]


@pytest.mark.parametrize("count", [1, 3])
def test_more_than_goes_in_one_breath_is_kept_as_well(together: Together, count: int) -> None:
    record = b"x" * MOST_BYTES
    together.append(rows("before"))

    positions = together.append(rows("long", range(1, count + 1), record + b"y"))

    assert positions == list(range(2, count + 2))
    found = ChronicleRecorder(together.database).select_events("case:long")
    assert [stored.state for stored in found] == [record + b"y"] * count


def test_a_connection_that_the_server_has_ended_costs_nobody_an_answer(
    postgresql_url: str,
) -> None:
    database = Database(postgresql_url)
    migrate(database)
    together = Together(database)
    together.append(rows("before"))
    assert database.held is not None
    driver: Any = database.held.connection.driver_connection
    with database.reading() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({driver.info.backend_pid}, 5000)")

    assert together.append(rows("after")) == [2]
    database.close()


def test_where_no_server_answers_everybody_hears_it(
    tmp_path: Path, pool: ThreadPoolExecutor
) -> None:
    """Nobody waits forever for the one who writes, and nobody is told of positions."""
    database = Database(f"postgresql://fundtrail@/nowhere?host={tmp_path}")
    together = Together(database)

    answers = [pool.submit(together.append, rows(str(number))) for number in range(9)]

    assert {type(answer.exception(30)) for answer in answers} == {Unreachable}
    assert not together.is_led
    assert not together.waiting

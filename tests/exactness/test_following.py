"""A follower in one process: it stays before what fails, and of each name one leads."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

import pytest
import sqlalchemy as sa

from infrastructure.database import Database
from infrastructure.followers.following import Following
from infrastructure.followers.kinds import CHANNEL, Effect, InDatabase, InTheWorld, Overtaken, move
from infrastructure.followers.leading import leading
from tests.exactness import follower as tested
from tests.exactness.followed import database_of, done, position_of, until
from tests.infrastructure.closing import record


@contextmanager
def working(following: Following) -> Iterator[None]:
    """Lets it work meanwhile."""
    thread = threading.Thread(target=following.run)
    thread.start()
    try:
        yield
    finally:
        following.stop()
        thread.join()


class Poison(Exception):
    """A record that cannot be taken."""


def test_a_step_that_fails_names_the_record_and_stays_before_it(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    poisoned = {37}

    def work_out(connection: sa.Connection, after: int, upto: int) -> Effect:
        if poisoned & set(range(after + 1, upto + 1)):
            raise Poison
        return tested.work_out(connection, after, upto)

    follower = InDatabase("test", work_out, page=20)
    with database_of(database_url) as database, working(Following(database, follower, poll=0.05)):
        record(database, [None] * 60)
        assert until(lambda: "test failed at position 37 " in caplog.text)
        assert (done(database), position_of(database, follower)) == (list(range(1, 37)), 36)

        poisoned.clear()

        assert until(lambda: position_of(database, follower) == 60)
        assert done(database) == list(range(1, 61))


def test_a_touch_that_fails_leaves_the_position_before_it(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    touched: list[int] = []

    def touch(position: int, line: bytes) -> bool:
        if position == 4:
            raise Poison
        touched.append(position)
        return True

    follower = InTheWorld("test", touch)
    with database_of(database_url) as database, working(Following(database, follower, poll=0.05)):
        record(database, [None] * 6)
        assert until(lambda: caplog.text.count("test failed at position 4 ") > 1)

        assert (touched, position_of(database, follower)) == ([1, 2, 3], 3)


def test_an_effect_that_fails_is_undone_with_its_position(database_url: str) -> None:
    def work_out(connection: sa.Connection, after: int, upto: int) -> Effect:
        had = tested.work_out(connection, after, upto)

        def effect(connection: sa.Connection) -> None:
            had(connection)
            raise Poison

        return effect

    follower = InDatabase("test", work_out)
    with database_of(database_url) as database:
        record(database, [None] * 3)
        with pytest.raises(Poison):
            Following(database, follower).catch_up()

        assert (done(database), position_of(database, follower)) == ([], 0)


def test_whoever_was_overtaken_has_had_no_effect(database_url: str) -> None:
    def work_out(connection: sa.Connection, after: int, upto: int) -> Effect:
        with a_transaction(database) as another:
            move(another, follower, after, upto)
        return tested.work_out(connection, after, upto)

    follower = InDatabase("test", work_out)
    with database_of(database_url) as database:
        record(database, [None] * 3)
        with pytest.raises(Overtaken):
            Following(database, follower).catch_up()

        assert (done(database), position_of(database, follower)) == ([], 3)


def test_one_of_each_name_leads(database_url: str) -> None:
    awake = threading.Event()
    with database_of(database_url) as database:

        def leads(name: str) -> bool:
            with leading(database, name, awake, lambda: False) as lead:
                return lead is not None

        with leading(database, "one", awake, lambda: False):
            assert (leads("one"), leads("another")) == (False, True)
        assert leads("one")


def a_transaction(database: Database) -> AbstractContextManager[sa.Connection]:
    """A transaction that nothing but the database itself keeps apart from others."""
    return database.writing() if database.is_sqlite else database.engine.begin()


def test_of_those_who_move_from_one_position_one_succeeds(database_url: str) -> None:
    follower = tested.follower(None)
    with database_of(database_url):
        accepted = []

        def race() -> None:
            own = Database(database_url)
            for position in range(100):
                with suppress(Overtaken), a_transaction(own) as connection:
                    move(connection, follower, position, position + 1)
                    accepted.append(position)
            own.close()

        racers = [threading.Thread(target=race) for _ in range(4)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()

        assert sorted(accepted) == list(range(100))


def test_a_writer_that_tells_is_heard_before_the_next_poll(database_url: str) -> None:
    following: Following
    with database_of(database_url) as database:
        following = Following(database, tested.follower(None), poll=30.0)
        with working(following):
            time.sleep(1.0)
            with database.writing() as connection:
                record(database, [None])
                if not database.is_sqlite:
                    connection.exec_driver_sql(f"NOTIFY {CHANNEL}")
            if database.is_sqlite:
                following.wake()

            assert until(lambda: done(database) == [1], 5.0)

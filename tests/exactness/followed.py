"""What tests of followers share: the database, waiting, and what was done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from infrastructure.database import Database
from infrastructure.followers.kinds import Follower, held
from tests.exactness.follower import effects
from tests.infrastructure.closing import opened

PATIENCE_SECONDS = 60.0


@contextmanager
def database_of(url: str) -> Iterator[Database]:
    """A database with the chronicle's tables and that of the effects."""
    database = opened(url)
    with database.writing() as connection:
        effects.create(connection)
    try:
        yield database
    finally:
        database.close()


def until(true: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether it came true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def done(database: Database) -> list[int]:
    """The positions whose effect there is, in the order in which it was had."""
    with database.reading() as connection:
        return list(
            connection.execute(sa.select(effects.c.position).order_by(effects.c.no)).scalars()
        )


def position_of(database: Database, follower: Follower) -> int:
    """How far the follower has come."""
    with database.reading() as connection:
        return held(connection, follower)

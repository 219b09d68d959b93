"""The followers that the product has, all at work in one process, and how far each has come."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from infrastructure.closings import CLOSINGS
from infrastructure.database import Database
from infrastructure.departures import DEPARTURES
from infrastructure.followers.following import Following
from infrastructure.followers.kinds import Follower, held
from infrastructure.recorder import last_position

FOLLOWERS: dict[str, Follower] = {follower.name: follower for follower in (CLOSINGS, DEPARTURES)}
"""Every follower, by name; each name is also that of its position and of its lead."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a follower has come, and how many records lie behind that."""

    name: str
    position: int
    lag: int


def standings(connection: sa.Connection) -> list[Standing]:
    """How far every follower has come."""
    last = last_position(connection)
    positions = {name: held(connection, follower) for name, follower in FOLLOWERS.items()}
    return [Standing(name, held, last - held) for name, held in positions.items()]


@contextmanager
def at_work(
    database: Database, followers: Iterable[Follower] = tuple(FOLLOWERS.values())
) -> Iterator[list[Following]]:
    """Lets followers work beside whatever is done meanwhile, each in a thread of its own."""
    here = [Following(database, follower) for follower in followers]
    # An interpreter that ends does not wait for them; what they were at is rolled back.
    threads = [threading.Thread(target=one.run, daemon=True) for one in here]
    for thread in threads:
        thread.start()
    try:
        yield here
    finally:
        for one in here:
            one.stop()
        for thread in threads:
            thread.join()

"""The two kinds of follower: what is done in the database, and what is done in the world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from infrastructure.recorder import tracking

Effect = Callable[[sa.Connection], None]
"""Writes what was worked out, in the transaction that moves the follower on."""

CHANNEL = "fundtrail_events"
"""PostgreSQL's channel on which a writer may tell, with its commit, that there are new records."""


@dataclass(frozen=True, slots=True)
class InDatabase:
    """A follower with an effect in the database: exactly once, with its position.

    `work_out` is given the positions behind one and up to another; it reads without holding the
    writers' lock and returns what is to be written. One that is `whole` goes on by whole pages
    only. `marks` is the table of its position: another than that of all followers, where what it
    fills can be thrown away, because then its position has to go with it.
    """

    name: str
    work_out: Callable[[sa.Connection, int, int], Effect]
    page: int = 500
    whole: bool = False
    marks: sa.Table = tracking

    def reach(self, after: int, head: int, page: int) -> int:
        """How far the next step goes."""
        if self.whole:
            return after + self.page if head - after >= self.page else after
        return min(after + page, head)


@dataclass(frozen=True, slots=True)
class InTheWorld:
    """A follower with an effect outside: at least once, and never before the commit.

    `touch` is given a position and its record, while nobody waits for it; it returns whether it
    did anything. The position moves afterwards, so what it did is done again after a crash in
    between: whatever it touches has to know the position and pass over what it has seen.
    """

    name: str
    touch: Callable[[int, bytes], bool]
    page: int = 500
    marks: sa.Table = tracking


Follower = InDatabase | InTheWorld


class Overtaken(Exception):
    """Somebody else has moved the follower meanwhile; what was worked out is void."""


def held(connection: sa.Connection, follower: Follower) -> int:
    """The position up to which the follower has done its work."""
    marks = follower.marks
    query = sa.select(marks.c.position).where(marks.c.follower == follower.name)
    return int(connection.execute(query).scalar() or 0)


def move(connection: sa.Connection, follower: Follower, after: int, upto: int) -> None:
    """Moves the follower from one position to another; `Overtaken` where it does not stand there.

    The condition is part of the change, so two who try at once cannot both have their way.
    """
    marks = follower.marks
    ours = marks.c.follower == follower.name
    if connection.execute(sa.select(marks.c.position).where(ours)).scalar() is None:
        first = marks.insert().values(follower=follower.name, position=0)
        if connection.dialect.name == "sqlite":
            connection.execute(first.prefix_with("OR IGNORE"))
        else:
            connection.exec_driver_sql(
                f"INSERT INTO {marks.name} (follower, position) VALUES (%s, 0) "
                "ON CONFLICT DO NOTHING",
                (follower.name,),
            )
    change = marks.update().where(ours, marks.c.position == after).values(position=upto)
    if connection.execute(change).rowcount != 1:
        raise Overtaken(f"{follower.name} no longer stands at {after}.")

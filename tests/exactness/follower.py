"""A process that follows: with an effect in a table, or with one in a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from infrastructure.database import POSITION, Database
from infrastructure.followers.following import Following
from infrastructure.followers.kinds import Effect, Follower, InDatabase, InTheWorld
from infrastructure.recorder import events

effects = sa.Table(
    "effects",
    sa.MetaData(),
    sa.Column("no", POSITION, primary_key=True),
    sa.Column("position", POSITION, nullable=False),
    sa.Column("process", sa.Integer, nullable=False),
)
"""What was done, in the order in which it was done; nothing keeps it from being done twice."""


def work_out(connection: sa.Connection, after: int, upto: int) -> Effect:
    """One row for each record."""
    query = sa.select(events.c.position).where(events.c.position.between(after + 1, upto))
    positions = list(connection.execute(query.order_by(events.c.position)).scalars())

    def effect(connection: sa.Connection) -> None:
        for position in positions:
            connection.execute(effects.insert().values(position=position, process=os.getpid()))

    return effect


def write_down(file: Path, position: int, line: bytes) -> bool:
    """One line of the file for each record."""
    with file.open("ab") as written:
        written.write(b"%d %s\n" % (position, line))
    return True


def follower(file: Path | None) -> Follower:
    """The follower of the tests: in the world where it has a file."""
    if file is None:
        return InDatabase("test", work_out, page=7)
    touch: Callable[[int, bytes], bool] = partial(write_down, file)
    return InTheWorld("test", touch, page=7)


def main(url: str, file: str = "") -> None:
    """Follows until it is killed."""
    Following(Database(url), follower(Path(file) if file else None), poll=0.05).run()


if __name__ == "__main__":
    main(*sys.argv[1:])

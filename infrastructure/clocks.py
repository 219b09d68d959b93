"""Clocks: the system's, and a simulated one that is kept in the database and moved by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from domain.errors import refuse
from infrastructure.database import Database, metadata

simulated = sa.Table(
    "simulated_clock",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("now", sa.Text, nullable=False),
)


class SystemClock:
    """The time of the machine."""

    simulated = False

    def now(self) -> datetime:
        """This instant in UTC."""
        return datetime.now(UTC)


FARTHEST = timedelta(days=400)
"""How far the time is moved at once: every day on the way is closed in every fund."""


class SimulatedClock:
    """A time that stands still until it is moved, for tests and demonstrations."""

    simulated = True

    def __init__(self, database: Database, start: datetime) -> None:
        self.database = database
        with database.writing() as connection:
            kept = connection.execute(sa.select(simulated.c.now)).scalar()
            if kept is None:
                connection.execute(simulated.insert().values(id=1, now=start.isoformat()))
        self.at = datetime.fromisoformat(kept) if kept else start

    def now(self) -> datetime:
        """The simulated instant in UTC."""
        return self.at

    def advance(self, to: datetime) -> None:
        """Moves the time forward; refused backwards, and over more than a year at once."""
        if to < self.at:
            raise refuse(
                "clock.back",
                "The simulated clock stands at {now} and never goes back.",
                field="/to",
                now=self.at.isoformat(),
            )
        if to - self.at > FARTHEST:
            raise refuse(
                "clock.far",
                "The simulated clock moves by {most} days at once, so that what falls due on the "
                "way can be done.",
                field="/to",
                most=FARTHEST.days,
            )
        moved = to.astimezone(UTC)
        with self.database.writing() as connection:
            connection.execute(simulated.update().values(now=moved.isoformat()))
        self.at = moved

"""Following: a follower's life in one process, standing by, leading, working page by page."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import sqlalchemy as sa

from infrastructure.database import Database, Unreachable
from infrastructure.followers.kinds import Follower, InDatabase, InTheWorld, Overtaken, held, move
from infrastructure.followers.leading import Lead, leading
from infrastructure.recorder import events, last_position

LOG = logging.getLogger("fundtrail.followers")

POLL = 1.0
"""How long a leader waits, in seconds, where nobody tells it of new records."""

STANDBY = 0.5
"""How often the others try, in seconds, whether the lead is free."""

LONGEST_BACK_OFF = 60.0
"""How long a follower that fails again and again waits at most, in seconds."""


class Following:
    """One follower in this process: at work here, or ready to take over from another process."""

    def __init__(self, database: Database, follower: Follower, *, poll: float = POLL) -> None:
        self.database = database
        self.follower = follower
        self.poll = poll
        self.over = threading.Event()
        self.awake = threading.Event()
        self.range = (0, 0)
        self.failures = 0
        self.failed_upto = 0

    def wake(self) -> None:
        """Tells that there are new records, so that they are not only found by the next poll."""
        self.awake.set()

    def stop(self) -> None:
        """Lets the follower end after the step it is at."""
        self.over.set()
        self.awake.set()

    def run(self) -> None:
        """Stands by and leads until it is stopped; a failure is logged, and tried again later."""
        while not self.over.is_set():
            try:
                with leading(self.database, self.follower.name, self.awake, self.stands_by) as lead:
                    if lead is not None:
                        self.lead(lead)
            except Overtaken as overtaken:
                LOG.warning("%s", overtaken)
            except Unreachable as error:
                LOG.error("The follower %s has no database: %s", self.follower.name, error)
                self.over.wait(STANDBY)
            except Exception:
                self.fail()

    def stands_by(self) -> bool:
        """Waits a little; whether to ask for the lead again."""
        return not self.over.wait(STANDBY)

    def lead(self, lead: Lead) -> None:
        """Works until it is stopped."""
        LOG.info("The follower %s leads in this process.", self.follower.name)
        while not self.over.is_set():
            if not self.step(lead):
                lead.wait(self.poll)

    def catch_up(self) -> int:
        """Works until nothing is left to do, if the lead is free; the position it came to."""
        with leading(self.database, self.follower.name, self.awake, lambda: False) as lead:
            while lead is not None and self.step(lead):
                pass
        with self.database.reading() as connection:
            return held(connection, self.follower)

    def step(self, lead: Lead) -> bool:
        """Takes the next page; False where there is none."""
        if isinstance(self.follower, InDatabase):
            moved = self.write(lead, self.follower)
        else:
            moved = self.touch(lead, self.follower)
        if self.range[1] >= self.failed_upto:
            self.failures = 0
        return moved

    @property
    def page(self) -> int:
        """How many records a step takes: one by one where a page failed, to find which it is."""
        return 1 if self.failures else self.follower.page

    def write(self, lead: Lead, follower: InDatabase) -> bool:
        """An effect in the database, and the position, in one transaction."""
        with lead.reading() as connection:
            after = held(connection, follower)
            upto = follower.reach(after, last_position(connection), self.page)
            self.range = (after, upto)
            if upto <= after:
                return False
            effect = follower.work_out(connection, after, upto)
        with lead.writing() as connection:
            move(connection, follower, after, upto)
            effect(connection)
        return True

    def touch(self, lead: Lead, follower: InTheWorld) -> bool:
        """Effects outside, one by one, while no transaction is open; each moves the position."""
        with lead.reading() as connection:
            stored = held(connection, follower)
            lines = list(page_of(connection, stored, self.page))
        for position, line in lines:
            self.range = (position - 1, position)
            if follower.touch(position, line) or position == lines[-1][0]:
                with lead.writing() as connection:
                    move(connection, follower, stored, position)
                stored = position
        return bool(lines)

    def fail(self) -> None:
        """Says loudly what failed, and where; waits longer each time."""
        after, upto = self.range
        where = f"position {upto}" if upto - after == 1 else f"positions {after + 1} to {upto}"
        LOG.exception("The follower %s failed at %s and stays there.", self.follower.name, where)
        self.failures += 1
        self.failed_upto = max(self.failed_upto, upto)
        self.over.wait(min(2.0 ** (self.failures - 2), LONGEST_BACK_OFF))


def page_of(connection: sa.Connection, after: int, count: int) -> Iterator[tuple[int, bytes]]:
    """The next records behind a position."""
    query = sa.select(events.c.position, events.c.record).where(events.c.position > after)
    for position, line in connection.execute(query.order_by(events.c.position).limit(count)):
        yield position, bytes(line)

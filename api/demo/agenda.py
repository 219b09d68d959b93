"""The agenda: several stories told side by side, each step at its own moment of simulated time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from api.demo.days import at
from infrastructure.system import System

Story = Iterator[datetime]
"""A story does one step after another, and yields the moment at which it wants to go on."""

Progress = Callable[[datetime], None]


class Agenda:
    """Goes from one moment to the next, and lets whoever waited for it go on."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.waiting: list[tuple[datetime, int, Story]] = []
        self.begun = 0

    def add(self, story: Story) -> None:
        """Lets a story wait for its first moment."""
        self.begun += 1
        self.wait(self.begun, story)

    def wait(self, number: int, story: Story) -> None:
        """Runs a story up to its next moment; it is over where it has none."""
        moment = next(story, None)
        if moment is not None:
            heapq.heappush(self.waiting, (moment, number, story))

    def run(self, until: datetime, progress: Progress) -> None:
        """Tells the stories up to a moment; what would come later is left to whoever comes."""
        while self.waiting and self.waiting[0][0] <= until:
            moment, number, story = heapq.heappop(self.waiting)
            if moment > self.system.clock.now():
                self.system.advance(moment)
                progress(moment)
            self.wait(number, story)
        self.system.advance(max(until, self.system.clock.now()))
        progress(until)


def midnights(first: date, last: date) -> Story:
    """Lets the clock strike right after every midnight, so that each day is closed when it ends."""
    for number in range(1, (last - first).days + 1):
        yield at(first + timedelta(days=number), 0, 5)


def idle_years(first: date, last: date) -> Story:
    """Goes over years in which nothing happened, in strides that the clock allows."""
    day = first
    while (day := day + timedelta(days=365)) < last:
        yield at(day, 0, 5)

"""The library's side of the benchmarks: one event of an aggregate, saved by its Application."""

from __future__ import annotations

from typing import Any

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.measure import Timed, together


class Thing(Aggregate):
    """The smallest aggregate that the library can save."""

    @event("Begun")
    def __init__(self) -> None:
        self.changes = 0

    @event("Changed")
    def change(self, text: str) -> None:
        """One event."""
        self.changes += 1


class Theirs:
    """The library's Application on its own recorder; every client has a thing of its own."""

    def __init__(self, env: dict[str, str], clients: int) -> None:
        self.application: Application[Any] = Application(env)
        self.things = [Thing() for _ in range(clients)]
        for thing in self.things:
            self.application.save(thing)

    def run(self, clients: int, each: int) -> Timed:
        """Each client changes its thing, event by event."""

        def act(number: int, turn: int) -> None:
            thing = self.things[number]
            thing.change(f"change {turn}")
            self.application.save(thing)

        return together(clients, each, act)

    def close(self) -> None:
        """Gives the database back."""
        self.application.close()

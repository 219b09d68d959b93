"""The docket: what lies on the desk while one command is decided."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date, datetime
from typing import Any, TypeVar, cast

from application.kinds import KINDS
from application.ports import BookLine, Calendars, Entropy, Shelf
from domain.calendar import Calendar
from domain.errors import NotFound, Reason, Word
from domain.kernel import Aggregate, Mandate

A = TypeVar("A", bound=Aggregate)


class Docket:
    """Working copies of the aggregates that a command concerns; thrown away when it is refused."""

    def __init__(
        self,
        shelf: Shelf,
        *,
        now: datetime,
        entropy: Entropy,
        calendars: Calendars,
        perform: Callable[..., Aggregate],
    ) -> None:
        self.shelf = shelf
        self.now = now
        self.entropy = entropy
        self.calendars = calendars
        self.perform = perform
        self.copies: dict[str, Aggregate] = {}

    def another(self) -> Docket:
        """A docket with nothing on it yet, for a trial that is thrown away."""
        return Docket(
            self.shelf,
            now=self.now,
            entropy=self.entropy,
            calendars=self.calendars,
            perform=self.perform,
        )

    def load(self, kind: type[A], id: str, *, field: str | None = None) -> A:
        """The thing of that kind and id; refused as not found where there is none."""
        stream = f"{kind.noun}:{id}"
        if stream not in self.copies:
            self.take_out((stream,))
        if stream not in self.copies:
            raise self.missing(kind.noun, id, field)
        return cast(A, self.copies[stream])

    def missing(self, noun: str, id: str, field: str | None = None) -> NotFound:
        """The answer for a thing that is not there, or of which the sender may not know."""
        values = {"noun": Word("noun", noun), "id": id[:100]}
        return NotFound(Reason("found", "There is no {noun} “{id}”.", values, field))

    def stream(self, stream: str) -> Aggregate:
        """The thing whose records are kept under that name."""
        noun, _, id = stream.partition(":")
        return self.load(KINDS[noun], id)

    def find(self, kind: type[A], **where: str | tuple[str, ...]) -> tuple[A, ...]:
        """The things of that kind whose columns have these values, oldest first."""
        streams = [f"{kind.noun}:{id}" for id in self.shelf.ids(kind.noun, where)]
        self.take_out(streams)
        return tuple(cast(A, self.copies[stream]) for stream in streams)

    def count(self, kind: type[Aggregate], **where: str | tuple[str, ...]) -> int:
        """How many things of that kind have these values in their columns."""
        return self.shelf.count(kind.noun, where)

    def take_out(self, streams: Any) -> None:
        """Puts copies of what is asked for on the docket, with one question for all."""
        missing = [stream for stream in streams if stream not in self.copies]
        if missing:
            for stream, aggregate in self.shelf.fetch(missing).items():
                self.copies[stream] = copy(aggregate)

    def add(self, aggregate: A) -> A:
        """Puts a new thing on the docket."""
        self.copies[aggregate.stream] = aggregate
        return aggregate

    def new_id(self) -> str:
        """An identity for a new thing."""
        return self.entropy.new_id(self.now)

    def new_seed(self) -> str:
        """128 random bits for a draw: nobody knows them before, and no trial gives them twice."""
        return self.entropy.salt()

    def calendar(self, version: str) -> Calendar:
        """The working-day calendar of that version."""
        return self.calendars(version)

    def book(self, fund: str, day: date | None = None) -> list[BookLine]:
        """The balances of a fund by account and dimensions, at the end of a day or now."""
        return self.shelf.book(fund, day)

    def touched(self, by: Mandate) -> tuple[Aggregate, ...]:
        """The aggregates that recorded something, in the order in which they first did."""
        streams = dict.fromkeys(record.originator_id for record in by.records)
        return tuple(self.copies[stream] for stream in streams)

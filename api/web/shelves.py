"""A shelf that remembers what it was asked, so that one page asks the database once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from application.actions import BLANKS
from application.decide import Times, perform
from application.docket import Docket
from application.ports import BookLine, Shelf, Where
from application.principals import Held
from application.questions import House
from domain.kernel import Aggregate


class RememberingShelf:
    """Answers like the shelf behind it, and asks it the same thing only once.

    Nothing has the id that stands for one which nobody has typed yet; it is not asked for.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.found: dict[str, Aggregate | None] = {}
        self.answers: dict[tuple[str, str, str], object] = {}

    def fetch(self, streams: Iterable[str]) -> dict[str, Aggregate]:
        """The aggregates of the streams that exist."""
        wanted = list(streams)
        missing = [
            stream
            for stream in wanted
            if stream not in self.found and not stream.endswith(f":{BLANKS[str]}")
        ]
        if missing:
            found = self.shelf.fetch(missing)
            self.found.update({stream: found.get(stream) for stream in missing})
        known = {stream: self.found.get(stream) for stream in wanted}
        return {stream: thing for stream, thing in known.items() if thing is not None}

    def ids(self, noun: str, where: Where) -> list[str]:
        """The ids of the things that a question finds."""
        key = ("ids", noun, repr(sorted(where.items())))
        if key not in self.answers:
            self.answers[key] = self.shelf.ids(noun, where)
        answer = self.answers[key]
        assert isinstance(answer, list)
        return answer

    def count(self, noun: str, where: Where) -> int:
        """How many things a question finds."""
        key = ("count", noun, repr(sorted(where.items())))
        if key not in self.answers:
            self.answers[key] = self.shelf.count(noun, where)
        answer = self.answers[key]
        assert isinstance(answer, int)
        return answer

    def book(self, fund: str, day: date | None = None) -> list[BookLine]:
        """The balances of a fund by account and dimensions."""
        key = ("book", fund, str(day))
        if key not in self.answers:
            self.answers[key] = self.shelf.book(fund, day)
        answer = self.answers[key]
        assert isinstance(answer, list)
        return answer

    def held_by(self, person: str, day: date) -> tuple[Held, ...]:
        """The roles that are the person's own on a day."""
        key = ("held_by", person, day.isoformat())
        if key not in self.answers:
            self.answers[key] = self.shelf.held_by(person, day)
        answer = self.answers[key]
        assert isinstance(answer, tuple)
        return answer


@contextmanager
def open_docket(house: House) -> Iterator[tuple[Docket, Times]]:
    """A docket for questions to the domain that save nothing, and the time they are asked."""
    now = house.clock.now()
    with house.shelf() as shelf:
        docket = Docket(
            RememberingShelf(shelf),
            now=now,
            entropy=house.entropy,
            calendars=house.calendars,
            perform=perform,
        )
        yield docket, Times(now, house.zone)

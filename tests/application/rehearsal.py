"""A shelf of what a walk knows from the records, so that a trial need not ask the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from application.ports import BookLine, Where
from application.principals import Held
from domain.kernel import Aggregate
from infrastructure.store import DatabaseStore


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Answers as the read models would; only the book is asked for what it holds."""

    things: Mapping[str, Aggregate]
    store: DatabaseStore

    def fetch(self, streams: Iterable[str]) -> dict[str, Aggregate]:
        return {stream: self.things[stream] for stream in streams if stream in self.things}

    def ids(self, noun: str, where: Where) -> list[str]:
        return [
            thing.id
            for thing in self.things.values()
            if thing.noun == noun and all(is_one_of(thing, *ask) for ask in where.items())
        ]

    def count(self, noun: str, where: Where) -> int:
        return len(self.ids(noun, where))

    def book(self, fund: str, day: date | None = None) -> list[BookLine]:
        with self.store.shelf() as shelf:
            return shelf.book(fund, day)

    def held_by(self, person: str, day: date) -> tuple[Held, ...]:
        with self.store.shelf() as shelf:
            return tuple(shelf.held_by(person, day))


def is_one_of(thing: Aggregate, name: str, wanted: Any) -> bool:
    """Whether a column of the thing has the value, or one of the values."""
    value = str(getattr(thing, name, ""))
    return value in wanted if isinstance(wanted, tuple) else value == wanted

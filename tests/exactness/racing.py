"""Races: clients who send their commands at one moment, from threads, systems or processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import cycle, islice
from threading import Barrier
from typing import Any, NamedTuple, Protocol

from pydantic import TypeAdapter

from application.decide import Sent
from application.desk import Answer
from application.handlers import HANDLERS
from application.kinds import NOUNS
from domain.errors import Refusal
from infrastructure.settings import Settings
from infrastructure.system import System
from infrastructure.verify import verify
from tests.district import District
from tests.exactness.pipes import Workers

CLIENTS = 32

Desk = Callable[[Sent], "Future[Answer]"]


class Outcome(NamedTuple):
    """What a client was told: the position of the event, or the rules that refused."""

    position: int
    rules: tuple[str, ...] = ()


class Field(Protocol):
    """Where a race is run."""

    def race(self, commands: Sequence[Sent]) -> list[Outcome]:
        """Sends all the commands at one moment; the outcomes in the order of the commands."""

    def close(self) -> None:
        """Ends whatever was started for the races."""


def command(
    district: District,
    who: str,
    nouns: str,
    verb: str,
    id: str = "",
    *,
    version: int | None = None,
    **fields: Any,
) -> Sent:
    """A command as a person of the district would send it."""
    noun = NOUNS[nouns]
    return Sent(
        noun=noun,
        verb=verb,
        command=TypeAdapter(HANDLERS[noun][verb][0]).validate_python(fields),
        by=district.people[who],
        id=id,
        expected_version=version,
    )


def outcome_of(future: Future[Answer]) -> Outcome:
    """What became of a command."""
    try:
        return Outcome(future.result(timeout=60).position)
    except Refusal as refusal:
        return Outcome(0, tuple(sorted(reason.rule for reason in refusal.reasons)))


def sent_at_once(commands: Sequence[Sent], desks: Sequence[Desk]) -> list[Outcome]:
    """Every command from a thread of its own, one desk after the other in turn."""
    barrier = Barrier(len(commands))

    def client(number: int) -> Outcome:
        barrier.wait()
        return outcome_of(desks[number % len(desks)](commands[number]))

    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(client, range(len(commands))))


def another_system(url: str) -> System:
    """A system on the database of a district; its ids are its own."""
    return System(Settings(database_url=url, clock="simulated"))


class Systems:
    """Threads of this process, on as many systems on one database."""

    def __init__(self, district: District, count: int) -> None:
        url = district.system.settings.database_url
        self.others = [another_system(url) for _ in range(count - 1)]
        self.desks = [system.desk.post for system in (district.system, *self.others)]

    def race(self, commands: Sequence[Sent]) -> list[Outcome]:
        return sent_at_once(commands, self.desks)

    def close(self) -> None:
        for system in self.others:
            system.close()


class Processes:
    """Processes of their own, each a system with several clients."""

    def __init__(self, district: District, racers: Workers) -> None:
        self.racers = racers
        self.racers.tell_all([district.system.settings.database_url] * len(racers.started))

    def race(self, commands: Sequence[Sent]) -> list[Outcome]:
        return self.racers.at_once(list(commands))

    def close(self) -> None:
        self.racers.tell_all([None] * len(self.racers.started))


class Ground:
    """A district with a field for races, which is made ready when the first one is run."""

    def __init__(self, district: District, make: Callable[[District], Field]) -> None:
        self.district = district
        self.make = make
        self.field: Field | None = None

    def race(self, commands: Sequence[Sent]) -> list[Outcome]:
        """Sends all the commands at one moment."""
        assert len(commands) == CLIENTS
        if self.field is None:
            self.field = self.make(self.district)
        return self.field.race(commands)

    def events(self, stream: str, after: int = 0) -> list[str]:
        """The names of the events of a thing behind a version."""
        stored = self.district.system.store.recorder.select_events(stream, gt=after)
        return [event.topic for event in stored]

    def close(self) -> None:
        """Ends the field, then checks everything that the races have left."""
        if self.field is not None:
            self.field.close()
        verdict = verify(self.district.system.store)
        self.district.close()
        assert verdict.ok, verdict.faults


def taking_turns(*commands: Sent) -> list[Sent]:
    """As many commands as there are clients, every kind equally often."""
    return list(islice(cycle(commands), CLIENTS))


def winners(commands: Sequence[Sent], outcomes: Sequence[Outcome]) -> list[Sent]:
    """The commands that were accepted, each at a position of its own."""
    positions = [outcome.position for outcome in outcomes if outcome.position]
    assert len(set(positions)) == len(positions)
    return [sent for sent, told in zip(commands, outcomes, strict=True) if told.position]


def refused_by(outcomes: Sequence[Outcome]) -> set[tuple[str, ...]]:
    """The rules by which the others were refused; everybody else was told one."""
    rules = {outcome.rules for outcome in outcomes if not outcome.position}
    assert () not in rules
    return rules

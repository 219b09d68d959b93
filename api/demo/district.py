"""The district while it is being loaded: its people by name, and one way of telling it things."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from api.demo.people import person_id
from application.approvals import Approve
from application.decide import Sent
from application.desk import Answer
from application.documents import StoreDocument
from application.handlers import HANDLERS
from application.principals import NONE, Grounds, Held, Principal
from domain.kernel import Aggregate
from infrastructure.clocks import SimulatedClock
from infrastructure.system import System

VERBS: dict[type[Any], tuple[str, str]] = {
    command: (noun, verb) for noun, told in HANDLERS.items() for verb, (command, _) in told.items()
}
"""Of which noun and verb each command is."""

BETWEEN = timedelta(minutes=3)
"""How long it takes from one command to the next."""


class District:
    """Sends commands through the desk in the name of the district's people.

    What it makes is kept by the keys of the tables from which it is made.
    """

    def __init__(self, system: System) -> None:
        assert isinstance(system.clock, SimulatedClock)
        self.system = system
        self.clock = system.clock
        self.people: dict[str, Principal] = {}
        self.organisations: dict[str, str] = {}
        self.funds: dict[str, str] = {}
        self.rounds: dict[str, str] = {}
        self.pools: dict[str, str] = {}
        self.proposals: dict[str, str] = {}

    def add_person(self, key: str, name: str, *held: Held) -> None:
        """Lets somebody in with the roles they hold."""
        id = person_id(key)
        self.system.admit(id, name, *held)
        self.people[key] = Principal(
            id, held, frozenset(role.organisation for role in held if role.organisation)
        )

    def seat(self, key: str) -> None:
        """Lets somebody come to the desk with the roles that they hold by now."""
        person = self.see("person", self.people[key].person.removeprefix("person:"))
        held = tuple(Held(one.role, one.place, one.organisation) for one in person.current)
        interests = frozenset(role.organisation for role in held if role.organisation)
        self.people[key] = Principal(self.people[key].person, held, interests)

    def tell(self, who: str, command: Any, id: str = "", grounds: Grounds = NONE) -> Answer:
        """Sends a command as somebody, a few minutes after the last one; raises its refusal."""
        self.clock.advance(self.clock.now() + BETWEEN)
        noun, verb = VERBS[type(command)]
        sent = Sent(
            noun=noun, verb=verb, command=command, by=self.people[who], id=id, grounds=grounds
        )
        return self.system.desk.send(sent)

    def name(self, key: str, name: str) -> None:
        """Keeps the name of somebody who has not been let in."""
        self.system.identity.add_person(person_id(key), name)

    def tell_all(self, who: str, commands: Sequence[Any]) -> list[Answer]:
        """Sends commands that make something as somebody, all at one time and in their order."""
        self.clock.advance(self.clock.now() + BETWEEN)
        waiting = []
        for command in commands:
            noun, verb = VERBS[type(command)]
            sent = Sent(noun=noun, verb=verb, command=command, by=self.people[who])
            waiting.append(self.system.desk.post(sent))
        return [answer.result() for answer in waiting]

    def pair(
        self, first: str, second: str, command: Any, id: str = "", grounds: Grounds = NONE
    ) -> Answer:
        """Prepares a command as one person and carries it out as another."""
        prepared = self.tell(first, command, id, grounds)
        assert prepared.prepared, command
        return self.tell(second, Approve(), prepared.id)

    def store(self, who: str, subject: str, text: str) -> tuple[str, str]:
        """Stores a text as a document; its id and its SHA-256."""
        content = text.encode()
        sha256 = hashlib.sha256(content).hexdigest()
        self.system.files.put(content)
        command = StoreDocument(
            sha256=sha256, media_type="text/plain", size=len(content), subject=subject
        )
        return self.tell(who, command).id, sha256

    def ids(self, noun: str, **where: str) -> list[str]:
        """The ids of the things that a question finds, oldest first."""
        with self.system.shelf() as shelf:
            return shelf.ids(noun, where)

    def see(self, noun: str, id: str) -> Any:
        """A thing as it stands."""
        found: dict[str, Aggregate]
        with self.system.shelf() as shelf:
            found = shelf.fetch([f"{noun}:{id}"])
        return found[f"{noun}:{id}"]

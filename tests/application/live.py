"""A district under test: everything in it as its records say, checked after whatever is sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from pydantic import ValidationError

from application.desk import Answer
from application.kinds import PLURALS
from application.principals import Grounds
from domain.errors import Refusal
from domain.invariants import breaches
from domain.kernel import Aggregate
from domain.ledger import entries
from domain.state import Slot, State
from infrastructure.replay import Replayed
from tests.application.wishes import CREATIONS
from tests.district import District

FIRED: Counter[str] = Counter()
"""How often each event was recorded by walks of this process, not by what was played before."""


AUTHORISED = Grounds(authority_ref="批复1号")
WITH_AUTHORITY = frozenset({("person", "erase"), ("document", "close")})
"""What is only done by an authority that is named."""


@dataclass
class Live:
    """A district, everything in it as its records say, and what was done so far.

    `has_prepared` says that the last command waits for a second hand.
    """

    district: District
    random: Random = field(default_factory=Random)
    replayed: Replayed = field(default_factory=Replayed)
    sums: dict[Slot, int] = field(default_factory=dict)
    count: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    has_prepared: bool = False

    def __post_init__(self) -> None:
        self.catch_up()
        self.counts = FIRED

    def catch_up(self) -> list[str]:
        """Takes in the records that are new; the streams that they belong to."""
        store, changed = self.district.system.store, []
        for position, line, _ in store.recorder.scan(self.replayed.position):
            record = store.chronicle.lines.decode(line)
            self.replayed.take(position, record)
            changed.append(record.originator_id)
            self.counts[record.event_name] += 1
            for posting in record.postings:
                for side in entries(posting):
                    slot = Slot(posting.fund, posting.currency, side.account, posting.proposal)
                    self.sums[slot] = self.sums.get(slot, 0) + side.amount_minor
        return changed

    def number(self) -> str:
        """A number that the walk has not used before."""
        self.count += 1
        return f"W{self.count}"

    def things(self, noun: str, *stages: str) -> list[Any]:
        """The things of a noun, in these stages if any are named."""
        found = [thing for thing in self.replayed.things.values() if thing.noun == noun]
        return [thing for thing in found if thing.stage in stages] if stages else found

    def some(self, noun: str, *stages: str) -> Any:
        """One of them, or None."""
        found = self.things(noun, *stages)
        return self.random.choice(found) if found else None

    def send(
        self, who: str, noun: str, verb: str, thing: Aggregate | None, fields: dict[str, Any]
    ) -> str:
        """Sends a command; a refused one must have written nothing."""
        before = self.replayed.position
        id = thing.id if thing is not None and (noun, verb) not in CREATIONS else ""
        said = f"{who}: {verb} {PLURALS[noun]}/{id} {fields}"
        answer: Answer | None = None
        try:
            grounds = AUTHORISED if (noun, verb) in WITH_AUTHORITY else None
            answer = self.district.tell(who, PLURALS[noun], verb, id, grounds=grounds, **fields)
        except (Refusal, ValidationError) as refusal:
            said = f"{said} – refused: {refusal}"
        changed = self.catch_up()
        if answer is None:
            assert not changed, f"{said} – and still wrote"
            return said
        self.seat(changed)
        self.check(changed)
        self.has_prepared = answer.prepared
        assert before < answer.position <= self.replayed.position, said
        return said

    def seat(self, changed: list[str]) -> None:
        """Lets people use the roles that they got through an organisation."""
        if any(stream.startswith("organisation:") for stream in changed):
            people = (stream.partition(":") for stream in changed)
            self.district.seated(
                *(id for noun, _, id in people if noun == "person" and id in self.district.people)
            )

    def check(self, changed: list[str]) -> None:
        """Every invariant holds, and what the desk keeps is what the records give."""
        state = State(self.replayed.things.values(), self.sums)
        assert [*breaches(state)] == []
        for stream in changed:
            assert self.district.system.desk.cache.get(stream) == self.replayed.things[stream]

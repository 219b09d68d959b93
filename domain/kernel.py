"""What every aggregate is made of: events, mandates, records and the aggregate itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any, ClassVar, Generic, Self, TypeVar

import msgspec

from domain import ledger
from domain.envelope import Actor, Evidence, OnBehalfOf
from domain.facts import ASSIGNMENTS, NAMES
from domain.lifecycle import Back, Lifecycle


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """A fact. Its tag is its stored name; `stage` is where it left the thing.

    Unless an event says otherwise, its fields become the fields of the same name of the
    aggregate.
    """

    stage: str = ""

    def apply(self, aggregate: Any) -> None:
        """Assigns what the fact changes; runs again on every replay."""
        ASSIGNMENTS[type(self), type(aggregate)](self, aggregate)


def nothing_aside(stream: str, rule: str) -> bool:
    """No rule is set aside."""
    return False


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """By what right a command acts, and when; it gathers the records that the command makes.

    `interests` are the organisations that the person belongs to. `salt` gives a new random salt
    for each record. Instants are aware datetimes in UTC; `day` is the local day of
    `recorded_at`, by which due dates are judged whatever date the caller states; `zone` is where.
    `set_aside` says whether an override sets a rule aside for a thing, and thereby uses it up.
    """

    actor: Actor
    effective_at: datetime
    recorded_at: datetime
    day: date
    command_id: str
    salt: Callable[[], str]
    set_aside: Callable[[str, str], bool] = nothing_aside
    interests: frozenset[str] = frozenset()
    on_behalf_of: OnBehalfOf | None = None
    causation: str = ""
    authority_ref: str = ""
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    zone: tzinfo = UTC
    records: list[Record[Any]] = field(default_factory=list)

    @property
    def person(self) -> str:
        """The natural person who acts."""
        return self.actor.id

    @property
    def place(self) -> str:
        """The place for which the role is held; empty where it is held for an organisation."""
        return self.actor.place.get("code", "") + self.actor.place.get("unit", "")

    @property
    def prepared_by(self) -> str:
        """Who prepared what this person approves; empty where one hand is enough."""
        return self.on_behalf_of.prepared_by if self.on_behalf_of else ""

    @property
    def delegated_by(self) -> str:
        """Whose role the person acts in; empty where the role is the person's own."""
        return self.on_behalf_of.delegated_by if self.on_behalf_of else ""

    @property
    def hands(self) -> frozenset[str]:
        """Every person whose hand is on this decision; whoever acts in a lent role has two."""
        return frozenset({self.person, self.prepared_by, self.delegated_by} - {""})


E = TypeVar("E")


class Record(msgspec.Struct, Generic[E], frozen=True, kw_only=True, omit_defaults=True):
    """An event and its envelope: the one line that is stored and hashed.

    `late` says that it moved money with a date that lay in a closed period of the fund.
    """

    event: E
    originator_id: str = msgspec.field(name="stream")
    originator_version: int = msgspec.field(name="version")
    schema_version: int = 0
    effective_at: datetime
    recorded_at: datetime
    actor: Actor
    on_behalf_of: OnBehalfOf | None = None
    command_id: str
    causation: str = ""
    authority_ref: str = ""
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    touches: tuple[str, ...] = ()
    late: bool = False
    postings: tuple[ledger.Posting, ...] = ()
    salt: str

    @property
    def name(self) -> str:
        """Which record this is, for a cause to be named."""
        return f"{self.originator_id}@{self.originator_version}"

    @property
    def event_name(self) -> str:
        """The stored name of the event."""
        return NAMES[type(self.event)]


class LedgerMoved(Event, frozen=True, tag="ledger.moved"):
    """Another thing's event moved accounts that live here, and the bank by that line."""

    cause: str
    entries: tuple[ledger.Move, ...]
    bank_ref: str = ""

    def apply(self, aggregate: Aggregate) -> None:
        aggregate.add(self.entries)


class Aggregate(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Decides in its public methods; changes only by taking the records it made.

    What `dated_verbs` record may have happened before what was recorded last.
    """

    noun: ClassVar[str]
    lifecycle: ClassVar[Lifecycle]
    dated_verbs: ClassVar[frozenset[str]] = frozenset()
    id: str
    version: int = 0
    stage: str = ""
    effective_at: datetime | None = None
    currency: str = ""
    balances: dict[str, int] = {}

    @property
    def stream(self) -> str:
        """The name of the sequence of this aggregate's records."""
        return f"{self.noun}:{self.id}"

    @property
    def is_final(self) -> bool:
        """Whether the lifecycle counts this stage as an end."""
        return self.stage in self.lifecycle.final

    def balance(self, account: str) -> int:
        """What this home holds in an account, in minor units on the account's normal side."""
        return ledger.balance_of(self.balances, account)

    def earliest(self, event: Event) -> datetime | None:
        """Before which moment the event cannot have taken effect."""
        return self.effective_at

    def after(self, verb: str) -> str:
        """The stage that the verb leads to from here; a refusal where it does not."""
        return self.lifecycle.after(self.stage, verb, self.left(verb))

    def left(self, verb: str) -> str:
        """The stage to which a verb leads back; empty where it leads on."""
        target = self.lifecycle.verbs[verb].target
        return str(getattr(self, target.field)) if isinstance(target, Back) else ""

    def record(self, event: Event, by: Mandate, postings: Iterable[ledger.Posting] = ()) -> None:
        """Takes the event as a fact, and hands its record to the mandate."""
        effective_at = max(by.effective_at, self.earliest(event) or by.effective_at)
        record = Record(
            event=event,
            originator_id=self.stream,
            originator_version=self.version + 1,
            schema_version=1,
            effective_at=effective_at,
            recorded_at=by.recorded_at,
            actor=by.actor,
            on_behalf_of=by.on_behalf_of,
            command_id=by.command_id,
            causation=by.causation,
            authority_ref=by.authority_ref,
            reason=by.reason,
            evidence=by.evidence,
            postings=tuple(postings),
            salt=by.salt(),
        )
        self.take(record)
        if record.postings or isinstance(event, LedgerMoved):
            ledger.check_sides(self.noun, self.balances, self.currency)
        by.records.append(record)

    def take(self, record: Record[Any]) -> None:
        """Applies a record: its event, and the postings that move accounts that live here."""
        record.event.apply(self)
        if record.postings:
            self.add(ledger.moves_at(self.stream, record.postings))
        self.version = record.originator_version
        self.effective_at = max(record.effective_at, self.effective_at or record.effective_at)

    def add(self, moves: Iterable[ledger.Move]) -> None:
        """Adds signed changes to the balances; the old balances stay as they were for others."""
        balances = dict(self.balances)
        for move in moves:
            balances[move.account] = balances.get(move.account, 0) + move.amount_minor
        self.balances = balances

    @classmethod
    def fold(cls, start: Self | None, records: Iterable[Record[Any]]) -> Self | None:
        """The aggregate after the records."""
        aggregate = start
        for record in records:
            if aggregate is None:
                aggregate = cls(id=record.originator_id.partition(":")[2])
            aggregate.take(record)
        return aggregate


def homes_of(record: Record[Any]) -> tuple[str, ...]:
    """The other streams whose accounts the record's postings move, in the order of the legs."""
    return tuple(
        dict.fromkeys(
            home
            for posting in record.postings
            for entry in ledger.entries(posting)
            for home in ledger.homes(entry)
            if home != record.originator_id
        )
    )

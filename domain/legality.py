"""Legality: whether a record could have come about by the tables and rules that are in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from domain.accounts import LEGS
from domain.errors import Reason, Word
from domain.funds.correcting import unlike_its_entry
from domain.homes import moved_at
from domain.kernel import Aggregate, LedgerMoved, Record, homes_of
from domain.ledger import Posting
from domain.lifecycle import Step

LEGS_OF: dict[str, set[tuple[str, str]]] = {}
for name, pairs in LEGS.items():
    LEGS_OF.setdefault(name.partition(".")[0], set()).update(pairs)
"""The legs that each code has, whichever of its variants is meant."""


def objections(kind: type[Aggregate], thing: Aggregate | None, record: Record[Any]) -> list[Reason]:
    """What speaks against a record, given the thing as it stood before; None where there was none.

    The thing's stage and the times of its records are compared; amounts are the invariants' matter.
    """
    found: list[Reason] = []
    earliest = thing.earliest(record.event) if thing is not None else None
    last = earliest or record.effective_at
    if (record.on_behalf_of.prepared_by if record.on_behalf_of else "") == record.actor.id:
        found.append(Reason("pair.hands", "One person prepared this and carried it out."))
    if not last <= record.effective_at <= record.recorded_at:
        found.extend(untimely(last, record))
    if (record.postings or record.touches) and record.touches != homes_of(record):
        text = "The record names other things as touched than its postings move."
        found.append(Reason("ledger.touches", text))
    if (unlike := unlike_its_entry(thing, record)) is not None:
        found.append(unlike)
    name = record.event_name
    step = kind.lifecycle.events.get(name)
    if name == "ledger.moved":
        if thing is None or record.originator_version <= 1:
            found.append(unborn(record, name))
    elif step is None:
        text = "“{event}” is no step of the lifecycle of this {noun}."
        found.append(Reason("step.known", text, {"event": name, "noun": Word("noun", kind.noun)}))
    elif step.sources:
        found.extend(change(step, thing, record))
    else:
        found.extend(creation(step, thing, record))
    return found


def creation(step: Step, thing: Aggregate | None, record: Record[Any]) -> Iterable[Reason]:
    """A row that creates a thing is its first record, and leads to the row's stage."""
    if thing is not None or record.originator_version != 1:
        text = "“{event}” creates a thing, so it can only be the first record of its stream."
        yield Reason(f"{step.row}.first", text, {"event": step.event})
    if record.event.stage != step.target:
        yield elsewhere(step, str(step.target), record)


def change(step: Step, thing: Aggregate | None, record: Record[Any]) -> Iterable[Reason]:
    """A row that changes a thing starts from one of its stages and leads to the row's stage."""
    if thing is None or record.originator_version <= 1:
        return (unborn(record, step.row),)
    target = thing.stage if step.target is None else thing.left(step.verb) or step.target
    if thing.stage in step.sources and record.event.stage == target:
        return ()
    found = []
    if thing.stage not in step.sources:
        text = "“{event}” is not allowed in stage “{stage}”."
        values = {"event": step.event, "stage": Word("stage", thing.stage)}
        found.append(Reason(f"{step.row}.stage", text, values))
    if record.event.stage != target:
        found.append(elsewhere(step, str(target), record))
    return found


def unborn(record: Record[Any], rule: str) -> Reason:
    """What happens to a thing is not its first record."""
    text = "“{event}” happens to a thing that exists, and this one does not exist yet."
    return Reason(f"{rule}.first", text, {"event": record.event_name})


def elsewhere(step: Step, target: str, record: Record[Any]) -> Reason:
    """The stage that the event states is the one that its row leads to."""
    return Reason(
        f"{step.row}.target",
        "“{event}” leads to stage “{target}”, and the record says “{stage}”.",
        {
            "event": step.event,
            "target": Word("stage", target),
            "stage": Word("stage", record.event.stage),
        },
    )


def untimely(last: datetime, record: Record[Any]) -> Iterator[Reason]:
    """Nothing takes effect after it was recorded, or before what happened to the thing last."""
    effective = record.effective_at.isoformat()
    if record.effective_at > record.recorded_at:
        text = "It took effect at {effective}, after it was recorded at {recorded}."
        values = {"effective": effective, "recorded": record.recorded_at.isoformat()}
        yield Reason("time.effective", text, values)
    if record.effective_at < last:
        text = "It took effect at {effective}, before what happened to the thing last, at {last}."
        yield Reason("time.stream", text, {"effective": effective, "last": last.isoformat()})


def is_sound(posting: Posting) -> bool:
    """Whether the two accounts are a leg of the posting's code, and something moves."""
    legs = LEGS_OF.get(posting.code, set())
    return (posting.debit, posting.credit) in legs and posting.amount_minor > 0


def unsound(record: Record[Any]) -> Iterator[Reason]:
    """A reason for each posting that the table of postings does not know."""
    for posting in record.postings:
        if not is_sound(posting):
            yield Reason(
                "posting.legs",
                "“{code}” does not move {minor} from “{credit}” to “{debit}”.",
                {
                    "code": posting.code,
                    "minor": posting.amount_minor,
                    "credit": Word("account", posting.credit),
                    "debit": Word("account", posting.debit),
                },
            )


def with_sound_postings(record: Record[Any]) -> Record[Any]:
    """The record with those of its postings that can be added up."""
    sound = tuple(posting for posting in record.postings if is_sound(posting))
    return msgspec.structs.replace(record, postings=sound)


class Movements:
    """What the postings of one command move at other homes, until each of those is told."""

    def __init__(self) -> None:
        self.untold: dict[tuple[str, str], LedgerMoved] = {}

    def take(self, record: Record[Any]) -> Iterable[Reason]:
        """Notes what a record moves elsewhere; a `ledger.moved` must say exactly that."""
        if record.postings:
            for home in homes_of(record):
                self.untold[record.name, home] = moved_at(home, record)
        event = record.event
        if isinstance(event, LedgerMoved):
            due = self.untold.pop((event.cause, record.originator_id), None)
            if due != event:
                text = "This does not say what “{cause}” moved here."
                return (Reason("ledger.moved", text, {"cause": event.cause}),)
        return ()

    def end(self) -> Iterator[tuple[str, Reason]]:
        """At the end of a command: the records of which some home was never told."""
        for cause, home in self.untold:
            yield (
                cause,
                Reason(
                    "ledger.untold", "“{home}” was never told what moved there.", {"home": home}
                ),
            )
        self.untold = {}

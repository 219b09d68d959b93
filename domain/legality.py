"""Legality: whether a record could have come about by the tables and rules that are in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from domain.errors import Reason, Word
from domain.kernel import Aggregate, LedgerMoved, Record, homes_of
from domain.ledger import LEGS, Move, Posting, moves_at
from domain.lifecycle import Step
from domain.policies import holds

LEGS_OF: dict[str, set[tuple[str, str]]] = {}
for name, pairs in LEGS.items():
    LEGS_OF.setdefault(name.partition(".")[0], set()).update(pairs)
"""The legs that each code has, whichever of its variants is meant."""


def objections(
    kind: type[Aggregate], thing: Aggregate | None, record: Record[Any]
) -> Iterator[Reason]:
    """What speaks against a record, given the thing as it stood before; None where there was none.

    The thing's stage and the times of its records are compared; amounts are the invariants' matter.
    """
    yield from given(*hands(record), *times(thing, record), *touches(record))
    if isinstance(record.event, LedgerMoved):
        yield from given(born_before(thing, record, "ledger.moved"))
        return
    step = kind.lifecycle.events.get(record.event_name)
    if step is None:
        yield Reason(
            "step.known",
            "“{event}” is no step of the lifecycle of this {noun}.",
            {"event": record.event_name, "noun": Word("noun", kind.noun)},
        )
        return
    yield from given(*(creation if not step.sources else change)(step, thing, record))


def given(*reasons: Reason | None) -> Iterator[Reason]:
    """The reasons that there are."""
    return (reason for reason in reasons if reason is not None)


def creation(step: Step, thing: Aggregate | None, record: Record[Any]) -> Iterable[Reason | None]:
    """A row that creates a thing is its first record, and leads to the row's stage."""
    yield holds(
        f"{step.row}.first",
        thing is None and record.originator_version == 1,
        "“{event}” creates a thing, so it can only be the first record of its stream.",
        event=step.event,
    )
    yield arrives(step, str(step.target), record)


def change(step: Step, thing: Aggregate | None, record: Record[Any]) -> Iterable[Reason | None]:
    """A row that changes a thing starts from one of its stages and leads to the row's stage."""
    missing = born_before(thing, record, step.row)
    if thing is None or missing:
        yield missing
        return
    yield holds(
        f"{step.row}.stage",
        thing.stage in step.sources,
        "“{event}” is not allowed in stage “{stage}”.",
        event=step.event,
        stage=Word("stage", thing.stage),
    )
    yield arrives(step, thing.stage if step.target is None else str(step.target), record)


def born_before(thing: Aggregate | None, record: Record[Any], rule: str) -> Reason | None:
    return holds(
        f"{rule}.first",
        thing is not None and record.originator_version > 1,
        "“{event}” happens to a thing that exists, and this one does not exist yet.",
        event=record.event_name,
    )


def arrives(step: Step, target: str, record: Record[Any]) -> Reason | None:
    """The stage that the event states is the one that its row leads to."""
    return holds(
        f"{step.row}.target",
        record.event.stage == target,
        "“{event}” leads to stage “{target}”, and the record says “{stage}”.",
        event=step.event,
        target=Word("stage", target),
        stage=Word("stage", record.event.stage),
    )


def hands(record: Record[Any]) -> Iterable[Reason | None]:
    """Who prepared a pair is not who carried it out."""
    prepared_by = record.on_behalf_of.prepared_by if record.on_behalf_of else ""
    yield holds(
        "pair.hands",
        prepared_by != record.actor.id,
        "One person prepared this and carried it out.",
    )


def times(thing: Aggregate | None, record: Record[Any]) -> Iterable[Reason | None]:
    """Nothing takes effect after it was recorded, or before what happened to the thing last."""
    yield holds(
        "time.effective",
        record.effective_at <= record.recorded_at,
        "It took effect at {effective}, after it was recorded at {recorded}.",
        effective=record.effective_at.isoformat(),
        recorded=record.recorded_at.isoformat(),
    )
    last = thing.effective_at if thing else None
    yield holds(
        "time.stream",
        last is None or record.effective_at >= last,
        "It took effect at {effective}, before what happened to the thing last, at {last}.",
        effective=record.effective_at.isoformat(),
        last=last.isoformat() if last else "",
    )


def touches(record: Record[Any]) -> Iterable[Reason | None]:
    """The record names every other home that its postings move, and no more."""
    yield holds(
        "ledger.touches",
        record.touches == homes_of(record),
        "The record names other things as touched than its postings move.",
    )


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
        self.untold: dict[tuple[str, str], tuple[Move, ...]] = {}

    def take(self, record: Record[Any]) -> Iterator[Reason]:
        """Notes what a record moves elsewhere; a `ledger.moved` must say exactly that."""
        for home in homes_of(record):
            self.untold[record.name, home] = moves_at(home, record.postings)
        event = record.event
        if isinstance(event, LedgerMoved):
            due = self.untold.pop((event.cause, record.originator_id), None)
            if due != event.entries:
                yield Reason(
                    "ledger.moved",
                    "This does not say what “{cause}” moved here.",
                    {"cause": event.cause},
                )

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

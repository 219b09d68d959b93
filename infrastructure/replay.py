"""Replay: state rebuilt in memory from the records alone."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from application.kinds import KINDS, PLURALS
from application.questions import Balance
from domain import ledger
from domain.kernel import Aggregate, Record
from infrastructure.store import DatabaseStore


@dataclass
class Replayed:
    """Every aggregate and every balance after a run of records."""

    position: int = 0
    things: dict[str, Aggregate] = field(default_factory=dict)
    born: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    debits: dict[tuple[str, str, str], int] = field(default_factory=dict)
    credits: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def take(self, position: int, record: Record[Any]) -> None:
        """Takes the next record in."""
        stream = record.originator_id
        thing = self.things.get(stream)
        if thing is None:
            noun, _, id = stream.partition(":")
            thing = self.things[stream] = KINDS[noun](id=id)
            self.born[stream] = position
        thing.take(record)
        self.last[stream] = self.position = position
        for posting in record.postings:
            self.add(posting)

    def add(self, posting: ledger.Posting) -> None:
        """Adds a posting to the balances."""
        debit = (posting.fund, posting.currency, posting.debit)
        credit = (posting.fund, posting.currency, posting.credit)
        self.debits[debit] = self.debits.get(debit, 0) + posting.amount_minor
        self.credits[credit] = self.credits.get(credit, 0) + posting.amount_minor

    def balances(self) -> list[Balance]:
        """The balance of every account, in the order of fund and account."""
        keys = sorted(set(self.debits) | set(self.credits))
        return [Balance(*key, self.debits.get(key, 0), self.credits.get(key, 0)) for key in keys]

    def stages(self) -> dict[str, dict[str, int]]:
        """How many things of each noun stand in each stage."""
        counts: dict[str, dict[str, int]] = {}
        for thing in self.things.values():
            stages = counts.setdefault(PLURALS[thing.noun], {})
            stages[str(thing.stage)] = stages.get(str(thing.stage), 0) + 1
        return {noun: dict(sorted(counts[noun].items())) for noun in sorted(counts)}


def records(
    store: DatabaseStore, *, before: datetime | None = None, upto: int | None = None
) -> Iterator[tuple[int, Record[Any]]]:
    """Every record in order, as far as a moment on either clock."""
    decode = store.chronicle.lines.decode
    for position, line, _ in store.recorder.scan(upto=upto):
        record = decode(line)
        if before is None or record.effective_at < before:
            yield position, record


def replay(
    store: DatabaseStore, *, before: datetime | None = None, upto: int | None = None
) -> Replayed:
    """The state that the records give: what was true before a moment, known up to a position."""
    replayed = Replayed()
    with nothing_collected():
        for position, record in records(store, before=before, upto=upto):
            replayed.take(position, record)
    return replayed


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Spares the search for cycles: records and aggregates have none, and most of them stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

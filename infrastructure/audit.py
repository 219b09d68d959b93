"""The audit of the log: every record checked by itself, by what went before, and as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain import legality
from domain.errors import Reason
from domain.imports import Import
from domain.invariants import breaches
from domain.kernel import Aggregate, Record
from domain.ledger import entries
from domain.state import Slot, State, slot_of, summary
from infrastructure.closings_check import differing_closings
from infrastructure.compare import BesideTheLog, RowsBesideTheLog, Standing
from infrastructure.merkle import Frontier
from infrastructure.recorder import leaf_hash
from infrastructure.rows import Row
from infrastructure.store import DatabaseStore
from infrastructure.streaming import mark, streamed

PAST = (
    "SELECT position, record FROM events WHERE stream = {mark} AND position < {mark}"
    " ORDER BY position"
)
"""The records of a stream before a position."""

LISTED = 1_000
"""How many of the positions that are missing in one place are named, one by one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it must be: at which position, by which rule, and what."""

    position: int
    reason: Reason

    @property
    def rule(self) -> str:
        """The rule that does not hold."""
        return self.reason.rule

    @property
    def message(self) -> str:
        """What is wrong, in one sentence."""
        return self.reason.sentence


class Auditor:
    """Reads records one after the other and notes every fault; keeps no record.

    A thing is kept while its records pass by. Once its rows are right and say that it changes no
    more, only what invariants ask of it is kept.
    """

    def __init__(self, store: DatabaseStore, connection: sa.Connection) -> None:
        self.decode = store.chronicle.lines.decode
        self.connection = connection
        self.book = BesideTheLog(connection)
        self.rows = RowsBesideTheLog(connection)
        self.tree = Frontier()
        self.standing: dict[str, Standing] = {}
        self.past: dict[str, tuple[int, Aggregate]] = {}
        self.imports: set[str] = set()
        self.sums: dict[Slot, int] = {}
        self.faults: list[Fault] = []
        self.position = 0
        self.recorded_at: datetime | None = None
        self.command = ""
        self.movements = legality.Movements()
        self.of_command: dict[str, int] = {}
        self.uncovered: dict[int, str] = {}

    def close(self) -> None:
        """Lets go of what is read beside the log."""
        self.book.close()
        self.rows.close()

    def note(self, position: int, *reasons: Reason) -> None:
        """Adds the reasons to the faults."""
        self.faults.extend(Fault(position, reason) for reason in reasons)

    def say(self, position: int, rule: str, text: str, **values: object) -> None:
        """Adds a fault."""
        self.note(position, Reason(rule, text, values))

    def read(self, row: Row) -> None:
        """Takes the next row of the log."""
        position, stream, version, name, line, leaf = row
        if position != self.position + 1:
            self.say_missing(position)
        self.position = position
        self.tree.add(leaf)
        if leaf_hash(line) != leaf:
            self.say(position, "log.leaf", "The record does not hash to its leaf.")
        try:
            record: Record[Any] = self.decode(line)
        except (ValueError, RecursionError) as error:
            text = "The record cannot be read: {error}."
            self.say(position, "log.record", text, error=str(error).rstrip("."))
            self.thing_of(position, stream, version).version = version
            self.book.at(position)
            return
        said = (record.originator_id, record.originator_version, record.event_name)
        if said != (stream, version, name):
            self.differing_columns(position, (stream, version, name), said)
        if record.postings or self.book.position <= position:
            self.note(position, *self.book.differences(position, record))
        self.take(position, record)

    def say_missing(self, position: int) -> None:
        """Positions before this one have no record."""
        for missing in range(self.position + 1, min(position, self.position + 1 + LISTED)):
            self.say(missing, "log.position", "There is no record at this position.")

    def differing_columns(self, position: int, stored: Row, said: Row) -> None:
        """The columns beside a record repeat what it says."""
        for name, is_, should_be in zip(("stream", "version", "type"), stored, said, strict=True):
            if is_ != should_be:
                text = "The column “{column}” says “{stored}”, and the record says “{said}”."
                self.say(position, "log.columns", text, column=name, stored=is_, said=should_be)

    def take(self, position: int, record: Record[Any]) -> None:
        """Checks a record against what went before, then takes it in."""
        if record.command_id != self.command:
            self.end_command()
            self.command = record.command_id
        one = self.thing_of(position, record.originator_id, record.originator_version)
        self.check_order(position, one, record)
        if one.kind is None:
            noun = record.originator_id.partition(":")[0]
            self.say(position, "step.noun", "There is no lifecycle of a “{noun}”.", noun=noun)
            return
        if record.postings:
            self.of_command[record.name] = position
            if unsound := tuple(legality.unsound(record)):
                self.note(position, *unsound)
                record = legality.with_sound_postings(record)
        if against := legality.objections(one.kind, one.thing, record):
            self.note(position, *against)
        if amiss := self.movements.take(record):
            self.note(position, *amiss)
        self.check_import(position, record)
        if one.take(position, record):
            self.add(one, record)
        if one.ends == position and one.rows == one.expected():
            self.let_go(record.originator_id, one)

    def thing_of(self, position: int, stream: str, version: int) -> Standing:
        """What stands under this name; what was let go of is recalled."""
        one = self.standing.get(stream)
        if one is None:
            one = self.standing[stream] = Standing.of(stream)
            one.beside(self.rows.of(one.noun, one.id, position))
            if version != 1:
                self.recall(position, stream, one)
        return one

    def recall(self, position: int, stream: str, one: Standing) -> None:
        """Folds again what was let go of; nothing where the stream really begins in its middle."""
        question = PAST.format(mark=mark(self.connection))
        for past, line in streamed(self.connection, question, (stream, position)):
            try:
                record = self.decode(line)
            except (ValueError, RecursionError):
                continue
            one.version = record.originator_version
            one.take(past, legality.with_sound_postings(record))
        self.past.pop(stream, None)
        one.beside(one.rows | self.rows.again(one.noun, one.id))

    def let_go(self, stream: str, one: Standing) -> None:
        """Keeps what invariants ask of a thing instead of the thing."""
        del self.standing[stream]
        small = summary(one.thing) if one.thing is not None else None
        if small is not None:
            self.past[stream] = one.last, small

    def check_order(self, position: int, one: Standing, record: Record[Any]) -> None:
        """Versions go up one by one in a stream, and the time of recording never goes back."""
        version, expected = record.originator_version, one.version + 1
        if version != expected:
            text = "Version {version} of “{stream}” stands where version {expected} should."
            values = {"version": version, "stream": record.originator_id, "expected": expected}
            self.say(position, "stream.version", text, **values)
        one.version = version
        if self.recorded_at is not None and record.recorded_at < self.recorded_at:
            self.say(position, "time.recorded", "It was recorded before the record before it.")
        self.recorded_at = record.recorded_at

    def check_import(self, position: int, record: Record[Any]) -> None:
        """Remembers a record of imported history until its import is found."""
        import_id = getattr(record.event, "import_id", None)
        if import_id is not None and import_id not in self.imports:
            self.uncovered[position] = import_id

    def add(self, one: Standing, record: Record[Any]) -> None:
        """Adds the postings of a record to the sums; notes an import."""
        if one.kind is Import:
            self.imports.add(one.id)
        for posting in record.postings:
            for side in entries(posting):
                slot = slot_of(side)
                self.sums[slot] = self.sums.get(slot, 0) + side.amount_minor

    def end_command(self) -> None:
        """All that a command wrote is read: every home must have been told what moved there."""
        if self.of_command:
            for cause, reason in self.movements.end():
                self.note(self.of_command[cause], reason)
            self.of_command.clear()

    def check_closings(self) -> None:
        """Compares the closings with the entries; before the log, while nothing else is held."""
        for position, reason in differing_closings(self.connection):
            self.note(position, reason)

    def conclude(self) -> None:
        """All is read: compares what was derived, and checks the invariants."""
        self.end_command()
        for position, reason in self.book.rest():
            self.note(position, reason)
        for position, import_id in self.uncovered.items():
            if import_id not in self.imports:
                text = "No import “{id}” is recorded from which this could come."
                self.say(position, "import.recorded", text, id=import_id)
        for position, reason in self.rows.differences([*self.standing.values()]):
            self.note(position, reason)
        self.check_invariants()

    def check_invariants(self) -> None:
        """Notes every breach at the last record of its thing."""
        for stream, one in self.standing.items():
            if one.thing is not None:
                self.past[stream] = one.last, one.thing
        state = State((thing for _, thing in self.past.values()), self.sums)
        for breach in breaches(state):
            last, _ = self.past.get(breach.stream, (self.position, None))
            self.note(last, breach.reason)

"""Verify: whether the stored records, and everything derived from them, are as they must be.

Nothing is repaired. Every fault is reported with a position: that of the record at fault, or of
the last record of the thing at fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from application.kinds import KINDS
from domain import legality
from domain.errors import Reason
from domain.invariants import breaches
from domain.kernel import Record
from domain.ledger import entries
from domain.state import Slot, State
from infrastructure.compare import BesideTheLog, differing_views
from infrastructure.database import Database
from infrastructure.merkle import Frontier, encoded
from infrastructure.recorder import events, leaf_hash
from infrastructure.replay import Replayed
from infrastructure.store import DatabaseStore

PAGE = 2_000
"""How many records are fetched at a time."""

Progress = Callable[[int], None]


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether all is well; how many records there are; the root over their leaves; every fault.

    `root` is written as in signed checkpoints: base64 of the RFC 6962 root hash. That of an empty
    log is the SHA-256 of nothing.
    """

    ok: bool
    events: int
    root: str
    faults: tuple[Fault, ...]


def verify(store: DatabaseStore, on_progress: Progress | None = None) -> Verdict:
    """Reads the whole log and compares everything derived with it, at one moment."""
    with snapshot(store.database) as connection:
        auditor = Auditor(store, connection)
        rows = connection.execute(
            sa.select(events).order_by(events.c.position), execution_options={"yield_per": PAGE}
        )
        with rows:
            for count, row in enumerate(rows, start=1):
                auditor.read(row)
                if on_progress is not None and count % PAGE == 0:
                    on_progress(row.position)
        auditor.conclude()
    faults = tuple(sorted(auditor.faults, key=lambda fault: fault.position))
    return Verdict(not faults, auditor.tree.size, encoded(auditor.tree.root()), faults)


@contextmanager
def snapshot(database: Database) -> Iterator[sa.Connection]:
    """A connection on which every question is answered as of one moment."""
    with database.reading() as connection:
        if not database.is_sqlite and not connection.in_transaction():
            # SQLite's readers see one moment by themselves, and a writer is alone.
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


class Auditor:
    """Reads records one after the other and notes every fault; keeps state, and no record."""

    def __init__(self, store: DatabaseStore, connection: sa.Connection) -> None:
        self.decode = store.chronicle.lines.decode
        self.connection = connection
        self.book = BesideTheLog(connection)
        self.tree = Frontier()
        self.replayed = Replayed()
        self.sums: dict[Slot, int] = {}
        self.versions: dict[str, int] = {}
        self.faults: list[Fault] = []
        self.position = 0
        self.recorded_at: datetime | None = None
        self.command = ""
        self.movements = legality.Movements()
        self.of_command: dict[str, int] = {}
        self.uncovered: dict[int, str] = {}

    def note(self, position: int, *reasons: Reason | None) -> None:
        """Adds the reasons that there are to the faults."""
        self.faults.extend(Fault(position, reason) for reason in legality.given(*reasons))

    def say(self, position: int, rule: str, text: str, **values: object) -> None:
        """Adds a fault."""
        self.note(position, Reason(rule, text, values))

    def read(self, row: Any) -> None:
        """Takes the next row of the log."""
        for missing in range(self.position + 1, row.position):
            self.say(missing, "log.position", "There is no record at this position.")
        self.position = row.position
        self.tree.add(bytes(row.leaf))
        if leaf_hash(bytes(row.record)) != bytes(row.leaf):
            self.say(row.position, "log.leaf", "The record does not hash to its leaf.")
        record = self.decoded(row)
        if record is None:
            self.versions[row.stream] = row.version
            self.book.skip(row.position)
            return
        self.check_columns(row, record)
        self.note(row.position, *self.book.differences(row.position, record))
        self.take(row.position, record)

    def decoded(self, row: Any) -> Record[Any] | None:
        """The record of a row; a fault where it cannot be read as one."""
        try:
            record: Record[Any] = self.decode(bytes(row.record))
        except (ValueError, RecursionError) as error:
            text = "The record cannot be read: {error}."
            self.say(row.position, "log.record", text, error=str(error).rstrip("."))
            return None
        return record

    def check_columns(self, row: Any, record: Record[Any]) -> None:
        """The columns beside a record repeat what it says."""
        said = {
            "stream": record.originator_id,
            "version": record.originator_version,
            "type": record.event_name,
        }
        for name, value in said.items():
            if getattr(row, name) != value:
                text = "The column “{column}” says “{stored}”, and the record says “{said}”."
                stored = getattr(row, name)
                self.say(row.position, "log.columns", text, column=name, stored=stored, said=value)

    def take(self, position: int, record: Record[Any]) -> None:
        """Checks a record against what went before, then takes it in."""
        if record.command_id != self.command:
            self.end_command()
            self.command = record.command_id
        self.check_order(position, record)
        noun = record.originator_id.partition(":")[0]
        if noun not in KINDS:
            self.say(position, "step.noun", "There is no lifecycle of a “{noun}”.", noun=noun)
            return
        self.note(position, *legality.unsound(record))
        record = legality.with_sound_postings(record)
        thing = self.replayed.things.get(record.originator_id)
        against = tuple(legality.objections(KINDS[noun], thing, record))
        self.note(position, *against, *self.movements.take(record))
        self.of_command[record.name] = position
        self.check_import(position, record)
        if record.event_name in (*KINDS[noun].lifecycle.events, "ledger.moved"):
            self.replayed.take(position, record)
            self.add(record)

    def check_order(self, position: int, record: Record[Any]) -> None:
        """Versions go up one by one in a stream, and the time of recording never goes back."""
        stream, version = record.originator_id, record.originator_version
        expected = self.versions.get(stream, 0) + 1
        if version != expected:
            text = "Version {version} of “{stream}” stands where version {expected} should."
            values = {"version": version, "stream": stream, "expected": expected}
            self.say(position, "stream.version", text, **values)
        self.versions[stream] = version
        if self.recorded_at is not None and record.recorded_at < self.recorded_at:
            self.say(position, "time.recorded", "It was recorded before the record before it.")
        self.recorded_at = record.recorded_at

    def check_import(self, position: int, record: Record[Any]) -> None:
        """Remembers a record of imported history until its import is found."""
        import_id = getattr(record.event, "import_id", None)
        if import_id is not None and f"import:{import_id}" not in self.replayed.things:
            self.uncovered[position] = import_id

    def add(self, record: Record[Any]) -> None:
        """Adds the postings of a record to the sums."""
        for posting in record.postings:
            for side in entries(posting):
                slot = Slot(posting.fund, posting.currency, side.account, posting.proposal)
                self.sums[slot] = self.sums.get(slot, 0) + side.amount_minor

    def end_command(self) -> None:
        """All that a command wrote is read: every home must have been told what moved there."""
        for cause, reason in self.movements.end():
            self.note(self.of_command[cause], reason)
        self.of_command.clear()

    def conclude(self) -> None:
        """All is read: compares what was derived, and checks the invariants."""
        self.end_command()
        for position, reason in self.book.rest():
            self.note(position, reason)
        for position, import_id in self.uncovered.items():
            if f"import:{import_id}" not in self.replayed.things:
                text = "No import “{id}” is recorded from which this could come."
                self.say(position, "import.recorded", text, id=import_id)
        for position, reason in differing_views(self.connection, self.replayed):
            self.note(position, reason)
        self.check_invariants(State(self.replayed.things.values(), self.sums))

    def check_invariants(self, state: State) -> None:
        """Notes every breach at the last record of its thing."""
        for breach in breaches(state):
            self.note(self.replayed.last.get(breach.stream, self.position), breach.reason)

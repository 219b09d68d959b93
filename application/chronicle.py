"""The chronicle: the one order of events, and how a record becomes a stored line and back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar, TypeVar, cast

import msgspec
from eventsourcing.application import AggregateNotFoundError
from eventsourcing.application import Application as EventSourcedApplication
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import (
    ApplicationRecorder,
    JSONTranscoder,
    Mapper,
    StoredEvent,
)

from application.kinds import KINDS
from domain.errors import refuse
from domain.kernel import Aggregate, Event, LedgerMoved, Record

A = TypeVar("A", bound=Aggregate)

LARGEST = 60 * 1024
"""The most bytes that a record may have; what is longer is a document."""


def events_known() -> tuple[type[Event], ...]:
    """Every kind of event there is, by its stored name."""
    found = {name_of(kind): kind for kind in descendants(Event)}
    return tuple(found[name] for name in sorted(found))


def descendants(kind: type[Event]) -> list[type[Event]]:
    """The event classes that a class has below it."""
    below = kind.__subclasses__()
    return below + [deeper for child in below for deeper in descendants(child)]


def name_of(kind: type[Event]) -> str:
    """The stored name of a kind of event."""
    return str(cast(Any, kind).__struct_config__.tag)


class RecordMapper(Mapper[str]):
    """A record is its own stored form: one line of JSON, named by its event."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())
        kinds = events_known()
        self.names = {kind: name_of(kind) for kind in kinds}
        self.encode = msgspec.json.Encoder().encode
        self.decode = msgspec.json.Decoder(cast(Any, Record)[reduce(or_, kinds)]).decode

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """The record as its line, under its stream and version; refused above the limit."""
        record = cast("Record[Any]", domain_event)
        line = self.encode(record)
        if len(line) > LARGEST:
            raise refuse(
                "envelope.size",
                "This is too long to record ({size} bytes; {most} are allowed); attach the rest "
                "as a document.",
                size=len(line),
                most=LARGEST,
            )
        name = self.names[type(record.event)]
        return StoredEvent(record.originator_id, record.originator_version, name, line)

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[str]:
        """The record that a line is."""
        return cast("DomainEventProtocol[str]", self.decode(stored_event.state))


class Chronicle(EventSourcedApplication[str]):
    """Finds aggregates by folding their records, in the library's own way."""

    env: ClassVar[dict[str, str]] = {}

    def __init__(self, recorder: ApplicationRecorder) -> None:
        self.given_recorder = recorder
        super().__init__()

    def construct_mapper(self) -> Mapper[str]:
        """Records instead of the library's topics and transcodings."""
        return RecordMapper()

    def construct_recorder(self) -> ApplicationRecorder:
        """The recorder of the database in use."""
        return self.given_recorder

    @property
    def lines(self) -> RecordMapper:
        """Turns records into lines and back."""
        return cast(RecordMapper, self.mapper)

    def find(self, stream: str) -> Aggregate | None:
        """The aggregate of a stream as last saved; None where there is no such stream."""
        kind = KINDS[stream.partition(":")[0]]
        try:
            return cast(Aggregate, self.repository.get(stream, projector_func=cast(Any, kind.fold)))
        except AggregateNotFoundError:
            return None

    def fold(self, stream: str, lines: Sequence[bytes]) -> Aggregate | None:
        """The aggregate after the lines of its stream."""
        kind = KINDS[stream.partition(":")[0]]
        return kind.fold(None, (self.lines.decode(line) for line in lines))


__all__ = ["Chronicle", "LedgerMoved", "RecordMapper", "events_known", "name_of"]

"""The cases of a log as its file has them, whatever its form; what is wrong is noted as faults."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from infrastructure.imports.logs.mapping import LogMapping
from infrastructure.imports.threesixty.faults import (
    Fault,
    RowFaults,
    UnreadableFile,
    printable,
    quoted,
)

MOST_FAULTS = 100
"""After how many faults a file is not read any further."""

MOST_CASES = 1_000_000
MOST_EVENTS = 100_000
"""How many events a case may have."""

LONGEST_VALUE = 4_000
"""How many characters an attribute may have that is read; others may be as long as they like."""


class LogEvent(NamedTuple):
    """An event: its row in the file, the attributes that are read, the things it is about."""

    row: int
    says: dict[str, str]
    things: tuple[str, ...] = ()


class LogCase(NamedTuple):
    """A case: where it begins in the file, the attributes that are read, its events in order."""

    row: int
    says: dict[str, str]
    events: list[LogEvent]


class Names(NamedTuple):
    """By which name the file keeps what is read; an empty one is not read."""

    case: str
    activity: str
    timestamp: str = ""
    transition: str = ""
    instance: str = ""
    amount: str = ""
    role: str = ""


def named(mapping: LogMapping, usual: Names) -> Names:
    """The names of the mapping, and the usual ones where it names none."""
    attributes = mapping.says.attributes
    found = Names(*(getattr(attributes, field) or getattr(usual, field) for field in Names._fields))
    return found if mapping.says.transitions else found._replace(transition="")


class Noted:
    """The faults of a file, in the order in which they were found."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, row: int, case: str, field: str, rule: str, **details: object) -> None:
        """Notes a fault; UnreadableFile where there are too many to go on."""
        faults = RowFaults(row, case=printable(case))
        faults.add(field, rule, **details)
        self.faults.extend(faults.found.values())
        if len(self.faults) >= MOST_FAULTS:
            raise UnreadableFile(*self.faults)

    def text(self, row: int, field: str, text: str) -> str:
        """The text; an empty one where it is too long to be read."""
        if len(text) <= LONGEST_VALUE:
            return text
        self.add(row, "", field, "log_text_too_long", size=len(text), limit=LONGEST_VALUE)
        return ""


def moment(text: str, form: str = "") -> datetime | None:
    """The time that a text says, in UTC where it names no zone; None where it says none.

    Times are written as ISO 8601 has them, unless their form is given.
    """
    try:
        said = text.strip()
        found = in_form(said, form) if form else datetime.fromisoformat(said)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def in_form(text: str, form: str) -> datetime:
    """The time that a text says in a form; it may name no zone. ValueError where it says none."""
    return datetime.strptime(text, form)  # noqa: DTZ007


def ordered(
    events: list[tuple[str, LogEvent]], field: str, noted: Noted, form: str = ""
) -> list[LogEvent]:
    """Events by their time; those of one time in the order of the file."""
    timed: list[tuple[datetime, LogEvent]] = []
    for text, event in events:
        at = moment(text, form)
        if at is None:
            rule = "moment_unfit" if text.strip() else "missing"
            noted.add(event.row, "", field, rule, value=quoted(text))
        else:
            timed.append((at, event))
    return [event for _, event in sorted(timed, key=lambda pair: pair[0])]

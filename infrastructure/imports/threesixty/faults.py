"""Faults of a file that is read: where each stands, and one sentence on it in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from infrastructure.imports.threesixty.messages import MESSAGES

LONGEST_QUOTE = 80
LONGEST_DETAIL = 1_000


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a file from being imported.

    `row` counts the grants of a JSON file from 1 and the lines of a sheet as the sheet numbers
    them (the header is 1); 0 is the file itself. `case` is the grant's identifier where it is
    known and clean. `field` is the path of the field, or the title of the column.
    """

    row: int
    case: str
    field: str
    rule: str
    message_en: str = ""
    message_zh: str = ""


class UnreadableFile(Exception):
    """Nothing of the file can be imported."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*(fault.message_en for fault in faults))
        self.faults = faults


class Unfit(Exception):
    """A value is not what its field allows."""

    def __init__(self, rule: str, **details: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.details = details


@dataclass
class RowFaults:
    """The faults of one row, one for each field: the first that was found."""

    row: int
    case: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """The title of the column that holds a path, where the file is a sheet."""
    found: dict[str, Fault] = field(default_factory=dict)

    def add(self, path: str, rule: str, **details: object) -> None:
        """Notes that the field at the path breaks the rule."""
        name = self._name(path)
        self.found.setdefault(name, _told(Fault(self.row, self.case, name, rule), details))

    def __contains__(self, path: str) -> bool:
        """Whether a fault was noted of the field at the path."""
        return self._name(path) in self.found

    def _name(self, path: str) -> str:
        return printable(self.names.get(path, path))


def header_fault(rule: str, field: str, **details: object) -> Fault:
    """A fault of a sheet's header."""
    return _told(Fault(1, "", field, rule), details)


def fault_at(row: int, field: str, rule: str, **details: object) -> Fault:
    """A fault of a field that is told by row and name."""
    return _told(Fault(row, "", printable(field), rule), details)


def unreadable(rule: str, field: str = "file", **details: object) -> UnreadableFile:
    """The one fault that keeps the whole file from being read."""
    return UnreadableFile(_told(Fault(0, "", field, rule), details))


def unreadable_at(row: int, rule: str, **details: object) -> UnreadableFile:
    """The one fault that keeps the file from being read, in the line that `row` says."""
    return UnreadableFile(fault_at(row, "file", rule, **details))


def quoted(value: object) -> str:
    """A value as a sentence can show it."""
    if isinstance(value, str):
        return f'"{printable(value)}"'
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return printable("null" if value is None else str(value))


def printable(text: str, longest: int = LONGEST_QUOTE) -> str:
    """The text cut short, with whatever a terminal or a database cannot take written out."""
    short = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return "".join(
        character if character.isprintable() else f"\\u{ord(character):04x}" for character in short
    )


def _told(fault: Fault, details: Mapping[str, object]) -> Fault:
    told = {name: printable(str(detail), LONGEST_DETAIL) for name, detail in details.items()}
    english, chinese = (message.format(**told) for message in MESSAGES[fault.rule])
    return replace(fault, message_en=english, message_zh=chinese)

"""The mapping that says what the activities of another system's log are to us: a TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from application.conforming import Amounts
from application.kinds import KINDS
from domain.conforming import Meaning, Measure, Which
from domain.money import UNIT
from domain.rounding import ROUNDINGS
from infrastructure.imports.lists.mapping import LARGEST_MAPPING_BYTES, LINE_OF_ERROR, Strict
from infrastructure.imports.threesixty.currencies import currencies
from infrastructure.imports.threesixty.faults import (
    Fault,
    UnreadableFile,
    fault_at,
    quoted,
    unreadable,
    unreadable_at,
)

NOTHING = "-"
"""What stands for no step; as a start, that nothing has begun."""

ASKED = {str(which): which for which in (Which.EACH, Which.NEXT, Which.LAST)}
"""How a mapping asks for things that it does not name."""

FIELD_OF_ERROR = re.compile(r"field `(\w+)`")

Text = Annotated[str, Meta(max_length=1_000)]


class Attributes(Strict, frozen=True):
    """Which attribute, or column, says what; an empty one is the usual one, or none."""

    case: Text = ""
    activity: Text = ""
    timestamp: Text = ""
    transition: Text = ""
    instance: Text = ""
    amount: Text = ""
    currency: Text = ""
    rounding: Text = "exact"
    role: Text = ""


class Document(Strict, frozen=True):
    """The whole mapping as it is written."""

    lifecycle: str
    start: str
    steps: dict[str, Any]
    repeatable: tuple[str, ...] = ()
    transitions: tuple[str, ...] = ()
    unmapped: Literal["refused", "-"] = "refused"
    timestamp_format: Text = ""
    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] = ","
    attributes: Attributes = Attributes()


class Taken(Strict, frozen=True):
    """An activity that is about some of the things of a case."""

    steps: tuple[str, ...]
    of: str | tuple[str, ...] = ()
    stages: tuple[str, ...] = msgspec.field(default=(), name="in")


@dataclass(frozen=True)
class LogMapping:
    """A mapping that was found sound."""

    says: Document
    measure: Measure
    meanings: dict[str, Meaning]

    @property
    def amounts(self) -> Amounts | None:
        """In what amounts are; None where the log states none."""
        named = self.says.attributes
        return Amounts(named.currency, named.rounding) if named.amount else None

    @property
    def verbs(self) -> frozenset[str]:
        """Every step that an activity stands for."""
        return frozenset(verb for meaning in self.meanings.values() for verb in meaning.steps)


def read_log_mapping(path: Path) -> LogMapping:
    """The mapping of a file; UnreadableFile, with its key and line, where it is not sound."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_MAPPING_BYTES + 1)
    except (OSError, ValueError) as failed:
        reason = getattr(failed, "strerror", None) or failed
        raise unreadable("file_unreadable", reason=reason) from None
    if len(data) > LARGEST_MAPPING_BYTES:
        size = path.stat().st_size
        raise unreadable("file_too_large", size=size, limit=LARGEST_MAPPING_BYTES)
    text = text_of(data)
    return Checker(text, document_of(text)).mapping()


def text_of(data: bytes) -> str:
    """The TOML as text, which has to be UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = data.count(b"\n", 0, broken.start) + 1
        raise unreadable_at(line, "not_utf8", line=line) from None


def document_of(text: str) -> Document:
    """What the TOML says, in its types."""
    try:
        read = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as broken:
        found = LINE_OF_ERROR.search(str(broken))
        line = int(found[1]) if found else text.count("\n") + 1
        raise unreadable_at(line, "toml_broken", line=line, reason=broken) from None
    try:
        return msgspec.convert(read, Document)
    except msgspec.ValidationError as unfit:
        reason, _, place = str(unfit).partition(" - at `$.")
        named = FIELD_OF_ERROR.search(reason)
        keys = (place.rstrip("`"), named[1] if named else "")
        field = ".".join(filter(None, keys)) or "mapping"
        row = line_of(field.rpartition(".")[2], text.splitlines())
        raise UnreadableFile(fault_at(row, field, "mapping_unfit", reason=reason)) from None


class Checker:
    """Compares a mapping with the lifecycle that it names, and notes every fault."""

    def __init__(self, text: str, document: Document) -> None:
        self.lines = text.splitlines()
        self.document = document
        self.faults: list[Fault] = []

    def mapping(self) -> LogMapping:
        """The mapping; UnreadableFile with every fault, where there is one."""
        document = self.document
        kind = KINDS.get(document.lifecycle)
        if kind is None:
            self.note("lifecycle", "lifecycle_unknown", document.lifecycle, KINDS)
            raise UnreadableFile(*self.faults)
        self.lifecycle = kind.lifecycle
        if document.start != NOTHING:
            self.check("start", (document.start,), "log_stage_unknown", self.lifecycle.stages)
        self.check("repeatable", document.repeatable, "log_step_unknown", self.lifecycle.verbs)
        self.check_amounts(document.attributes)
        meanings = dict(self.meanings())
        if self.faults:
            raise UnreadableFile(*self.faults)
        start = "" if document.start == NOTHING else document.start
        measure = Measure(self.lifecycle, start, frozenset(document.repeatable))
        return LogMapping(document, measure, meanings)

    def check_amounts(self, named: Attributes) -> None:
        """Amounts have a currency, and one of the ways of rounding."""
        if named.amount and not named.currency:
            self.note("attributes.currency", "missing")
        elif named.currency and not (UNIT.fullmatch(named.currency) or self.is_currency(named)):
            self.note("attributes.currency", "currency_unknown", named.currency)
        self.check("attributes.rounding", (named.rounding,), "rounding_unknown", ROUNDINGS)

    def is_currency(self, named: Attributes) -> bool:
        """Whether amounts are in a currency of ISO 4217."""
        return named.currency in currencies()

    def meanings(self) -> Iterator[tuple[str, Meaning]]:
        """What each activity stands for."""
        for activity, stated in self.document.steps.items():
            place = f"steps.{activity}"
            try:
                taken = taken_of(stated)
            except msgspec.ValidationError as unfit:
                self.note(place, "mapping_unfit", reason=str(unfit).partition(" - at `$")[0])
                continue
            self.check(place, taken.steps, "log_step_unknown", self.lifecycle.verbs)
            self.check(place, taken.stages, "log_stage_unknown", self.lifecycle.stages)
            which = Which.NAMED
            if isinstance(taken.of, str):
                self.check(place, (taken.of,), "which_unknown", ASKED)
                which = ASKED.get(taken.of, Which.NAMED)
            names = () if isinstance(taken.of, str) else taken.of
            yield activity, Meaning(taken.steps, which, names, taken.stages)

    def check(self, place: str, words: Iterable[str], rule: str, known: Iterable[str]) -> None:
        """Notes each word that is not known."""
        known = tuple(str(word) for word in known)
        for word in words:
            if word not in known:
                self.note(place, rule, word, known)

    def note(
        self, place: str, rule: str, word: str = "", known: Iterable[str] = (), **details: object
    ) -> None:
        """Notes a fault, with its key and the line in which that stands."""
        details |= {"value": quoted(word), "noun": self.document.lifecycle}
        line = line_of(place.partition(".")[2] or place, self.lines)
        self.faults.append(fault_at(line, place, rule, known=", ".join(known), **details))


def line_of(key: str, lines: Iterable[str]) -> int:
    """The line in which a key stands, from 1; 0 where it stands in none."""
    wanted = re.compile(rf"""\s*(["']?){re.escape(key)}\1\s*=""")
    return next((no for no, line in enumerate(lines, start=1) if wanted.match(line)), 0)


def taken_of(stated: object) -> Taken:
    """A step, several steps, or steps of some things; ValidationError where it is none of these."""
    if isinstance(stated, str):
        return Taken(steps=() if stated == NOTHING else (stated,))
    if isinstance(stated, list):
        return Taken(steps=msgspec.convert(stated, tuple[str, ...]))
    return msgspec.convert(stated, Taken)

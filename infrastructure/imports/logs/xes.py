"""Reads a log of XES (.xes, .xes.gz) case by case, without keeping more than one case.

Attributes of extensions, globals and classifiers, and attributes inside attributes, are passed
over. A file that declares a document type is not read, so that no entity is ever expanded.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

from infrastructure.imports.logs.cases import (
    MOST_EVENTS,
    LogCase,
    LogEvent,
    Names,
    Noted,
    moment,
)
from infrastructure.imports.threesixty.faults import quoted, unreadable, unreadable_at

USUAL = Names("concept:name", "concept:name", "time:timestamp", "lifecycle:transition")

CHUNK_BYTES = 256 * 1024
LARGEST_LOG_BYTES = 512 * 1024 * 1024
"""How much is read of a log, unpacked."""

LARGEST_TAG_BYTES = 8 * 1024 * 1024
"""How long one tag may be, which is kept whole until it ends."""

TYPES: dict[str, re.Pattern[str] | None] = {
    "string": None,
    "id": None,
    "list": None,
    "container": None,
    "date": None,
    "int": re.compile(r"\s*[+-]?[0-9]+\s*", re.ASCII),
    "float": re.compile(
        r"\s*([+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?|NaN|[+-]?Inf(inity)?)\s*",
        re.ASCII | re.IGNORECASE,
    ),
    "boolean": re.compile(r"\s*(true|false|1|0)\s*", re.ASCII | re.IGNORECASE),
}
"""The types of attributes, with how their values are written where not every text is one."""

LOG, CASE, EVENT, INSIDE = 1, 2, 3, 4
"""How deep the elements stand: the log, a case, an event, an attribute of an event."""


def xes_cases(
    path: Path, names: Names, noted: Noted, on_progress: Callable[[int, int], None]
) -> Iterator[LogCase]:
    """The cases of a log; `on_progress` is told how many bytes of how many are read."""
    size = path.stat().st_size
    if not size:
        raise unreadable("file_empty")
    handler, read = Handler(names, noted), 0
    with path.open("rb") as file:
        for chunk in unpacked(file, path.suffix.lower() == ".gz"):
            read += len(chunk)
            if read > LARGEST_LOG_BYTES:
                raise unreadable("gz_too_large", limit=LARGEST_LOG_BYTES)
            yield from handler.take(chunk)
            if read - handler.parser.CurrentByteIndex > LARGEST_TAG_BYTES:
                line = handler.parser.CurrentLineNumber
                raise unreadable_at(line, "xml_part_too_large", limit=LARGEST_TAG_BYTES)
            on_progress(file.tell(), size)
        yield from handler.take(b"", is_last=True)


def unpacked(file: IO[bytes], is_packed: bool) -> Iterator[bytes]:
    """The content of the file, piece by piece."""
    if not is_packed:
        yield from iter(lambda: file.read(CHUNK_BYTES), b"")
        return
    with gzip.GzipFile(fileobj=file) as packed:
        try:
            yield from iter(lambda: packed.read(CHUNK_BYTES), b"")
        except (gzip.BadGzipFile, EOFError, zlib.error) as broken:
            raise unreadable("gz_broken", reason=broken) from None


class Handler:
    """Takes the elements of a log as the parser tells them, and keeps the cases that are whole."""

    def __init__(self, names: Names, noted: Noted) -> None:
        self.of_case = frozenset(filter(None, (names.case, names.amount)))
        self.of_event = frozenset(filter(None, names[1:]))
        self.noted = noted
        self.depth = self.skipped = self.row = self.case_row = 0
        self.case: dict[str, str] = {}
        self.event: dict[str, str] = {}
        self.events: list[LogEvent] = []
        self.whole: list[LogCase] = []
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.StartDoctypeDeclHandler = self.forbid
        parser.EntityDeclHandler = self.forbid

    def take(self, chunk: bytes, *, is_last: bool = False) -> list[LogCase]:
        """The cases that end in this piece of the file."""
        self.whole = []
        try:
            self.parser.Parse(chunk, is_last)
        except (expat.ExpatError, LookupError, ValueError) as broken:
            line = self.parser.CurrentLineNumber
            raise unreadable_at(line, "xml_broken", line=line, reason=broken) from None
        return self.whole

    def forbid(self, *_: object) -> None:
        """Ends the reading: logs declare no document type and no entities."""
        raise unreadable_at(self.parser.CurrentLineNumber, "xml_doctype")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.skipped:
            return
        element = name.rpartition(" ")[2]
        if self.depth == INSIDE:
            self.attribute(element, attributes, self.of_event, self.event)
        elif self.depth == EVENT and element == "event":
            self.row, self.event = self.parser.CurrentLineNumber, {}
            if len(self.events) == MOST_EVENTS:
                raise unreadable_at(self.row, "case_too_large", limit=MOST_EVENTS)
            return
        elif self.depth == EVENT:
            self.attribute(element, attributes, self.of_case, self.case)
        elif self.depth == CASE and element == "trace":
            self.case_row = self.parser.CurrentLineNumber
            self.case, self.events = {}, []
            return
        elif self.depth == CASE and element == "event":
            self.noted.add(self.parser.CurrentLineNumber, "", element, "event_without_case")
        elif self.depth == LOG:
            if element != "log":
                raise unreadable_at(
                    self.parser.CurrentLineNumber, "not_a_log", value=quoted(element)
                )
            return
        self.skipped = self.depth

    def end(self, _: str) -> None:
        """An element ends."""
        if self.skipped == self.depth:
            self.skipped = 0
        elif not self.skipped and self.depth == EVENT:
            self.events.append(LogEvent(self.row, self.event))
        elif not self.skipped and self.depth == CASE:
            self.whole.append(LogCase(self.case_row, self.case, self.events))
        self.depth -= 1

    def attribute(
        self, kind: str, stated: dict[str, str], wanted: frozenset[str], says: dict[str, str]
    ) -> None:
        """Keeps an attribute that is read, once its value is one of its type."""
        key = stated.get("key")
        if key not in wanted or kind not in TYPES:
            return
        row, value = self.parser.CurrentLineNumber, stated.get("value", "")
        pattern = TYPES[kind]
        if key in says:
            self.noted.add(row, "", key, "attribute_repeated", value=quoted(key))
        elif kind == "date" and moment(value) is None:
            self.noted.add(row, "", key, "moment_unfit", value=quoted(value))
        elif pattern is not None and pattern.fullmatch(value) is None:
            self.noted.add(row, "", key, "typed_unfit", value=quoted(value), kind=kind)
        else:
            says[key] = self.noted.text(row, key, value)

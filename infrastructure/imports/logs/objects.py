"""Reads an object-centric log (OCEL 2.0, .json): the objects of one type are the cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from infrastructure.imports.lists import content
from infrastructure.imports.logs.cases import LogCase, LogEvent, Names, Noted, moment, ordered
from infrastructure.imports.threesixty import ROWS_PER_REPORT
from infrastructure.imports.threesixty.faults import quoted, unreadable, unreadable_at

USUAL = Names("", "type", "time")
Item = TypeVar("Item")


class Attribute(msgspec.Struct):
    """A value of an object or an event, as it stands there."""

    name: str
    value: msgspec.Raw = msgspec.Raw(b'""')
    time: str = ""


class Relation(msgspec.Struct):
    """That an event is about an object, or one object belongs to another."""

    object_id: str = msgspec.field(name="objectId")
    qualifier: str = ""


class Thing(msgspec.Struct, kw_only=True):
    """An object or an event."""

    id: str
    type: str
    attributes: list[Attribute] = []
    relationships: list[Relation] = []


class Happening(Thing, kw_only=True):
    """An event."""

    time: str


class Log(msgspec.Struct):
    """The whole file; its objects and events are read one by one, so that each has its number."""

    event_types: list[dict[str, Any]] = msgspec.field(name="eventTypes")
    object_types: list[dict[str, Any]] = msgspec.field(name="objectTypes")
    events: list[msgspec.Raw]
    objects: list[msgspec.Raw]


class ObjectReader:
    """Reads one log; rows are the places of objects and events in their lists, from 1."""

    def __init__(
        self, path: Path, names: Names, noted: Noted, on_progress: Callable[[int, int], None]
    ) -> None:
        self.log = log_of(content(path))
        self.names = self.chosen(names)
        self.noted = noted
        self.on_progress = on_progress
        self.objects: dict[str, tuple[int, Thing]] = {}

    def chosen(self, names: Names) -> Names:
        """The names, with the type of object that a case is."""
        types = sorted({str(kind.get("name", "")) for kind in self.log.object_types})
        known = ", ".join(types)
        if names.case in types:
            return names
        if names.case:
            value = quoted(names.case)
            raise unreadable("object_type_unknown", "attributes.case", value=value, known=known)
        if len(types) != 1:
            raise unreadable("object_type_needed", "attributes.case", known=known)
        return names._replace(case=types[0])

    def cases(self) -> Iterator[LogCase]:
        """The objects of the type that a case is, each with its events by their time."""
        for row, thing in self.read(self.log.objects, Thing, "objects"):
            self.objects[thing.id] = row, thing
        cases: dict[str, list[tuple[str, LogEvent]]] = {
            name: [] for name, (_, thing) in self.objects.items() if thing.type == self.names.case
        }
        for done, (row, event) in enumerate(
            self.read(self.log.events, Happening, "events"), start=1
        ):
            about = self.about(row, event)
            for name in about:
                if name in cases:
                    cases[name].append((event.time, self.event(row, event, about)))
            if done % ROWS_PER_REPORT == 0:
                self.on_progress(done, len(self.log.events))
        for name, events in cases.items():
            row, thing = self.objects[name]
            says = {self.names.case: name, **self.stated(row, thing, (self.names.amount,))}
            yield LogCase(row, says, ordered(events, "time", self.noted))

    def about(self, row: int, event: Happening) -> tuple[str, ...]:
        """The objects that an event is about, each once."""
        found = tuple(dict.fromkeys(relation.object_id for relation in event.relationships))
        for name in found:
            if name not in self.objects:
                self.noted.add(row, "", "relationships", "object_unknown", value=quoted(name))
        return tuple(name for name in found if name in self.objects)

    def event(self, row: int, event: Happening, about: tuple[str, ...]) -> LogEvent:
        """An event as it stands in a case."""
        names = self.names
        wanted = (names.activity, names.transition, names.amount, names.role)
        says = {**self.stated(row, event, wanted), "type": event.type}
        things = tuple(name for name in about if self.objects[name][1].type == names.instance)
        return LogEvent(row, says, things)

    def stated(self, row: int, thing: Thing, wanted: tuple[str, ...]) -> dict[str, str]:
        """The attributes that are read; one that changes in time has its last value."""
        return {
            attribute.name: self.noted.text(row, attribute.name, text_of(attribute.value))
            for attribute in sorted(thing.attributes, key=since)
            if attribute.name and attribute.name in wanted
        }

    def read(
        self, items: list[msgspec.Raw], kind: type[Item], field: str
    ) -> Iterator[tuple[int, Item]]:
        """Each item with its number; one that is not as the standard has it is noted."""
        seen: set[str] = set()
        for row, raw in enumerate(items, start=1):
            try:
                item = msgspec.json.decode(raw, type=kind)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as unfit:
                reason, _, place = str(unfit).partition(" - at `$")
                at = f"{field}{place.rstrip('`')}"
                self.noted.add(row, "", at, "log_unfit", reason=reason)
                continue
            name = getattr(item, "id", "")
            if name in seen:
                self.noted.add(row, name, f"{field}.id", "object_repeated", value=quoted(name))
            seen.add(name)
            yield row, item


def since(attribute: Attribute) -> datetime:
    """From when on an attribute has its value."""
    return moment(attribute.time) or datetime.min.replace(tzinfo=UTC)


def log_of(data: bytes) -> Log:
    """The file, whose objects and events are not looked into yet."""
    if not data.strip():
        raise unreadable("file_empty")
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=Log)
    except msgspec.ValidationError as unfit:
        reason, _, place = str(unfit).partition(" - at `$.")
        raise unreadable("log_unfit", place.rstrip("`") or "file", reason=reason) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        found = re.search(r"\(byte ([0-9]+)\)", str(broken))
        at = int(found[1]) if found else 0
        line = data.count(b"\n", 0, at) + 1
        column = at - (data.rfind(b"\n", 0, at) + 1) + 1
        raise unreadable_at(line, "json_broken", line=line, column=column, reason=broken) from None


def text_of(value: msgspec.Raw) -> str:
    """A value as a text; a number exactly as it is written."""
    written = bytes(value)
    if written.startswith(b'"'):
        return str(msgspec.json.decode(written))
    return "" if written == b"null" else written.decode()

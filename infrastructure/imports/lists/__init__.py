"""Reads a funder's own list of past awards by a mapping: its rows as history, or every fault.

A list with a fault is refused whole. Nothing here writes anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from application.history import PastGrant
from infrastructure.imports.lists.cells import NOWHERE, at
from infrastructure.imports.lists.mapping import Mapping, read_mapping, texts
from infrastructure.imports.lists.past import PastReader
from infrastructure.imports.lists.rows import READERS, ListRow
from infrastructure.imports.lists.templates import Template
from infrastructure.imports.threesixty import LARGEST_FILE_BYTES, ROWS_PER_REPORT
from infrastructure.imports.threesixty.dates import Dates
from infrastructure.imports.threesixty.faults import (
    Fault,
    RowFaults,
    UnreadableFile,
    fault_at,
    quoted,
    unreadable,
)

__all__ = ["Listed", "Mapping", "read_list", "read_mapping"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Listed:
    """What a list holds: its rows if all of them are sound, else no row and every fault."""

    rows: tuple[PastGrant, ...]
    faults: tuple[Fault, ...]
    sha256: str
    """Of the file's bytes, in hex; empty where the file could not be read at all."""


def read_list(path: Path, mapping: Mapping, zone: ZoneInfo, on_progress: Progress) -> Listed:
    """Reads every row of the list; what is wrong with it comes back as faults, never raised.

    A day begins in `zone`. `on_progress` is told how many rows of how many are done.
    """
    digest = ""
    try:
        reader = READERS.get(path.suffix.lower())
        if reader is None:
            raise unreadable("list_ending", ending=quoted(path.suffix))
        data = content(path)
        digest = hashlib.sha256(data).hexdigest()
        if not data.strip():
            raise unreadable("file_empty")
        rows = reader(data, mapping.says)
        if not rows:
            raise unreadable("no_grants")
        unknown = tuple(missing(rows, mapping, path.suffix.lower()))
        if unknown:
            raise UnreadableFile(*unknown)
    except UnreadableFile as refused:
        return Listed((), refused.faults, digest)
    past, faults = read_rows(rows, mapping, zone, on_progress)
    return Listed(() if faults else past, faults, digest)


def content(path: Path) -> bytes:
    """The bytes of the file."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as failed:
        reason = getattr(failed, "strerror", None) or failed
        raise unreadable("file_unreadable", reason=reason) from None
    if len(data) > LARGEST_FILE_BYTES:
        size = path.stat().st_size
        raise unreadable("file_too_large", size=size, limit=LARGEST_FILE_BYTES)
    return data


def missing(rows: Sequence[ListRow], mapping: Mapping, ending: str) -> Iterator[Fault]:
    """A fault for each column or path of the mapping that no row has, or that is left out."""
    header = 1 if ending == ".csv" else 0
    for place, text in texts(mapping.says):
        for path in Template(text).holes:
            value = quoted(path)
            if path.partition("/")[0] in mapping.says.leave_out:
                yield fault_at(0, place, "left_out_needed", value=value)
            elif all(at(row.says, path) is NOWHERE for row in rows):
                yield fault_at(header, path, "path_missing", value=value, place=place)


def read_rows(
    rows: Sequence[ListRow], mapping: Mapping, zone: ZoneInfo, on_progress: Progress
) -> tuple[tuple[PastGrant, ...], tuple[Fault, ...]]:
    """The rows as the application takes them, and every fault."""
    reader = PastReader(mapping.says, Dates(zone, mapping.says.format.date or None), zone)
    past: list[PastGrant] = []
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for done, row in enumerate(rows, start=1):
        noted = RowFaults(row.number)
        read = reader.row(row, noted)
        if noted.case and (earlier := first.setdefault(noted.case, row.number)) != row.number:
            field, value = reader.place_of_id, quoted(noted.case)
            noted.add(field, "grant_repeated", value=value, first=earlier, second=row.number)
        faults.extend(noted.found.values())
        if read is not None and not noted.found:
            past.append(read)
        if done % ROWS_PER_REPORT == 0 or done == len(rows):
            on_progress(done, len(rows))
    return tuple(past), tuple(faults)

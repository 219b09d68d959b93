"""Reads a log that is a sheet (.csv): one event a row, cases in the order of their first event."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from infrastructure.imports.lists import content
from infrastructure.imports.lists.rows import keys_of
from infrastructure.imports.logs.cases import LogCase, LogEvent, Names, Noted, ordered
from infrastructure.imports.logs.mapping import LogMapping
from infrastructure.imports.threesixty import ROWS_PER_REPORT
from infrastructure.imports.threesixty.faults import (
    UnreadableFile,
    header_fault,
    quoted,
    unreadable,
    unreadable_at,
)
from infrastructure.imports.threesixty.guard import unguarded

USUAL = Names("case:concept:name", "concept:name", "time:timestamp", "lifecycle:transition")
ENCODINGS = ("utf-8-sig", "gb18030")


def csv_cases(
    path: Path,
    mapping: LogMapping,
    names: Names,
    noted: Noted,
    on_progress: Callable[[int, int], None],
) -> Iterator[LogCase]:
    """The cases of a sheet; `on_progress` is told how many rows of how many are read."""
    keys, rows = sheet_of(decoded(content(path)), mapping.says.delimiter)
    names = those_there(names, mapping, keys)
    wanted = [(at, key) for at, key in enumerate(keys) if key in names]
    cases: dict[str, list[LogEvent]] = {}
    for done, (row, cells) in enumerate(rows, start=1):
        if any(cells[len(keys) :]):
            noted.add(row, "", "row", "cells_beyond_header", cells=len(cells), columns=len(keys))
        says = {key: noted.text(row, key, cells[at]) for at, key in wanted if at < len(cells)}
        name = says.get(names.case, "")
        if not name.strip():
            noted.add(row, "", names.case, "missing")
        cases.setdefault(name, []).append(LogEvent(row, says))
        if done % ROWS_PER_REPORT == 0 or done == len(rows):
            on_progress(done, len(rows))
    for name, events in cases.items():
        first = events[0].row
        if names.timestamp:
            timed = [(event.says.get(names.timestamp, ""), event) for event in events]
            events = ordered(timed, names.timestamp, noted, mapping.says.timestamp_format)
        yield LogCase(first, {names.case: name}, events)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, else in GB 18030, as spreadsheet programs in China save it."""
    if not data.strip():
        raise unreadable("file_empty")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable("log_encoding")


def sheet_of(text: str, delimiter: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The titles of the columns, and the rows that say anything, with their numbers."""
    # With strict reading a quote that is never closed is an error and not the rest of the file.
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header, *rows = ([unguarded(cell) for cell in line] for line in lines)
    except ValueError:
        raise unreadable("file_empty") from None
    except csv.Error as broken:
        line = lines.line_num
        raise unreadable_at(line, "csv_broken", line=line, reason=broken) from None
    return keys_of(header), [(no, cells) for no, cells in enumerate(rows, start=2) if any(cells)]


def those_there(names: Names, mapping: LogMapping, keys: Sequence[str]) -> Names:
    """The names without the usual ones that the sheet lacks; UnreadableFile if it lacks others."""
    attributes, missing, there = mapping.says.attributes, [], names
    for field, name in names._asdict().items():
        if not name or name in keys:
            continue
        if field in ("case", "activity", "transition") or getattr(attributes, field):
            missing.append(
                header_fault("log_column_missing", name, value=quoted(name), place=field)
            )
        else:
            there = there._replace(**{field: ""})
    if missing:
        raise UnreadableFile(*missing)
    return there

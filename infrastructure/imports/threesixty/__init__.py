"""Reads a file in the 360Giving Data Standard (.json, .csv, .xlsx): its grants, or every fault.

A file with a fault is refused whole. Nothing here writes anything or knows the rest of the system.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from zoneinfo import ZoneInfo

from infrastructure.imports.threesixty.cursor import Cursor
from infrastructure.imports.threesixty.dates import Dates
from infrastructure.imports.threesixty.documents import document_rows
from infrastructure.imports.threesixty.faults import (
    Fault,
    RowFaults,
    UnreadableFile,
    quoted,
    unreadable,
)
from infrastructure.imports.threesixty.grants import (
    GrantReader,
    GrantRow,
    PaymentRow,
    case_of,
    fingerprint,
)
from infrastructure.imports.threesixty.rows import RawRow, kept_source
from infrastructure.imports.threesixty.sheets import csv_rows
from infrastructure.imports.threesixty.workbooks import workbook_rows

__all__ = ["Fault", "GrantRow", "PaymentRow", "ReadResult", "fingerprint", "read_360giving"]

LARGEST_FILE_BYTES = 200 * 1024 * 1024
ROWS_PER_REPORT = 500

READERS: dict[str, Callable[[bytes], list[RawRow]]] = {
    ".json": document_rows,
    ".csv": csv_rows,
    ".xlsx": workbook_rows,
}


@dataclass(frozen=True)
class ReadResult:
    """What a file holds: its rows if all of them are sound, else no row and every fault."""

    rows: tuple[GrantRow, ...]
    faults: tuple[Fault, ...]
    sha256: str
    """Of the file's bytes, in hex; empty where the file could not be read at all."""
    stated: int = 0
    """How many grants the file has, sound or not."""


def read_360giving(
    path: str | PathLike[str],
    *,
    date_format: str | None = None,
    zone: ZoneInfo,
    on_progress: Callable[[int, int], None] | None = None,
) -> ReadResult:
    """Reads every grant of the file; what is wrong with it comes back as faults, never raised.

    Dates are ISO 8601, or exactly in `date_format` (as strptime takes it) where one is given; a
    day without a time begins in `zone`. `on_progress` is told how many rows of how many are done.
    """
    digest = ""
    try:
        dates = Dates(zone, date_format)
        reader, data = _opened(Path(path))
        digest = hashlib.sha256(data).hexdigest()
        if not data.strip():
            raise unreadable("file_empty")
        raw_rows = reader(data)
        if not raw_rows:
            raise unreadable("no_grants", "grants")
    except UnreadableFile as refused:
        return ReadResult((), refused.faults, digest)
    rows, faults = _read_rows(raw_rows, dates, on_progress or _no_report)
    return ReadResult(() if faults else rows, faults, digest, stated=len(raw_rows))


def _opened(path: Path) -> tuple[Callable[[bytes], list[RawRow]], bytes]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise unreadable("file_ending", ending=quoted(path.suffix))
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as failed:
        reason = getattr(failed, "strerror", None) or failed
        raise unreadable("file_unreadable", reason=reason) from None
    if len(data) > LARGEST_FILE_BYTES:
        size = path.stat().st_size
        raise unreadable("file_too_large", size=size, limit=LARGEST_FILE_BYTES)
    return reader, data


def _read_rows(
    raw_rows: list[RawRow], dates: Dates, on_progress: Callable[[int, int], None]
) -> tuple[tuple[GrantRow, ...], tuple[Fault, ...]]:
    rows: list[GrantRow] = []
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for done, raw in enumerate(raw_rows, start=1):
        noted = RowFaults(raw.number, names=raw.names)
        row = _read_row(raw, dates, noted)
        _note_repetition(noted, first)
        faults.extend(noted.found.values())
        if row is not None and not noted.found:
            rows.append(row)
        if done % ROWS_PER_REPORT == 0 or done == len(raw_rows):
            on_progress(done, len(raw_rows))
    return tuple(rows), tuple(faults)


def _read_row(raw: RawRow, dates: Dates, faults: RowFaults) -> GrantRow | None:
    faults.case = case_of(raw.grant)
    for remark in raw.remarks:
        faults.add(remark.path, remark.rule, **remark.details)
    source = kept_source(raw.content, faults)
    if not isinstance(raw.grant, dict) or not isinstance(source, dict):
        faults.add("row", "object_expected", value=quoted(raw.grant))
        return None
    return GrantReader(Cursor(raw.grant, faults), dates).row(raw.number, source)


def _note_repetition(faults: RowFaults, first: dict[str, int]) -> None:
    """Notes a grant that an earlier row has already, faulty or not."""
    if not faults.case:
        return
    earlier = first.setdefault(faults.case, faults.row)
    if earlier != faults.row:
        value = quoted(faults.case)
        faults.add("id", "grant_repeated", value=value, first=earlier, second=faults.row)


def _no_report(done: int, total: int) -> None:
    """Nobody asked for reports."""

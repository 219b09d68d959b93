"""Turns the rows of a sheet, CSV or workbook, into grants in the shape of 360Giving's JSON."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from infrastructure.imports.threesixty.documents import text_of
from infrastructure.imports.threesixty.faults import Fault, UnreadableFile, header_fault, unreadable
from infrastructure.imports.threesixty.fields import (
    Column,
    Kind,
    Path,
    column_of,
    path_name,
)
from infrastructure.imports.threesixty.guard import unguarded
from infrastructure.imports.threesixty.rows import RawRow, Remark

Cell = int | float | str | bool | date | datetime | time | timedelta

FUNDER = (("fundingOrganization", 0, "id"), ("fundingOrganization", 0, "name"))
RECIPIENT = (("recipientOrganization", 0, "id"), ("recipientOrganization", 0, "name"))
REQUIRED: tuple[Path, ...] = (
    ("id",),
    ("title",),
    ("description",),
    ("currency",),
    ("amountAwarded",),
    ("awardDate",),
    *RECIPIENT,
    *FUNDER,
)


@dataclass(frozen=True)
class Sheet:
    """What stands in a sheet: the header, the rows below it with their numbers, and bad cells."""

    header: Sequence[Cell]
    rows: Iterable[tuple[int, Sequence[Cell]]]
    unfit: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The rule that a cell breaks, by its row from 1 and its column from 0."""
    is_guarded: bool = False
    """Whether apostrophes stand before texts that would run as formulas."""


def csv_rows(data: bytes) -> list[RawRow]:
    """The grants of a CSV file; UnreadableFile where it has none that could be read."""
    # With strict reading a quote that is never closed is an error and not the rest of the file.
    lines = csv.reader(io.StringIO(text_of(data), newline=""), strict=True)
    try:
        header, *rows = lines
    except ValueError:
        raise unreadable("file_empty") from None
    except csv.Error as broken:
        raise unreadable("csv_broken", line=lines.line_num, reason=broken) from None
    return sheet_rows(Sheet(header, enumerate(rows, start=2), is_guarded=True))


def sheet_rows(sheet: Sheet) -> list[RawRow]:
    """The grants of a sheet; rows without any content are left out."""
    headers = [_text(cell) for cell in sheet.header]
    if sheet.is_guarded:
        headers = [unguarded(header) for header in headers]
    columns = {
        index: column
        for index, header in enumerate(headers)
        if (column := column_of(header)) is not None
    }
    faults = [*_missing(columns.values()), *_repeated(columns), *_unfit_header(sheet)]
    if faults:
        raise UnreadableFile(*faults)
    names = {path_name(column.path): headers[index].strip() for index, column in columns.items()}
    keys = _source_keys(headers)
    return [
        RawRow(
            number,
            content=_content(headers, keys, cells),
            grant=_grant(cells, columns, guarded=sheet.is_guarded),
            names=names,
            remarks=tuple(_remarks(number, cells, keys, columns, sheet.unfit)),
        )
        for number, cells in sheet.rows
        if any(cell != "" for cell in cells) or _row_is_unfit(number, sheet)
    ]


def cell_name(row: int, column: int) -> str:
    """The name that spreadsheet programs give a cell: B7 for row 7, column 1."""
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """The letters by which spreadsheet programs name a column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _missing(columns: Iterable[Column]) -> Iterator[Fault]:
    found = {column.path for column in columns}
    # A sheet of grants to individuals has no recipient organisations; its rows say what is wrong.
    spared = RECIPIENT if any(path[0] == "recipientIndividual" for path in found) else ()
    for path in REQUIRED:
        if path not in found and path not in spared:
            column = column_of(path_name(path))
            title = column.title if column else ""
            yield header_fault("column_missing", title, title=title)


def _repeated(columns: Mapping[int, Column]) -> Iterator[Fault]:
    first: dict[Path, int] = {}
    for index, column in columns.items():
        earlier = first.setdefault(column.path, index)
        if earlier != index:
            first_name, second_name = column_letters(earlier), column_letters(index)
            yield header_fault(
                "column_repeated", column.title, first=first_name, second=second_name
            )


def _unfit_header(sheet: Sheet) -> Iterator[Fault]:
    for (row, column), rule in sheet.unfit.items():
        if row == 1:
            cell = cell_name(row, column)
            yield header_fault(rule, cell, cell=cell)


def _row_is_unfit(number: int, sheet: Sheet) -> bool:
    return any(row == number for row, _ in sheet.unfit)


def _source_keys(headers: Sequence[str]) -> list[str]:
    """A key for each column; a header that is blank or stands twice is told by its column."""
    count = Counter(headers)
    return [
        header
        if header and count[header] == 1
        else f"{header} (column {column_letters(index)})".strip()
        for index, header in enumerate(headers)
    ]


def _content(
    headers: Sequence[str], keys: Sequence[str], cells: Sequence[Cell]
) -> dict[str, object]:
    trio = zip(headers, keys, cells, strict=False)
    return {key: cell for header, key, cell in trio if header or cell != ""}


def _remarks(
    number: int,
    cells: Sequence[Cell],
    keys: Sequence[str],
    columns: Mapping[int, Column],
    unfit: Mapping[tuple[int, int], str],
) -> Iterator[Remark]:
    if any(cell != "" for cell in cells[len(keys) :]):
        yield Remark("row", "cells_beyond_header", {"cells": len(cells), "columns": len(keys)})
    for index, column in columns.items():
        if rule := unfit.get((number, index)):
            yield Remark(path_name(column.path), rule, {"cell": cell_name(number, index)})


def _grant(
    cells: Sequence[Cell], columns: Mapping[int, Column], *, guarded: bool
) -> dict[str, Any]:
    grant: dict[str, Any] = {}
    for index, column in columns.items():
        cell = cells[index] if index < len(cells) else ""
        if guarded and isinstance(cell, str):
            cell = unguarded(cell)
        if not isinstance(cell, str) or cell.strip():
            _put(grant, column.path, _as_field(cell, column.kind))
    return grant


def _as_field(cell: Cell, kind: Kind) -> object:
    if kind is Kind.TEXTS:
        return [part.strip() for part in _text(cell).split(";")]
    return _text(cell) if kind is Kind.TEXT else cell


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _put(grant: dict[str, Any], path: Path, value: object) -> None:
    """Places a value, making the objects and the items of lists that lead to it."""
    here: Any = grant
    for part, following in pairwise(path):
        if isinstance(part, int):
            here.extend({} for _ in range(part + 1 - len(here)))
            here = here[part]
        else:
            here = here.setdefault(part, [] if isinstance(following, int) else {})
    here[path[-1]] = value

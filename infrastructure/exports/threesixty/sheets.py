"""Lays grants out as a sheet, one a row, and writes it as a CSV or as a workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeGuard

import xlsxwriter

from infrastructure.imports.threesixty.faults import quoted
from infrastructure.imports.threesixty.fields import GRANT, Column, Field, Kind, path_name
from infrastructure.imports.threesixty.fields import Path as FieldPath
from infrastructure.imports.threesixty.guard import guarded

SHEET = "grants"
LONGEST_CELL = 32_767
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384

CELL_TOLERANCE = Decimal("0.0000001")
"""How far a number may lie from the 15 digits that a cell of a workbook keeps of it."""

Grant = Mapping[str, Any]
Value = str | Decimal
Cells = dict[FieldPath, Value]
Ranks = tuple[int, ...]


class UnwritableGrant(ValueError):
    """A grant holds what the form cannot."""

    def __init__(self, grant: Grant, path: str, reason: str) -> None:
        super().__init__(f"The grant {quoted(grant.get('id'))} cannot be written: {path} {reason}.")


def write_csv(path: Path, grants: Sequence[Grant]) -> None:
    """Writes the grants as a CSV in UTF-8."""
    columns, rows = _table(grants)
    # Spreadsheet programs take a CSV for UTF-8 only if it begins with a mark, as this one does.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.title for column in columns])
        for cells in rows:
            values = (cells.get(column.path, "") for column in columns)
            writer.writerow([guarded(v) if isinstance(v, str) else f"{v:f}" for v in values])


def write_workbook(path: Path, grants: Sequence[Grant]) -> None:
    """Writes the grants as a workbook; ValueError where a sheet cannot hold that many."""
    columns, rows = _table(grants)
    if len(rows) >= MOST_ROWS or len(columns) > MOST_COLUMNS:
        raise ValueError("A sheet of a workbook cannot hold so many grants; write a CSV.")
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        sheet.freeze_panes(1, 1)
        for index, column in enumerate(columns):
            sheet.write_string(0, index, column.title)
        for number, (grant, cells) in enumerate(zip(grants, rows, strict=True), start=1):
            for index, column in enumerate(columns):
                value = cells.get(column.path, "")
                if isinstance(value, str) and len(value) > LONGEST_CELL:
                    reason = f"has more than {LONGEST_CELL} characters"
                    raise UnwritableGrant(grant, path_name(column.path), reason)
                _write_cell(sheet, number, index, value)


def _write_cell(sheet: Any, row: int, column: int, value: Value) -> None:
    """Writes a text as text, whatever it looks like, and so a number that a cell would change."""
    if isinstance(value, Decimal):
        if abs(Decimal(f"{value:.15g}") - value) <= CELL_TOLERANCE:
            sheet.write_number(row, column, float(value))
            return
        value = f"{value:f}"
    if value:
        sheet.write_string(row, column, value)


def _table(grants: Sequence[Grant]) -> tuple[list[Column], list[Cells]]:
    """The columns that any grant needs, in the standard's order, and the cells of each grant."""
    places: dict[FieldPath, tuple[Ranks, Column]] = {}
    rows: list[Cells] = []
    for grant in grants:
        cells: Cells = {}
        for ranks, column, value in _values(grant, GRANT, (), (), ()):
            places[column.path] = (ranks, column)
            cells[column.path] = _as_cell(grant, column, value)
        rows.append(cells)
    ordered = sorted(places.values(), key=lambda place: place[0])
    return [column for _, column in ordered], rows


def _values(
    holder: Mapping[str, Any],
    fields: Sequence[Field],
    path: FieldPath,
    titles: tuple[str, ...],
    ranks: Ranks,
) -> Iterator[tuple[Ranks, Column, object]]:
    """Each value below the holder that is not null, with its column and the column's rank."""
    for rank, field in enumerate(fields):
        value = holder.get(field.key)
        here, above, order = (*path, field.key), (*titles, field.title), (*ranks, rank)
        if field.kind is Kind.OBJECTS and _are_objects(value):
            for index, item in enumerate(value):
                yield from _values(
                    item, field.fields, (*here, index), (*above, str(index)), (*order, index)
                )
        elif field.kind is Kind.OBJECT and isinstance(value, Mapping):
            yield from _values(value, field.fields, here, above, order)
        elif value is not None:
            yield order, Column(here, above, field.kind), value


def _are_objects(value: object) -> TypeGuard[Sequence[Mapping[str, Any]]]:
    return isinstance(value, list | tuple) and all(isinstance(item, Mapping) for item in value)


def _as_cell(grant: Grant, column: Column, value: object) -> Value:
    if column.kind in (Kind.OBJECT, Kind.OBJECTS):
        raise UnwritableGrant(grant, path_name(column.path), f"is not of the kind {column.kind}")
    if column.kind is Kind.TEXTS and isinstance(value, list | tuple):
        value = ";".join(str(text) for text in value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise UnwritableGrant(grant, path_name(column.path), "is neither a text nor a number")
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)

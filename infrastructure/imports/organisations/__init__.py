"""Reads a register of organisations (.xlsx, .csv): its rows, or every fault with row and column.

A file with a fault is refused whole. Names, telephone and account numbers are handed over beside
the rows, which refer to them; they are no part of what is recorded.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from application.register_files import LARGEST_REGISTER
from application.registers import RegisterRow
from infrastructure.imports.organisations.columns import columns_of
from infrastructure.imports.organisations.rows import Private, RowReader
from infrastructure.imports.threesixty.faults import (
    Fault,
    RowFaults,
    UnreadableFile,
    quoted,
    unreadable,
)
from infrastructure.imports.threesixty.guard import unguarded
from infrastructure.imports.threesixty.sheets import Cell, Sheet, cell_name
from infrastructure.imports.threesixty.workbooks import workbook_sheet

__all__ = ["Private", "Register", "noted", "read_content", "read_register", "sheet_of_file"]

LARGEST_FILE_BYTES = LARGEST_REGISTER
ROWS_PER_REPORT = 500


def unseen(done: int, total: int) -> None:
    """Nobody watches the progress."""


class Register:
    """What a file holds: its rows and what is private of them, or every fault."""

    def __init__(self) -> None:
        self.rows: list[RegisterRow] = []
        self.private: list[Private] = []
        self.faults: list[Fault] = []
        self.sha256 = ""


def read_register(path: Path, today: date, on_progress: Callable[[int, int], None]) -> Register:
    """Reads every row of a file; what is wrong comes back as faults, never raised."""
    try:
        return read_content(_bytes(path), path.suffix, today, on_progress)
    except UnreadableFile as refused:
        register = Register()
        register.faults.extend(refused.faults)
        return register


def read_content(
    data: bytes, ending: str, today: date, on_progress: Callable[[int, int], None] = unseen
) -> Register:
    """Reads every row of what a file with that ending holds; faults are never raised."""
    register = Register()
    register.sha256 = hashlib.sha256(data).hexdigest()
    try:
        sheet = _sheet(data, ending)
        _read(sheet, register, RowReader(today), on_progress)
    except UnreadableFile as refused:
        register.faults.extend(refused.faults)
    return register


def sheet_of_file(path: Path) -> tuple[Sheet, str]:
    """The sheet of a .csv or .xlsx and the SHA-256 of the file; UnreadableFile where it is none."""
    data = _bytes(path)
    return _sheet(data, path.suffix), hashlib.sha256(data).hexdigest()


def _sheet(data: bytes, ending: str) -> Sheet:
    check_size(data)
    check_ending(ending)
    if not data.strip():
        raise unreadable("file_empty")
    return workbook_sheet(data) if ending.lower() == ".xlsx" else _csv_sheet(data)


def check_ending(ending: str) -> None:
    """Refuses a file by the end of its name."""
    if ending.lower() not in (".csv", ".xlsx"):
        raise unreadable("register_ending", ending=quoted(ending))


def check_size(data: bytes) -> None:
    """Refuses a file that is too large."""
    if len(data) > LARGEST_FILE_BYTES:
        raise unreadable("file_too_large", size=f"> {LARGEST_FILE_BYTES}", limit=LARGEST_FILE_BYTES)


def _bytes(path: Path) -> bytes:
    check_ending(path.suffix)
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as failed:
        reason = getattr(failed, "strerror", None) or failed
        raise unreadable("file_unreadable", reason=reason) from None


def _csv_sheet(data: bytes) -> Sheet:
    """The sheet of a CSV in UTF-8, else in GB 18030, as spreadsheet programs in China save it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise unreadable("register_encoding") from None
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header, *rows = ([unguarded(cell) for cell in line] for line in lines)
    except ValueError:
        raise unreadable("file_empty") from None
    except csv.Error as broken:
        raise unreadable("csv_broken", line=lines.line_num, reason=broken) from None
    return Sheet(header, enumerate(rows, start=2))


def _read(
    sheet: Sheet, register: Register, reader: RowReader, on_progress: Callable[[int, int], None]
) -> None:
    columns = columns_of(sheet)
    lines = [(number, cells) for number, cells in sheet.rows]
    unfit_rows = {row for row, _ in sheet.unfit}
    for done, (number, cells) in enumerate(lines, start=1):
        if all(cell == "" for cell in cells) and number not in unfit_rows:
            continue
        faults = noted(sheet, columns, number, cells)
        stated = {field: cells[at] for at, (field, _) in columns.items() if at < len(cells)}
        row = reader.row(number, stated, faults)
        register.faults.extend(faults.found.values())
        if row is not None:
            register.rows.append(row[0])
            register.private.append(row[1])
        if done % ROWS_PER_REPORT == 0 or done == len(lines):
            on_progress(done, len(lines))
    if not register.rows and not register.faults:
        raise unreadable("register_empty")


def noted(
    sheet: Sheet, columns: dict[int, tuple[str, str]], number: int, cells: Sequence[Cell]
) -> RowFaults:
    """What is wrong with the cells of a row before any of them is read."""
    faults = RowFaults(number, names=dict(columns.values()))
    if any(cell != "" for cell in cells[len(sheet.header) :]):
        faults.add("row", "cells_beyond_header", cells=len(cells), columns=len(sheet.header))
    for index, (field, _) in columns.items():
        if rule := sheet.unfit.get((number, index)):
            faults.add(field, rule, cell=cell_name(number, index))
    return faults

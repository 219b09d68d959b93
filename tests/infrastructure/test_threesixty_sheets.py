"""Reading 360Giving grants from CSV files and workbooks, and what keeps one from being read."""

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from infrastructure.imports.threesixty import ReadResult, fingerprint, workbooks
from infrastructure.imports.threesixty.fields import column_of
from tests.infrastructure.threesixty import (
    CELLS,
    HEADER,
    cells,
    read_bytes,
    read_csv,
    read_workbook,
    told,
)

SOUND = dict(zip(HEADER, CELLS, strict=True))


def workbook_bytes(change: Any, sheet: str = "grants") -> bytes:
    """A workbook with the sound row, after a change to its sheet (row 1, columns from 0)."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet(sheet)
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, CELLS)
        change(page)
    return file.getvalue()


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of one part replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != part or old in content
            after.writestr(name, content.replace(old, new) if name == part else content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("Identifier", ("id",)),
        ("Last modified", ("dateModified",)),
        ("Grant Programme: Title", ("grantProgramme", 0, "title")),
        ("Recipient Org:1:Location:2:Geographic Code", None),
        ("recipientOrganization/1/location/2/geoCode", None),
        ("RECIPIENT ORG : 0 : name", ("recipientOrganization", 0, "name")),
        ("Planned Dates:Duration (months)", ("plannedDates", 0, "duration")),
        ("Related Activity", ("relatedActivity",)),
    ],
)
def test_a_column_is_known_by_title_or_path(
    header: str, path: tuple[str | int, ...] | None
) -> None:
    column = column_of(header)

    nested = ("recipientOrganization", 1, "location", 2, "geoCode")
    assert column is not None
    assert column.path == (path or nested)


@pytest.mark.parametrize(
    "header", ["", "Open Call?", "Recipient Org", "Title:Name", ":", "0", "//"]
)
def test_a_column_that_the_standard_does_not_know(header: str) -> None:
    assert column_of(header) is None


@pytest.mark.parametrize("read", [read_csv, read_workbook])
def test_blank_rows_and_unknown_columns(tmp_path: Path, read: Any) -> None:
    result: ReadResult = read(tmp_path, [*HEADER, "Open Call?", ""], [], [*CELLS, "YES"])

    assert result.faults == ()
    (row,) = result.rows
    assert (row.row, row.awarded_minor, row.awarded_on) == (3, 150_050, date(2020, 11, 3))
    assert row.source == {**SOUND, "Open Call?": "YES"}


def test_cells_of_a_workbook_have_types(tmp_path: Path) -> None:
    typed = cells(Identifier=1978, AmountAwarded=1500.5, AwardDate=date(2020, 11, 3))
    half_past_nine = datetime.combine(date(2020, 11, 3), time(9, 30))
    timed = cells(Identifier=1979, Title=True, AwardDate=half_past_nine)
    plain = cells(Identifier="1978")

    first, second = read_workbook(tmp_path, HEADER, typed, timed).rows
    (from_text,) = read_csv(tmp_path, HEADER, plain).rows

    assert fingerprint(first) == fingerprint(from_text)
    assert first.source["Identifier"] == 1978
    assert (second.title, second.awarded_at.hour) == ("True", 1)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    result = read_csv(tmp_path, HEADER[:-1], CELLS[:-1])

    assert told(result) == {(1, "Funding Org:0:Name", "column_missing")}
    assert "Funding Org:0:Name" in result.faults[0].message_zh


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([[*HEADER, "Title"], [*CELLS, "x"]], (1, "Title", "column_repeated")),
        ([[*HEADER, "title "], [*CELLS, "x"]], (1, "Title", "column_repeated")),
        ([HEADER, [*CELLS, "", "beyond"]], (2, "row", "cells_beyond_header")),
        ([HEADER, cells(Title="")], (2, "Title", "missing")),
        ([HEADER, cells(AwardDate="05/06/2014")], (2, "Award Date", "date_not_iso")),
        ([HEADER, cells(AmountAwarded="1,500")], (2, "Amount Awarded", "amount_expected")),
        ([HEADER, cells(Description="x" * 50_000)], (2, "row", "row_too_large")),
        ([HEADER, CELLS, CELLS], (3, "Identifier", "grant_repeated")),
        ([HEADER, cells(Title="a\0b")], (2, "Title", "text_unclean")),
        (
            [[*HEADER, "Recipient Ind:Name"], [*CELLS, "A. Person"]],
            (2, "recipientIndividual", "individual"),
        ),
    ],
)
def test_faults_of_a_csv(
    tmp_path: Path, rows: list[list[Any]], fault: tuple[int, str, str]
) -> None:
    assert told(read_csv(tmp_path, *rows)) == {fault}


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b'Identifier\n"never closed', "csv_broken"),
        (b"Identifier\n" + b"x" * 10_000_000, "csv_broken"),
        ("Identifier,名称".encode("gbk"), "not_utf8"),
        ("Identifier".encode("utf-16"), "not_utf8"),
        (b"\xef\xbb\xbf" + ",".join(HEADER).encode(), "no_grants"),
    ],
)
def test_a_csv_that_cannot_be_read(tmp_path: Path, data: bytes, rule: str) -> None:
    assert [fault.rule for fault in read_bytes(tmp_path, "grants.csv", data).faults] == [rule]


def test_a_guarded_text_is_read_as_what_it_was(tmp_path: Path) -> None:
    (row,) = read_csv(tmp_path, HEADER, cells(Title="'=1+1", Description="'twas")).rows

    assert (row.title, row.description) == ("=1+1", "'twas")
    assert row.source["Title"] == "'=1+1"


def test_the_sheet_named_grants_comes_before_the_first(tmp_path: Path) -> None:
    file = tmp_path / "grants.xlsx"
    with xlsxwriter.Workbook(str(file)) as workbook:
        workbook.add_worksheet("Notes").write(0, 0, "=1+1")
        page = workbook.add_worksheet("Grants")
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, CELLS)

    assert len(read_bytes(tmp_path, "grants.xlsx", file.read_bytes()).rows) == 1
    assert len(read_workbook(tmp_path, HEADER, CELLS, sheet="Anything").rows) == 1


def test_formulas_and_errors_are_named_by_cell(tmp_path: Path) -> None:
    def change(page: Any) -> None:
        page.write_formula(1, 4, "=1000+500.5", None, 1500.5)
        page.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        page.write_formula(1, 12, "=1")

    result = read_bytes(tmp_path, "grants.xlsx", workbook_bytes(change))

    assert told(result) == {(2, "Title", "formula"), (2, "Amount Awarded", "formula")}
    assert any("Cell E2" in fault.message_en for fault in result.faults)


def test_a_formula_in_the_header(tmp_path: Path) -> None:
    data = workbook_bytes(lambda page: page.write_formula(0, 11, '="Title"'))

    assert told(read_bytes(tmp_path, "grants.xlsx", data)) == {(1, "L1", "formula")}


SHEET = "xl/worksheets/sheet1.xml"
WHOLE = workbook_bytes(lambda page: None)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"PK", "workbook_broken"),
        (b"no archive at all", "workbook_broken"),
        (WHOLE[: len(WHOLE) // 2], "workbook_broken"),
        (rewritten(WHOLE, "xl/workbook.xml", b"<sheets>", b"<shoots>"), "workbook_broken"),
        (rewritten(WHOLE, SHEET, b"</sheetData>", b""), "workbook_broken"),
        (rewritten(WHOLE, SHEET, b'r="A2"', b'r="XFD1048576"'), "sheet_too_large"),
        (rewritten(WHOLE, SHEET, b'r="A2"', b"r='xfd1048576'"), "sheet_too_large"),
        (
            rewritten(WHOLE, SHEET, b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>'),
            "workbook_broken",
        ),
    ],
)
def test_a_workbook_that_cannot_be_read(tmp_path: Path, data: bytes, rule: str) -> None:
    assert [fault.rule for fault in read_bytes(tmp_path, "grants.xlsx", data).faults] == [rule]


def test_an_empty_sheet_has_no_grants(tmp_path: Path) -> None:
    assert [fault.rule for fault in read_workbook(tmp_path).faults] == ["no_grants"]
    assert [fault.rule for fault in read_workbook(tmp_path, HEADER).faults] == ["no_grants"]


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_BYTES", 1_000_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"0" * 1_000_001)

    result = read_bytes(tmp_path, "grants.xlsx", file.getvalue())

    assert [fault.rule for fault in result.faults] == ["workbook_too_large"]


def test_a_text_that_too_many_cells_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_CHARACTERS", 30_000)

    (result,) = read_workbook(tmp_path, HEADER, *[cells(Title="x" * 1_000)] * 40).faults

    assert result.rule == "workbook_too_large"


def test_a_part_that_understates_its_size_is_broken(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 100_000)
    data = file.getvalue().replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    result = read_bytes(tmp_path, "grants.xlsx", data)

    assert [fault.rule for fault in result.faults] == ["workbook_broken"]

"""What somebody wrote runs in no spreadsheet program; numbers stay numbers."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from infrastructure.exports.threesixty.sheets import write_csv, write_workbook
from infrastructure.imports.threesixty.guard import unguarded

HOSTILE = (
    '=HYPERLINK("http://evil.example","看这里")',
    "=1+1",
    "+86 1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "'=1",
)


def grant(text: str) -> dict[str, Any]:
    return {"id": "g1", "title": text, "currency": "CNY", "amountAwarded": Decimal("-5")}


def titled(cells: list[Any], head: list[Any]) -> tuple[Any, Any]:
    """The title and the amount of a row."""
    return cells[head.index("Title")], cells[head.index("Amount Awarded")]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_of_a_csv_begins_with_nothing_that_runs(tmp_path: Path, text: str) -> None:
    file = tmp_path / "grants.csv"
    write_csv(file, [grant(text)])
    with file.open(encoding="utf-8-sig", newline="") as opened:
        head, cells = csv.reader(opened)
    title, amount = titled(cells, head)
    assert title.startswith("'")
    assert (unguarded(title), amount) == (text, "-5")


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\r" not in text])
def test_a_cell_of_a_workbook_is_a_text_and_no_formula(tmp_path: Path, text: str) -> None:
    file = tmp_path / "grants.xlsx"
    write_workbook(file, [grant(text)])
    head, cells = load_workbook(file).worksheets[0].iter_rows()
    title, amount = titled(list(cells), [cell.value for cell in head])
    assert (title.data_type, title.value) == ("s", text)
    assert (amount.data_type, amount.value) == ("n", -5)

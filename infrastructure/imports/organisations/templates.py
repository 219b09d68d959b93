"""A register to fill in: its headings, and what belongs under each."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter

from infrastructure.imports.organisations.columns import HEADINGS, REQUIRED

LAST_ROW = 5_000


def template_of(form: str) -> bytes:
    """An empty register, as xlsx or csv; a spreadsheet takes the CSV for UTF-8 by its mark."""
    if form == "csv":
        return (",".join(names[0] for names in HEADINGS.values()) + "\r\n").encode("utf-8-sig")
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        fill(workbook)
    return made.getvalue()


def write_template(path: Path) -> None:
    """Writes the workbook to a file."""
    path.write_bytes(template_of("xlsx"))


def fill(workbook: xlsxwriter.Workbook) -> None:
    """Adds an empty sheet with its headings, and a sheet that explains them."""
    sheet = workbook.add_worksheet("社会组织")
    # Long codes stay whole only in cells that hold texts.
    sheet.set_column(0, len(HEADINGS) - 1, 20, workbook.add_format({"num_format": "@"}))
    sheet.freeze_panes(1, 0)
    for at, names in enumerate(HEADINGS.values()):
        sheet.write_string(0, at, names[0])
    kind = list(HEADINGS).index("kind")
    choice = {"validate": "list", "source": ["登记", "备案"]}
    sheet.data_validation(1, kind, LAST_ROW, kind, choice)
    explained = workbook.add_worksheet("说明")
    explained.write_row(0, 0, ["列", "Column", "必填 Required"])
    for at, (field, names) in enumerate(HEADINGS.items(), start=1):
        explained.write_row(at, 0, [*names, "是 yes" if field in REQUIRED else ""])

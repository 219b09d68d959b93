"""A workbook to fill in: the headings of a register, and what belongs under each."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from infrastructure.imports.organisations.columns import HEADINGS, REQUIRED

LAST_ROW = 5_000


def write_template(path: Path) -> None:
    """Writes the workbook: an empty sheet with its headings, and a sheet that explains them."""
    with xlsxwriter.Workbook(str(path)) as workbook:
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

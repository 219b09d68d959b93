"""What the tests of 360Giving files share: one sound grant, and short ways to write and read."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from infrastructure.imports.threesixty import ReadResult, read_360giving

SHANGHAI = ZoneInfo("Asia/Shanghai")

GRANT: dict[str, Any] = {
    "id": "360G-example-1",
    "title": "Warm meals",
    "description": "Lunches for people over 80",
    "currency": "GBP",
    "amountAppliedFor": 2000,
    "amountAwarded": 1500.5,
    "awardDate": "2020-11-03",
    "plannedDates": [{"startDate": "2021-01-01", "endDate": "2021-12-31", "duration": 12}],
    "recipientOrganization": [{"id": "GB-CHC-1", "name": "Neighbours"}],
    "fundingOrganization": [{"id": "GB-CHC-2", "name": "A Foundation"}],
    "grantProgramme": [{"code": "E", "title": "Elders"}],
    "beneficiaryLocation": [{"name": "Leeds"}, {"name": "York"}],
    "disbursementTransaction": [{"transactionDate": "2021-01-05", "value": 700.25}],
    "dateModified": "2021-02-15T00:00:00+00:00",
}

HEADER = [
    "Identifier",
    "Title",
    "Description",
    "Currency",
    "Amount Awarded",
    "Award Date",
    "Recipient Org:Identifier",
    "Recipient Org:Name",
    "Funding Org:0:Identifier",
    "fundingOrganization/0/name",
]
CELLS = [
    "360G-example-1",
    "Warm meals",
    "Lunches",
    "GBP",
    "1500.50",
    "2020-11-03",
    "GB-CHC-1",
    "Neighbours",
    "GB-CHC-2",
    "A Foundation",
]


def cells(**changes: Any) -> list[Any]:
    """The sound row of a sheet with some cells changed, each named as in HEADER."""
    named = {title.partition(":")[0].replace(" ", ""): index for index, title in enumerate(HEADER)}
    row: list[Any] = list(CELLS)
    for name, value in changes.items():
        row[named[name]] = value
    return row


def read_bytes(folder: Path, name: str, data: bytes, **options: Any) -> ReadResult:
    file = folder / name
    file.write_bytes(data)
    return read_360giving(file, zone=SHANGHAI, **options)


def read_grants(folder: Path, *grants: object, **options: Any) -> ReadResult:
    text = json.dumps({"grants": grants})
    return read_bytes(folder, "grants.json", text.encode(), **options)


def read_grant(folder: Path, **changes: object) -> ReadResult:
    """Reads the sound grant with some fields changed; a field changed to ... is left out."""
    changed = {**GRANT, **changes}
    return read_grants(folder, {key: item for key, item in changed.items() if item is not ...})


def read_csv(folder: Path, *rows: Sequence[object], **options: Any) -> ReadResult:
    file = folder / "grants.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return read_360giving(file, zone=SHANGHAI, **options)


def read_workbook(folder: Path, *rows: Sequence[Any], sheet: str = "grants") -> ReadResult:
    file = folder / "grants.xlsx"
    with xlsxwriter.Workbook(str(file), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        page = workbook.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return read_360giving(file, zone=SHANGHAI)


def told(result: ReadResult) -> set[tuple[int, str, str]]:
    """The faults as row, field and rule."""
    return {(fault.row, fault.field, fault.rule) for fault in result.faults}

"""What three real lists of past awards state, read without any of the importer."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.conftest import REPOSITORY

MAPPINGS = REPOSITORY / "docs" / "mappings"
Stated = Counter[tuple[str, int | None, str | None]]


@dataclass
class Said:
    """Awards and their sum, outcomes by words, amount and day, and rows without an award."""

    awards: int = 0
    awarded_minor: int = 0
    outcomes: Stated = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)


def minor(amount: object, digits: int) -> int:
    exact = Decimal(str(amount)) * 10**digits
    assert exact == int(exact)
    return int(exact)


def day(text: str) -> str:
    return text[:10]


def tokenhouse(file: Path) -> Said:
    said = Said()
    for row in csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")):
        status = row["Status"].strip()
        if not status:
            said.without[""] += 1
            continue
        said.awards += 1
        said.awarded_minor += minor(row["OP Total Amount"], 3)
        said.outcomes[status, None, None] += 1
        if row["OP Delivered"]:
            said.outcomes["OP Delivered", minor(row["OP Delivered"], 3), None] += 1
        if row["Initial delivery date"]:
            said.outcomes["Initial delivery date", None, day(row["Initial delivery date"])] += 1
    return said


def govgrants(file: Path) -> Said:
    said = Said()
    for row in json.loads(file.read_text()):
        if row["amount"] is None:
            said.without[row["status"].strip()] += 1
            continue
        said.awards += 1
        said.awarded_minor += minor(row["amount"], 3)
        said.outcomes[row["status"].strip(), None, None] += 1
        for key, value in row["meta"].items():
            if "Delivered" in key:
                said.outcomes[key, minor(value, 3), None] += 1
            elif "Delivery Date" in key:
                said.outcomes[key, None, day(value)] += 1
            elif key == "L2 OP Return txn":
                said.outcomes[f"{key} {value}", None, None] += 1
    return said


def monero(file: Path) -> Said:
    said = Said()
    for row in csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")):
        if row["status"] not in ("work_in_progress", "completed"):
            said.without[row["status"]] += 1
            continue
        said.awards += 1
        said.awarded_minor += minor(row["XMR_raised"], 2)
        said.outcomes[row["status"], None, None] += 1
        done = f"milestones {row['milestones_completed']}/{row['milestones_total']}"
        said.outcomes[done, None, None] += 1
    return said


@dataclass(frozen=True)
class Case:
    """A list, its mapping, how many rows it has, its unit, and who else can read it."""

    file: str
    mapping: str
    rows: int
    unit: str
    read: Callable[[Path], Said]

    @property
    def map(self) -> Path:
        return MAPPINGS / self.mapping


CASES = {
    "tokenhouse": Case(
        "matched_tokenhouse_projects_S1-7.csv", "optimism-tokenhouse.toml", 535, "OP:3", tokenhouse
    ),
    "govgrants": Case("govgrants_s6.json", "optimism-govgrants.toml", 481, "OP:3", govgrants),
    "monero": Case("proposals_monero.csv", "monero-ffs.toml", 217, "XMR:2", monero),
}

Change = Callable[[list[dict[str, Any]]], None]


def altered(file: Path, folder: Path, change: Change) -> Path:
    """A copy of the list, in a folder of the test, in which something was changed."""
    copy = folder / file.name
    if file.suffix == ".json":
        rows = json.loads(file.read_text())
        change(rows)
        copy.write_text(json.dumps(rows))
        return copy
    with file.open(newline="", encoding="utf-8") as opened:
        reader = csv.DictReader(opened)
        listed: list[dict[str, Any]] = [dict(row) for row in reader]
        names = reader.fieldnames or ()
    change(listed)
    with copy.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, names)
        writer.writeheader()
        writer.writerows(listed)
    return copy

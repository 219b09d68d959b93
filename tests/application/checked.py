"""Small steps that check, grade, examine and inspect the organisation of a path."""

from __future__ import annotations

from typing import Any

from application.principals import Held
from tests.application.refusing import refused, rules
from tests.district import DISTRICT
from tests.played import Path

OFFICER = "district_officer"

SCORES = [
    {"dimension": "party_work", "points": 80},
    {"dimension": "governance", "points": 75},
    {"dimension": "finance", "points": 70},
    {"dimension": "activities", "points": 90},
    {"dimension": "team", "points": 65},
    {"dimension": "impact", "points": 85},
]
"""80·0.15 + 75·0.2 + 70·0.2 + 90·0.2 + 65·0.15 + 85·0.1 = 12 + 15 + 14 + 18 + 9.75 + 8.5."""

CAPACITY = 77_250
"""What these points add up to, in thousandths of a point."""

FAULT: dict[str, Any] = {
    "statement": "签到表缺三次", "severity": "serious", "owner": "person:legal",
}  # fmt: skip
FAULTY: dict[str, Any] = {
    "kind": "special_inspection",
    "result": "faults_found",
    "inspected_on": "2026-03-02",
    "inspectors": ["person:zhou", "person:wu"],
    "faults": [FAULT],
}


def tell(path: Path, who: str, verb: str, **said: Any) -> None:
    path.tell(who, "organisations", verb, path.organisation, **said)


def refusal(path: Path, who: str, verb: str, **said: Any) -> list[str]:
    """The rules that refuse it."""
    return rules(refused(path.district, who, "organisations", verb, path.organisation, **said))


def submitted(path: Path, year: int = 2025) -> None:
    tell(path, "legal", "submit-annual-check", year=year)


def concluded(path: Path, result: str = "passed", year: int = 2025) -> None:
    tell(path, OFFICER, "conclude-annual-check", year=year, result=result)


def checked(path: Path, result: str = "passed") -> None:
    """The check of 2025 is handed in and concluded."""
    submitted(path)
    concluded(path, result)


def graded(path: Path, grade: str = "3A") -> None:
    tell(path, OFFICER, "grade", grade=grade)


def diagnosed(path: Path) -> None:
    tell(path, "evaluator", "record-health-check", scores=SCORES)


def insider(path: Path, role: str) -> str:
    """An officer of that role who belongs to the organisation."""
    mine = Held("applicant", organisation=path.organisation)
    path.district.person(f"insider {role}", Held(role, DISTRICT), mine)
    return f"insider {role}"

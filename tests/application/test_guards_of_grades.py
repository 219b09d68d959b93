"""The rules of grades of organisations: each refuses and permits."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from tests.application.checked import (
    OFFICER,
    checked,
    concluded,
    graded,
    insider,
    refusal,
    submitted,
    tell,
)
from tests.application.test_standing import listed, organisation, unlisted
from tests.district import District
from tests.played import Path, with_organisation

GRADE = {"grade": "3A"}


def punished(path: Path, kind: str) -> None:
    """A credit record of that kind, of the second of March."""
    said: dict[str, Any] = {"basis": "依据", "happened_on": "2026-03-02", "calendar": "CN-2026.1"}
    tell(path, "oversight_officer", "record-credit", kind=kind, **said)


@pytest.mark.parametrize(
    ("checks", "rule"),
    [
        ([], "O14.annual_check"),
        ([(2023, "passed")], "O14.annual_check"),
        ([(2024, "failed")], "O14.annual_check"),
        ([(2023, "basically_passed"), (2024, "basically_passed")], "O14.basically"),
        ([(2022, "basically_passed"), (2024, "basically_passed")], ""),
        ([(2023, "basically_passed"), (2024, "passed")], ""),
        ([(2023, "failed"), (2024, "basically_passed")], ""),
    ],
)
def test_the_last_annual_checks_decide_whether_an_organisation_is_graded(
    district: District, checks: list[tuple[int, str]], rule: str
) -> None:
    known = [{"year": year, "result": result} for year, result in checks]
    path = with_organisation(district, annual_checks=known)
    if rule:
        assert refusal(path, OFFICER, "grade", **GRADE) == [rule]
    else:
        graded(path)


def test_a_check_that_is_concluded_early_counts_at_once(district: District) -> None:
    path = with_organisation(district)
    checked(path, "failed")
    assert refusal(path, OFFICER, "grade", **GRADE) == ["O14.annual_check"]


@pytest.mark.parametrize("kind", ["breach", "penalty"])
def test_who_was_punished_is_not_graded_in_that_year_nor_the_next(
    district: District, kind: str
) -> None:
    path = with_organisation(district)
    punished(path, kind)
    assert refusal(path, OFFICER, "grade", **GRADE) == ["O14.punished"]
    district.wait(days=305)
    submitted(path, 2026)
    concluded(path, "passed", 2026)
    assert district.today == date(2027, 1, 1)
    assert refusal(path, OFFICER, "grade", **GRADE) == ["O14.punished"]
    district.wait(days=365)
    graded(path)


@pytest.mark.parametrize("kind", ["warning", "commendation", "write_off", "other_credit"])
def test_other_credit_does_not_keep_an_organisation_from_being_graded(
    district: District, kind: str
) -> None:
    path = with_organisation(district)
    punished(path, kind)
    graded(path)


def test_an_organisation_on_a_list_is_graded_when_it_is_off_it(district: District) -> None:
    path = with_organisation(district)
    listed(path)
    assert refusal(path, OFFICER, "grade", **GRADE) == ["O14.list"]
    unlisted(path)
    graded(path)
    assert (organisation(path).grade, organisation(path).grade_until) == ("3A", date(2031, 3, 1))


def test_everything_that_keeps_a_grade_away_is_said_at_once(district: District) -> None:
    path = with_organisation(district, annual_checks=[])
    punished(path, "penalty")
    listed(path)
    who = insider(path, "district_officer")
    assert refusal(path, who, "grade", **GRADE) == [
        "O14.annual_check", "O14.punished", "O14.list", "O14.interest",
    ]  # fmt: skip


def test_a_grade_is_lowered_to_a_lower_one_or_revoked(district: District) -> None:
    path = with_organisation(district)
    lower = partial(refusal, path, OFFICER, "lower-grade", cause="治理不规范")
    assert lower(grade="none") == ["O14a.graded"]
    graded(path)
    assert lower(grade="3A") == ["O14a.lower"]
    assert lower(grade="4A") == ["O14a.lower"]
    who = insider(path, "district_officer")
    said = {"grade": "2A", "cause": "治理不规范"}
    assert refusal(path, who, "lower-grade", **said) == ["O14a.interest"]
    tell(path, OFFICER, "lower-grade", **said)
    assert (organisation(path).grade, organisation(path).grade_until) == ("2A", date(2031, 3, 1))
    tell(path, OFFICER, "lower-grade", grade="none", cause="撤销")
    assert (organisation(path).grade, organisation(path).grade_until) == ("", None)
    assert lower(grade="1A") == ["O14a.graded"]


def test_a_grade_that_is_over_is_not_lowered(district: District) -> None:
    path = with_organisation(district)
    graded(path)
    grade = organisation(path)
    assert grade.grade_on(date(2031, 3, 1)) == "3A"
    assert grade.grade_on(date(2031, 3, 2)) == ""

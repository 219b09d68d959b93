"""The rules of annual checks, grades, health checks and inspections: each refuses and permits."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from application.principals import Held
from tests.application.checked import (
    CAPACITY,
    FAULT,
    FAULTY,
    OFFICER,
    SCORES,
    checked,
    concluded,
    diagnosed,
    graded,
    insider,
    refusal,
    submitted,
    tell,
)
from tests.application.refusing import refused, rules
from tests.application.test_standing import listed, organisation, unlisted
from tests.district import DISTRICT, District, uscc
from tests.played import Path, with_organisation

GRADE = {"grade": "3A"}


def punished(path: Path, kind: str) -> None:
    """A credit record of that kind, of the second of March."""
    said: dict[str, Any] = {"basis": "依据", "happened_on": "2026-03-02", "calendar": "CN-2026.1"}
    tell(path, "oversight_officer", "record-credit", kind=kind, **said)


@pytest.mark.parametrize("year", [2024, 2026])
def test_a_check_is_handed_in_for_the_year_that_has_just_ended(
    district: District, year: int
) -> None:
    path = with_organisation(district, annual_checks=[])
    assert refusal(path, "legal", "submit-annual-check", year=year) == ["O10.open"]
    submitted(path)


@pytest.mark.parametrize(("days", "is_late"), [(90, False), (91, True)])
def test_a_check_is_late_from_the_first_of_june(
    district: District, days: int, is_late: bool
) -> None:
    """The second of March and ninety days are the 31st of May."""
    path = with_organisation(district, annual_checks=[])
    district.wait(days=days)
    submitted(path)
    assert [each.is_late for each in organisation(path).annual_checks] == [is_late]


def test_a_check_is_handed_in_and_concluded_once_a_year(district: District) -> None:
    path = with_organisation(district)
    submitted(path)
    assert refusal(path, "legal", "submit-annual-check", year=2025) == ["O10.once"]
    concluded(path)
    again = {"year": 2025, "result": "failed"}
    assert refusal(path, OFFICER, "conclude-annual-check", **again) == ["O10a.once"]
    assert refusal(path, "legal", "submit-annual-check", year=2025) == ["O10.once"]
    district.wait(days=365)
    submitted(path, 2026)
    found = organisation(path)
    assert (found.checked_year, found.check_result) == (2025, "passed")
    assert [each.year for each in found.annual_checks] == [2024, 2025, 2026]


def test_only_the_legal_representative_hands_a_check_in(district: District) -> None:
    path = with_organisation(district)
    assert refusal(path, "applicant", "submit-annual-check", year=2025) == ["O10.who"]
    assert refusal(path, OFFICER, "submit-annual-check", year=2025) == ["O10.who"]


@pytest.mark.parametrize(
    ("registered_on", "asked"), [("2025-07-01", ["O10.new"]), ("2025-06-30", [])]
)
def test_who_was_registered_late_in_a_year_is_not_checked_for_it(
    district: District, registered_on: str, asked: list[str]
) -> None:
    path = with_organisation(district, registered_on=registered_on, annual_checks=[])
    if asked:
        assert refusal(path, "legal", "submit-annual-check", year=2025) == asked
        district.wait(days=92)
        missed = {"year": 2025, "result": "failed"}
        assert refusal(path, OFFICER, "conclude-annual-check", **missed) == ["O10a.new"]
    else:
        submitted(path)


def test_what_is_neither_handed_in_nor_overdue_is_not_concluded(district: District) -> None:
    path = with_organisation(district, annual_checks=[])
    conclude = partial(refusal, path, OFFICER, "conclude-annual-check", result="failed")
    assert conclude(year=2025) == ["O10a.submitted"]
    assert conclude(year=2023) == ["O10a.submitted"]
    concluded(path, "failed", 2024)
    district.wait(days=91)
    concluded(path, "failed", 2025)


def test_an_overdue_check_is_failed_and_nothing_else(district: District) -> None:
    path = with_organisation(district)
    district.wait(days=91)
    said = {"year": 2025, "result": "basically_passed"}
    assert refusal(path, OFFICER, "conclude-annual-check", **said) == ["O10a.overdue"]
    concluded(path, "failed")
    assert organisation(path).check_result == "failed"


def test_nobody_concludes_what_they_handed_in_themselves(district: District) -> None:
    path = with_organisation(district)
    mine = Held("legal_representative", organisation=path.organisation)
    district.person("both", Held("district_officer", DISTRICT), mine)
    tell(path, "both", "submit-annual-check", year=2025)
    said = {"year": 2025, "result": "passed"}
    found = refusal(path, "both", "conclude-annual-check", **said)
    assert found == ["O10a.submitter", "O10a.interest"]
    district.person("both", Held("district_officer", DISTRICT))
    assert refusal(path, "both", "conclude-annual-check", **said) == ["O10a.submitter"]
    other = insider(path, "subdistrict_officer")
    assert refusal(path, other, "conclude-annual-check", **said) == ["O10a.interest"]
    concluded(path)


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


@pytest.mark.parametrize(
    "scores", [SCORES[:5], [*SCORES[:5], SCORES[0]], [*SCORES, SCORES[0]]], ids=["5", "twice", "7"]
)
def test_a_health_check_names_every_dimension_once(
    district: District, scores: list[dict[str, Any]]
) -> None:
    path = with_organisation(district)
    assert refusal(path, "evaluator", "record-health-check", scores=scores) == ["O15.complete"]
    diagnosed(path)
    assert organisation(path).capacity_score_milli == CAPACITY


def test_an_evaluator_of_the_organisations_own_does_not_examine_it(district: District) -> None:
    path = with_organisation(district)
    for role in ("evaluator", "community_officer"):
        who = insider(path, role)
        assert refusal(path, who, "record-health-check", scores=SCORES) == ["O15.interest"]
    assert refusal(path, OFFICER, "record-health-check", scores=SCORES) == ["O15.who"]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"inspectors": ["person:zhou"]}, "O16.inspectors"),
        ({"inspectors": ["person:zhou", "person:zhou"]}, "O16.inspectors"),
        ({"faults": []}, "O16.faults"),
        ({"result": "in_order"}, "O16.faults"),
        ({"inspected_on": "2026-03-03"}, "O16.future"),
        ({"faults": [{**FAULT, "owner": "person:wu"}]}, "O16.owner"),
        ({"faults": [{**FAULT, "owner": "person:district_officer"}]}, "O16.owner"),
        ({"faults": [{**FAULT, "due": "2026-03-02"}]}, "O16.due"),
    ],
)
def test_an_inspection_is_refused_that_two_people_did_not_carry_out_soundly(
    district: District, said: dict[str, Any], rule: str
) -> None:
    path = with_organisation(district)
    assert refusal(path, OFFICER, "record-inspection", **{**FAULTY, **said}) == [rule]
    tell(path, OFFICER, "record-inspection", **FAULTY)


def test_who_belongs_to_the_organisation_does_not_record_its_inspection(district: District) -> None:
    path = with_organisation(district)
    who = insider(path, "oversight_officer")
    assert refusal(path, who, "record-inspection", **FAULTY) == ["O16.interest"]


def test_a_suspended_organisation_is_inspected_but_not_graded(district: District) -> None:
    path = with_organisation(district)
    said = {"decision": "1号", "scope": "暂停", "appeal_until": "2026-06-30"}
    tell(path, OFFICER, "suspend", **said)
    tell(path, OFFICER, "record-inspection", **FAULTY)
    assert refusal(path, OFFICER, "grade", **GRADE) == ["O14.stage"]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"registered_on": "2026-03-03"}, "O9.registered_on"),
        ({"annual_checks": [{"year": 2026, "result": "passed"}]}, "O9.annual_checks"),
        ({"annual_checks": [{"year": 2024, "result": "passed"}] * 2}, "O9.annual_checks"),
    ],
)
def test_what_a_register_says_lies_in_the_past(
    district: District, said: dict[str, Any], rule: str
) -> None:
    path = with_organisation(district)
    known = {"name": "另一家", "uscc": uscc(7), "place": "220102006", "leader": "person:x"}
    known["account"] = "account:7"
    found = refused(district, OFFICER, "organisations", "import", **known, **said)
    assert rules(found) == [rule]
    path.tell(OFFICER, "organisations", "import", registered_on="2026-03-02", **known)

"""The rules of annual checks, health checks and inspections: each refuses and permits."""

from __future__ import annotations

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
    concluded,
    diagnosed,
    insider,
    refusal,
    submitted,
    tell,
)
from tests.application.refusing import refused, rules
from tests.application.test_standing import organisation
from tests.district import DISTRICT, District, uscc
from tests.played import with_organisation

GRADE = {"grade": "3A"}


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

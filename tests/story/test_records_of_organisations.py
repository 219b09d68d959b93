"""Organisations are checked, graded, examined and inspected, and it shows where money is decided.

Amounts are in fen.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from application.principals import Held
from application.visibility import sight
from tests.application.checked import (
    CAPACITY,
    FAULT,
    FAULTY,
    OFFICER,
    SCORES,
    checked,
    diagnosed,
    graded,
    tell,
)
from tests.application.refusing import refused, rules
from tests.application.rounds import judge, partner, stands
from tests.application.test_objections import books
from tests.application.test_standing import listed, organisation, unlisted
from tests.deliberated import fix_ranking
from tests.district import DISTRICT, RULES, District
from tests.played import (
    CONTENT,
    Path,
    submit,
    with_notice_published,
    with_open_round,
    with_organisation,
    with_review_started,
)
from tests.played_to_end import found, with_grant_active

ASKING: dict[str, Any] = {
    **RULES,
    "eligibility": [
        {"rule": "annual_check", "years": 2},
        {"rule": "grade", "years": 0, "grade": "3A"},
        {"rule": "registered", "years": 2},
    ],
}


def with_record(district: District) -> Path:
    """The organisation has passed its checks, is graded 3A and has been examined."""
    path = with_organisation(district)
    checked(path, "basically_passed")
    graded(path)
    diagnosed(path)
    return path


def seen(path: Path, who: str, view: str, id: str) -> dict[str, Any]:
    """The facts of a thing as somebody sees them."""
    district = path.district
    row = district.system.questions.one(view, sight(view, district.people[who]), id)
    assert row is not None
    return row.facts


def test_a_checked_and_graded_organisation_comes_to_its_money(district: District) -> None:
    """Of 3 000 000 yuan 510 000 are allotted; 80 000 of them are awarded, then committed."""
    path = with_notice_published(district, rules=ASKING, organised=with_record)
    assert books(path) == {
        "authority.source": -300_000_000,
        "authority.available": 249_000_000,
        "authority.allotted": 43_000_000,
        "authority.reserved": 8_000_000,
        "cash.bank": 300_000_000,
        "cash.income_appropriation": -300_000_000,
        "match.pledged": 2_000_000,
        "match.counterpart": -2_000_000,
    }


def test_money_is_committed_to_an_organisation_that_still_has_its_grade(
    district: District,
) -> None:
    path = with_grant_active(district, rules=ASKING, organised=with_record)
    assert books(path) == {
        "authority.source": -300_000_000,
        "authority.available": 249_000_000,
        "authority.allotted": 43_000_000,
        "authority.committed": 8_000_000,
        "cash.bank": 300_000_000,
        "cash.income_appropriation": -300_000_000,
        "match.pledged": 2_000_000,
        "match.counterpart": -2_000_000,
    }


def accepted(path: Path) -> None:
    """The reviewer declares to have no interest, and may read the proposal from now on."""
    review, due = path.district.only("reviews"), path.district.today + timedelta(days=3)
    path.tell("round_secretary", "reviews", "invite", review, due=due)
    path.tell("reviewer", "reviews", "accept", review, declaration="无利害关系")


def test_reviewers_see_the_capacity_that_was_known_at_admission(district: District) -> None:
    path = with_review_started(district, organised=with_record)
    accepted(path)
    assert seen(path, "reviewer", "proposals", path.proposal)["capacity_score_milli"] == CAPACITY
    better = [{**score, "points": 100} for score in SCORES]
    tell(path, "evaluator", "record-health-check", scores=better)
    assert organisation(path).capacity_score_milli == 100_000
    assert seen(path, "reviewer", "proposals", path.proposal)["capacity_score_milli"] == CAPACITY


def test_a_proposal_of_an_organisation_never_examined_names_no_capacity(
    district: District,
) -> None:
    path = with_review_started(district)
    accepted(path)
    assert seen(path, "reviewer", "proposals", path.proposal)["capacity_score_milli"] is None


def rivalling(path: Path, name: str, number: int) -> tuple[str, str]:
    """Another organisation and the same proposal of it."""
    other = partner(path, name, number)
    who = f"{name} applicant"
    asked = {"round": path.round, "organisation": other, "title": f"{name}项目"}
    proposal = path.tell(who, "proposals", "draft", **asked)
    path.tell(who, "proposals", "edit", proposal, **CONTENT)
    path.pair(who, f"{name} legal", "proposals", "submit", proposal)
    return other, proposal


@pytest.mark.parametrize("tie_break", [["capacity"], []])
def test_the_more_capable_of_two_equals_is_ranked_first_where_the_round_says_so(
    district: District, tie_break: list[str]
) -> None:
    """The first by number is not known, the second examined at 77.25, the third at 90 points."""
    path = with_open_round(district, rules={**RULES, "tie_break": tie_break})
    first = submit(path, "首个项目")
    (second, middling), (third, capable) = (
        rivalling(path, "乙社工", 2),
        rivalling(path, "丙社工", 3),
    )
    high = [{**score, "points": 90} for score in SCORES]
    for other, scores in ((second, SCORES), (third, high)):
        path.tell("evaluator", "organisations", "record-health-check", other, scores=scores)
    judge(path, first, middling, capable)
    fix_ranking(path)
    ranking = stands(path, "round", path.round).ranking
    by_number = [first, middling, capable]
    assert [each.proposal for each in ranking] == (by_number[::-1] if tie_break else by_number)
    assert {each.score_milli for each in ranking} == {87_000}


def test_faults_of_an_inspection_become_findings_in_the_same_save(district: District) -> None:
    path = with_organisation(district)
    grave = {**FAULT, "severity": "grave", "owner": "person:applicant", "due": "2026-03-20"}
    tell(path, OFFICER, "record-inspection", **{**FAULTY, "faults": [FAULT, grave]})
    findings = [found(path, f"finding:{id}") for id in district.all("findings")]
    assert [(f.severity, f.owner, str(f.due), f.stage) for f in findings] == [
        ("serious", "person:legal", "None", "raised"),
        ("grave", "person:applicant", "2026-03-20", "raised"),
    ]
    assert {f.subject for f in findings} == {f"organisation:{path.organisation}"}
    assert {f.place for f in findings} == {"220102006"}
    entry = organisation(path).inspections[0]
    assert (entry.kind, entry.result) == ("special_inspection", "faults_found")


def test_a_clean_inspection_raises_nothing(district: District) -> None:
    path = with_organisation(district)
    tell(path, OFFICER, "record-inspection", **{**FAULTY, "result": "in_order", "faults": []})
    assert district.all("findings") == []
    assert len(organisation(path).inspections) == 1


def test_a_fault_is_answered_by_its_owner_and_verified_by_nobody_who_inspected(
    district: District,
) -> None:
    path = with_organisation(district)
    district.person("zhou", Held("oversight_officer", DISTRICT))
    tell(path, OFFICER, "record-inspection", **FAULTY)
    finding = district.only("findings")
    path.tell("legal", "findings", "respond", finding, reply="已补签到表")
    assert rules(refused(district, "zhou", "findings", "verify", finding)) == ["D6.owner"]
    path.tell("oversight_officer", "findings", "verify", finding)


def test_the_list_of_organisations_says_and_is_narrowed_by_their_record(
    district: District,
) -> None:
    path = with_record(district)
    others = [partner(path, name, number) for name, number in (("乙社工", 2), ("丙社工", 3))]
    listed(path, "abnormal", until=None)

    def narrowed(**filters: str) -> list[str]:
        who = sight("organisations", district.people[OFFICER])
        page = district.system.questions.page(
            "organisations", who, filters=filters, q="", limit=10, after=""
        )
        return [row.values["id"] for row in page.rows]

    assert sorted(narrowed()) == sorted([path.organisation, *others])
    own = [path.organisation]
    assert narrowed(checked_year="2025", check_result="basically_passed") == own
    assert narrowed(grade="3A,4A", grade_until="2031-03-01") == own
    assert narrowed(capacity_score_milli=str(CAPACITY), registered_on="2019-05-20") == own
    assert narrowed(abnormal_since="2026-03-02") == own
    assert narrowed(check_result="failed") == narrowed(grade="5A") == []
    unlisted(path, "abnormal")
    assert narrowed(abnormal_since="2026-03-02") == []

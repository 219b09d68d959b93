"""Who looks at a contested decision again, and how they vote."""

from __future__ import annotations

from typing import Any

import pytest

from application.principals import Held
from tests.application.refusing import refused, rules
from tests.application.test_appeals import (
    MEMBERS,
    file,
    heard,
    stage,
    votes,
    with_declined_proposal,
    with_rejected_proposal,
)
from tests.district import DISTRICT, District


def test_nobody_contests_for_another_organisation(district: District) -> None:
    path = with_rejected_proposal(district)
    district.pretender("stranger", Held("legal_representative", organisation="another"))
    said = {"decision": "S8", "contested": path.proposal, "statement": "事实有误"}
    assert rules(refused(district, "stranger", "appeals", "file", **said)) == ["X1.who"]


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        (["person:elder", "person:lawyer"], "X2.least"),
        (["person:elder", "person:lawyer", "person:lawyer"], "X2.least"),
        ([*MEMBERS, "person:second_secretary"], "X2.hands"),
        ([*MEMBERS, "person:round_secretary"], "X2.hands"),
        ([*MEMBERS, "person:district_officer"], "X2.self"),
    ],
)
def test_the_panel_is_three_people_who_had_no_hand_in_the_matter(
    district: District, members: list[str], rule: str
) -> None:
    path = with_rejected_proposal(district)
    appeal = file(path, "S8")
    refusal = refused(district, "district_officer", "appeals", "admit", appeal, members=members)
    assert rules(refusal) == [rule]
    path.tell("district_officer", "appeals", "admit", appeal, members=MEMBERS)


@pytest.mark.parametrize("hand", ["person:reviewer", "person:panel_chair"])
def test_whoever_scored_or_declined_a_proposal_does_not_judge_the_appeal(
    district: District, hand: str
) -> None:
    path = with_declined_proposal(district)
    appeal = file(path, "S15")
    refusal = refused(
        district, "district_officer", "appeals", "admit", appeal, members=[*MEMBERS, hand]
    )
    assert rules(refusal) == ["X2.hands"]


def test_an_officer_who_belongs_to_the_organisation_does_not_name_the_panel(
    district: District,
) -> None:
    path = with_rejected_proposal(district)
    appeal = file(path, "S8")
    mine = Held("applicant", organisation=path.organisation)
    district.person("insider", Held("district_officer", DISTRICT), mine)
    refusal = refused(district, "insider", "appeals", "admit", appeal, members=MEMBERS)
    assert rules(refusal) == ["X2.interest"]


@pytest.mark.parametrize(
    ("verb", "given", "broken"),
    [
        ("grant", votes(True), ["X4.quorum", "X4.majority"]),
        ("grant", votes(True, False, False), ["X4.majority"]),
        ("grant", votes(True, True) + votes(True), ["X4.members"]),
        (
            "grant",
            [*votes(True), {"member": "person:x", "is_for": True, "document": "d"}],
            ["X4.members"],
        ),
        ("deny", votes(False), ["X5.quorum"]),
        ("deny", votes(True, True, False), ["X5.majority"]),
    ],
)
def test_the_votes_of_the_panel_decide(
    district: District, verb: str, given: list[dict[str, Any]], broken: list[str]
) -> None:
    path = with_rejected_proposal(district)
    appeal = heard(path, "S8")
    said = {"step": "readmit-to-intake"} if verb == "grant" else {}
    refusal = refused(district, "leader", "appeals", verb, appeal, votes=given, **said)
    assert [rule for rule in rules(refusal) if rule in broken] == broken
    assert stage(path) == "appealed"


def test_the_result_of_an_appeal_is_sent_within_fifteen_days_of_the_hearing(
    district: District,
) -> None:
    path = with_rejected_proposal(district)
    appeal = heard(path, "S8")
    path.tell("leader", "appeals", "deny", appeal, votes=votes(False, False))
    district.wait(days=16)
    said = {"document": "document:2"}
    refusal = refused(district, "district_officer", "appeals", "notify", appeal, **said)
    assert rules(refusal) == ["X7.time"]

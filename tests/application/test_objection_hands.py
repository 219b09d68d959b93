"""By whose hands an objection is handled, and by whose it is not."""

from __future__ import annotations

import pytest

from application.principals import Held
from tests.application.refusing import refused, rules
from tests.application.test_objections import file, investigated
from tests.district import DISTRICT, District
from tests.played import with_notice_published
from tests.played_to_end import found


@pytest.mark.parametrize(
    "part", ["round_secretary", "finance_approver", "reviewer", "panel_chair", "leader"]
)
def test_whoever_checked_scored_or_decided_the_item_does_not_handle_an_objection_to_it(
    district: District, part: str
) -> None:
    path = with_notice_published(district)
    objection = file(path)
    held = district.people[part].held
    district.person(part, *held, Held("oversight_officer", DISTRICT))
    for verb, said in (("accept", {}), ("refuse", {"reason": "无关"})):
        refusal = refused(district, part, "objections", verb, objection, **said)
        assert [rule.partition(".")[2] for rule in rules(refusal)] == ["hands"]
    path.tell("oversight_officer", "objections", "accept", objection)


def test_whoever_objected_does_not_handle_it(district: District) -> None:
    path = with_notice_published(district)
    objection = file(path, "district_officer")
    refusal = refused(district, "district_officer", "objections", "accept", objection)
    assert rules(refusal) == ["B2.hands"]


def test_a_member_of_the_organisation_does_not_handle_an_objection_to_it(
    district: District,
) -> None:
    path = with_notice_published(district)
    objection = file(path)
    mine = Held("applicant", organisation=path.organisation)
    district.person("insider", Held("oversight_officer", DISTRICT), mine)
    refusal = refused(district, "insider", "objections", "accept", objection)
    assert rules(refusal) == ["B2.interest"]


def test_only_the_handler_goes_on_with_an_objection(district: District) -> None:
    path = with_notice_published(district)
    objection = file(path)
    path.tell("oversight_officer", "objections", "accept", objection)
    other = "district_officer"
    assert rules(refused(district, other, "objections", "investigate", objection)) == ["B3.handler"]
    path.tell("oversight_officer", "objections", "investigate", objection)
    for row, verb in (("B4", "uphold"), ("B5", "dismiss")):
        refusal = refused(district, other, "objections", verb, objection, result="属实")
        assert rules(refusal) == [f"{row}.handler"]


@pytest.mark.parametrize(("days", "is_late"), [(15, False), (16, True)])
def test_the_result_is_sent_within_fifteen_days(
    district: District, days: int, is_late: bool
) -> None:
    path = with_notice_published(district)
    objection = investigated(path)
    path.tell("oversight_officer", "objections", "dismiss", objection, result="不属实")
    district.wait(days=days)
    if is_late:
        refusal = refused(
            district, "oversight_officer", "objections", "notify", objection, document="d:1"
        )
        assert rules(refusal) == ["B6.time"]
    else:
        path.tell("oversight_officer", "objections", "notify", objection, document="d:1")
        assert found(path, f"objection:{objection}").stage == "notified"

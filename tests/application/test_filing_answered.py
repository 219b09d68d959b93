"""How a filing is answered: returned, checked, entered, rejected, contested; by whom and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from application.principals import Held
from infrastructure.verify import verify
from tests.application.organisations import (
    ENTERED,
    REJECTED,
    RETURNED,
    Fields,
    judged,
    organisation,
    told,
)
from tests.application.verdicts import verdict
from tests.district import DISTRICT, District
from tests.filed import (
    COMMUNITY,
    NAME,
    asking,
    start,
    with_draft,
    with_filed,
    with_filing_requested,
    with_first_check_passed,
    with_neighbourhood,
)
from tests.played import Path


def test_only_the_subdistrict_returns_what_the_community_has_passed(district: District) -> None:
    path = with_filing_requested(district)
    for who in ("community_officer", "subdistrict_officer"):
        assert judged(path, who, "return-filing", **RETURNED) == []
    told(path, "community_officer", "pass-first-check", opinion="齐全")
    assert judged(path, "community_officer", "return-filing", **RETURNED) == ["O3.who"]
    assert judged(path, "subdistrict_officer", "return-filing", **RETURNED) == []


def test_the_clock_of_the_officers_stands_while_a_filing_is_put_right(
    district: District,
) -> None:
    # Asked on Monday, 2 March 2026: twenty working days end on Monday, 30 March. Returned on
    # Wednesday, 4 March, eighteen are left; asked again on Wednesday, 11 March, they end on
    # Tuesday, 7 April, for Monday the 6th is Qingming's day off.
    path = with_filing_requested(district)
    assert organisation(path).answer_by == date(2026, 3, 30)
    district.wait(days=2)
    told(path, "community_officer", "return-filing", **RETURNED)
    returned = organisation(path)
    assert (returned.answer_by, returned.days_left) == (None, 18)
    assert returned.due == date(2026, 3, 18)
    district.wait(days=7)
    told(path, "singer", "request-filing", **asking(path, name="夕阳红艺术团"))
    again = organisation(path)
    assert (again.name, again.answer_by, again.due) == ("夕阳红艺术团", date(2026, 4, 7), None)


def test_what_is_not_put_right_in_time_is_given_up_by_the_clock(district: District) -> None:
    path = with_filing_requested(district)
    told(path, "community_officer", "return-filing", **RETURNED)
    said = asking(path)
    # Returned on the 2nd of March; the tenth working day is the 16th.
    district.wait(days=14)
    assert organisation(path).stage == "returned"
    assert judged(path, "singer", "request-filing", **said) == []
    assert judged(path, "clock", "abandon-filing") == ["O3a.due"]
    district.wait(days=1)
    assert organisation(path).stage == "abandoned"
    assert judged(path, "singer", "request-filing", **said) == ["O2.stage"]


def test_after_its_day_a_filing_is_not_asked_for_again_though_the_clock_is_late(
    district: District,
) -> None:
    path = with_filing_requested(district)
    told(path, "community_officer", "return-filing", **RETURNED)
    said = asking(path)
    clock: Any = district.system.clock
    clock.advance(clock.now() + timedelta(days=15))
    assert judged(path, "singer", "request-filing", **said) == ["O2.due"]


def test_the_founder_gives_a_draft_up_and_nobody_else(district: District) -> None:
    path = with_draft(district)
    assert judged(path, "singer", "abandon-filing") == ["O3a.who"]
    assert judged(path, "stranger", "abandon-filing") == ["O3a.who"]
    told(path, "founder", "abandon-filing")
    assert organisation(path).stage == "abandoned"


def test_whoever_drafted_it_for_others_does_not_check_it(district: District) -> None:
    path = with_neighbourhood(district)
    path.organisation = path.tell(
        "community_officer", "organisations", "start-filing-for", name=NAME, kind="charity",
        place=COMMUNITY, leader="person:singer", founder="person:founder",
    )  # fmt: skip
    told(path, "singer", "request-filing", **asking(path))
    check = {"opinion": "齐全"}
    assert judged(path, "community_officer", "pass-first-check", **check) == ["O4.drafter"]
    assert judged(path, "officer elsewhere", "pass-first-check", **check) == ["O4.who"]
    assert judged(path, "second community officer", "pass-first-check", **check) == []


@pytest.mark.parametrize(
    ("step", "role", "verb", "said"),
    [
        (with_filing_requested, "community_officer", "pass-first-check", {"opinion": "齐全"}),
        (with_filing_requested, "subdistrict_officer", "return-filing", RETURNED),
        (with_first_check_passed, "subdistrict_officer", "approve-filing", ENTERED),
        (with_first_check_passed, "subdistrict_officer", "reject-filing", REJECTED),
    ],
)
def test_officers_decide_nothing_of_their_own_organisation(
    district: District, step: Any, role: str, verb: str, said: Fields
) -> None:
    path = step(district)
    row = organisation(path).lifecycle.verbs[verb].row
    for name in ("founder", "singer"):
        district.person(name, Held(role, DISTRICT))
        own = ["O4.drafter"] if (row, name) == ("O4", "founder") else []
        own += ["O5.hands"] if (row, name) == ("O5", "founder") else []
        assert judged(path, name, verb, **said) == [*own, f"{row}.own"]
    mine = Held("applicant", organisation=path.organisation)
    district.person("member", Held(role, DISTRICT), mine)
    assert judged(path, "member", verb, **said) == [f"{row}.interest"]
    district.person("somebody else", Held(role, DISTRICT))
    assert judged(path, "somebody else", verb, **said) == []


def test_another_person_enters_a_filing_than_checked_it(district: District) -> None:
    path = with_filing_requested(district)
    both = (Held("community_officer", COMMUNITY), Held("subdistrict_officer", "220102006"))
    district.person("both", *both)
    told(path, "both", "pass-first-check", opinion="齐全")
    assert judged(path, "both", "approve-filing", **ENTERED) == ["O5.hands"]
    assert judged(path, "subdistrict_officer", "approve-filing", **ENTERED) == []


def test_a_filing_number_is_given_once_and_valid_from_no_earlier_day(district: District) -> None:
    path = with_filed(district)
    path.organisation = start(path, name="别的队")
    told(path, "singer", "request-filing", **asking(path))
    told(path, "community_officer", "pass-first-check", opinion="齐全")
    enter = ("subdistrict_officer", "approve-filing")
    assert judged(path, *enter, **ENTERED) == ["O5.unique"]
    early: Fields = {"filing_no": "南备2026-002", "valid_from": date(2026, 3, 1)}
    assert judged(path, *enter, **early) == ["O5.valid_from"]
    assert judged(path, *enter, **{**early, "valid_from": date(2026, 3, 2)}) == []


def test_a_name_that_was_taken_meanwhile_is_not_entered(district: District) -> None:
    path = with_first_check_passed(district)
    path.tell(
        "district_officer", "organisations", "import-filed", name=NAME, filing_no="旧1",
        place="220102006", leader="person:x",
    )  # fmt: skip
    assert judged(path, "subdistrict_officer", "approve-filing", **ENTERED) == ["O5.name"]


MEMBERS = ["person:elder", "person:lawyer", "person:teacher"]
VOTES = [{"member": member, "is_for": True, "document": "d"} for member in MEMBERS]


def contested(path: Path) -> str:
    """An appeal of the leader against the rejection, heard by three people."""
    appeal = path.tell(
        "singer", "appeals", "file", decision="O6", contested=path.organisation, statement="合规",
    )  # fmt: skip
    path.tell("district_officer", "appeals", "admit", appeal, members=MEMBERS)
    path.tell("district_officer", "appeals", "hear", appeal, minutes="document:1")
    return appeal


def test_a_granted_appeal_lets_a_rejected_filing_start_anew(district: District) -> None:
    path = with_first_check_passed(district)
    told(path, "subdistrict_officer", "reject-filing", **REJECTED)
    file = ("appeals", "file")
    said = {"decision": "O6", "contested": path.organisation, "statement": "合规"}
    assert verdict(path, "stranger", *file, **said) == ["X1.who"]
    appeal = contested(path)
    assert verdict(path, "singer", *file, **said) == ["X1.once"]
    path.tell("leader", "appeals", "grant", appeal, votes=VOTES, step="reopen-filing")
    anew = organisation(path)
    assert (anew.stage, anew.checker, anew.answer_by) == (
        "filing_requested", "", date(2026, 3, 30),
    )  # fmt: skip
    assert judged(path, "subdistrict_officer", "reject-filing", **REJECTED) == ["O6.again"]
    assert judged(path, "second officer", "reject-filing", **REJECTED) == []
    told(path, "community_officer", "pass-first-check", opinion="齐全")
    told(path, "subdistrict_officer", "approve-filing", **ENTERED)
    assert organisation(path).stage == "filed"
    assert verify(district.system.store).faults == ()


@pytest.mark.parametrize("member", ["person:subdistrict_officer", "person:community_officer"])
def test_who_rejected_or_checked_a_filing_does_not_hear_the_appeal(
    district: District, member: str
) -> None:
    path = with_first_check_passed(district)
    told(path, "subdistrict_officer", "reject-filing", **REJECTED)
    said = {"decision": "O6", "contested": path.organisation, "statement": "合规"}
    appeal = path.tell("singer", "appeals", "file", **said)
    admit = ("district_officer", "appeals", "admit", appeal)
    assert verdict(path, *admit, members=[member, *MEMBERS]) == ["X2.hands"]
    assert verdict(path, *admit, members=MEMBERS) == []


def test_a_rejection_is_contested_within_ten_working_days(district: District) -> None:
    path = with_filing_requested(district)
    told(path, "subdistrict_officer", "reject-filing", **REJECTED)
    said = {"decision": "O6", "contested": path.organisation, "statement": "合规"}
    district.wait(days=14)
    assert verdict(path, "singer", "appeals", "file", **said) == []
    district.wait(days=1)
    assert verdict(path, "singer", "appeals", "file", **said) == ["X1.time"]

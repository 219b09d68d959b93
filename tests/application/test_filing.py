"""The filing of an organisation: every guard refuses what it should, and lets its twin through."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from application.principals import Held
from infrastructure.verify import verify
from tests.application.verdicts import verdict
from tests.district import DISTRICT, District, uscc
from tests.filed import (
    CALENDAR,
    COMMUNITY,
    ELSEWHERE,
    NAME,
    asking,
    paper,
    start,
    with_draft,
    with_filed,
    with_filing_requested,
    with_first_check_passed,
    with_neighbourhood,
)
from tests.played import Path
from tests.played_to_end import found

Fields = dict[str, Any]
REJECTED: Fields = {"reason": "宗旨不符", "remedy": "可向区里申诉", "calendar": CALENDAR}
RETURNED: Fields = {"defects": ["章程缺少经费条款"], "calendar": CALENDAR}
ENTERED: Fields = {"filing_no": "南备2026-001", "valid_from": date(2026, 3, 2)}


def organisation(path: Path) -> Any:
    return found(path, f"organisation:{path.organisation}")


def judged(path: Path, who: str, verb: str, **said: Any) -> list[str]:
    """The rules that would refuse a step of the path's organisation."""
    return verdict(path, who, "organisations", verb, path.organisation, **said)


def told(path: Path, who: str, verb: str, **said: Any) -> None:
    path.tell(who, "organisations", verb, path.organisation, **said)


def test_people_without_a_role_are_filed_from_the_draft_to_the_register(
    district: District,
) -> None:
    path = with_filed(district)
    filed = organisation(path)
    assert (filed.stage, filed.filing_no, filed.member_count) == ("filed", "南备2026-001", 12)
    assert (filed.founder, filed.leader) == ("person:founder", "person:singer")
    assert (filed.checker, filed.answer_by) == ("person:community_officer", None)
    assert (filed.is_live, filed.is_legal_person) == (True, False)
    assert verify(district.system.store).faults == ()


def test_whoever_names_nobody_leads_what_they_have_drafted(district: District) -> None:
    path = with_neighbourhood(district)
    path.organisation = start(path, leader=None)
    assert organisation(path).leader == "person:founder"


def test_a_draft_belongs_to_a_community(district: District) -> None:
    path = with_neighbourhood(district)
    said = {"name": NAME, "kind": "charity"}
    begin = ("founder", "organisations", "start-filing")
    assert verdict(path, *begin, place="220102006", **said) == ["O1.place"]
    assert verdict(path, *begin, place="22010200600a", **said) == ["O1.place"]
    assert verdict(path, *begin, place=COMMUNITY, **said) == []


def test_an_officer_drafts_in_their_own_community_and_not_for_themself(
    district: District,
) -> None:
    path = with_neighbourhood(district)

    def draft(who: str, leader: str = "person:singer", place: str = COMMUNITY) -> list[str]:
        said = {"name": NAME, "kind": "charity", "place": place, "leader": leader}
        verb = ("organisations", "start-filing-for")
        return verdict(path, who, *verb, founder="person:founder", **said)

    assert draft("founder") == ["O1a.who"]
    assert draft("officer elsewhere") == ["O1a.who"]
    assert draft("community_officer", place="220102006") == ["O1a.place"]
    assert draft("community_officer", "person:community_officer") == ["O1a.own"]
    assert draft("community_officer") == []


def test_the_leader_named_in_the_draft_asks_and_nobody_else(district: District) -> None:
    path = with_draft(district)
    said = asking(path)
    for who in ("stranger", "founder", "community_officer", "subdistrict_officer"):
        assert judged(path, who, "request-filing", **said) == ["O2.who"]
    assert judged(path, "singer", "request-filing", **said) == []


def test_a_name_in_a_draft_opens_no_other_organisation(district: District) -> None:
    path = with_filed(district)
    other = start(path, "stranger", name="别的队", leader="person:stranger")
    at = ("stranger", "organisations", "start-upgrade")
    assert verdict(path, *at, path.organisation) == ["O8.who"]
    store = ("stranger", "documents", "store")
    said: Fields = {"sha256": "ab" * 32, "media_type": "application/pdf", "size": 9}
    assert verdict(path, *store, subject=f"organisation:{path.organisation}", **said) == ["Y5.who"]
    assert verdict(path, *store, subject=f"organisation:{other}", **said) == []
    ask = ("singer", "organisations", "request-deregistration")
    assert verdict(path, *ask, path.organisation, reason="不再活动") == ["O13.who"]


def test_a_filing_has_a_charter_of_its_own_and_enough_members(district: District) -> None:
    path = with_draft(district)
    said = asking(path)
    other = start(path, "stranger", name="别的队", leader="person:stranger")
    foreign = paper(path, "stranger", other)
    ask = ("singer", "request-filing")
    assert judged(path, *ask, **{**said, "charter": foreign}) == ["O2.document"]
    assert judged(path, *ask, **{**said, "charter": "no such"}) == ["found"]
    assert judged(path, *ask, **{**said, "member_count": 9}) == ["O2.members"]
    assert judged(path, *ask, **{**said, "member_count": 10}) == []
    assert judged(path, *ask, **{**said, "place": "220102006"}) == ["O2.place"]
    everything = {**said, "charter": foreign, "member_count": 0, "place": "220102006"}
    assert judged(path, *ask, **everything) == ["O2.document", "O2.members", "O2.place"]


def test_a_fiscal_agent_is_a_registered_organisation_that_may_act(district: District) -> None:
    path = with_draft(district)
    agent = path.tell(
        "district_officer", "organisations", "import", name="枢纽组织", uscc=uscc(2),
        place="220102006", leader="person:head", account="account:1",
    )  # fmt: skip
    ask, said = ("singer", "request-filing"), asking(path)
    assert judged(path, *ask, **said, fiscal_agent=agent) == []
    assert judged(path, *ask, **said, fiscal_agent=path.organisation) == ["O2.agent"]
    path.tell(
        "district_officer", "organisations", "suspend", agent,
        decision="1号", scope="全部", appeal_until=date(2026, 6, 30),
    )  # fmt: skip
    assert judged(path, *ask, **said, fiscal_agent=agent) == ["O2.agent"]


@pytest.mark.parametrize(
    ("name", "place", "rule"),
    [
        (NAME, COMMUNITY, ["O2.name"]),
        (f" {NAME[:3]}　{NAME[3:]}", COMMUNITY, ["O2.name"]),
        (NAME, "220102006002", ["O2.name"]),
        (NAME, ELSEWHERE, []),
        ("夕阳红舞蹈队", COMMUNITY, []),
    ],
)
def test_a_name_is_free_in_the_subdistrict_however_it_is_written(
    district: District, name: str, place: str, rule: list[str]
) -> None:
    path = with_filing_requested(district)
    path.organisation = start(path, name=name, place=place)
    assert judged(path, "singer", "request-filing", **asking(path)) == rule


def test_a_draft_keeps_no_name_from_anybody_and_neither_does_what_has_ended(
    district: District,
) -> None:
    path = with_draft(district)
    squatted = path.organisation
    path.organisation = start(path, "stranger", leader="person:singer")
    said = asking(path, charter=paper(path, "stranger"))
    assert judged(path, "singer", "request-filing", **said) == []
    told(path, "singer", "request-filing", **said)
    again = asking(path, charter=paper(path, "founder", squatted))
    at = ("singer", "organisations", "request-filing", squatted)
    assert verdict(path, *at, **again) == ["O2.name"]
    told(path, "subdistrict_officer", "reject-filing", **REJECTED)
    assert verdict(path, *at, **again) == []


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


def test_people_see_the_filing_that_names_them_and_strangers_do_not(district: District) -> None:
    from application.visibility import sight

    path = with_filing_requested(district)
    questions = district.system.questions

    def sees(who: str, view: str, id: str) -> bool:
        return questions.one(view, sight(view, district.people[who]), id) is not None

    charter = organisation(path).charter
    for who in ("founder", "singer", "community_officer", "subdistrict_officer"):
        assert sees(who, "organisations", path.organisation)
    assert sees("founder", "documents", charter)
    for who in ("stranger", "officer elsewhere"):
        assert not sees(who, "organisations", path.organisation)
        assert not sees(who, "documents", charter)

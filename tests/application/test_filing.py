"""The filing of an organisation: every guard refuses what it should, and lets its twin through."""

from __future__ import annotations

from datetime import date

import pytest

from application.visibility import sight
from infrastructure.verify import verify
from tests.application.organisations import (
    REJECTED,
    Fields,
    judged,
    organisation,
    told,
)
from tests.application.verdicts import verdict
from tests.district import District, uscc
from tests.filed import (
    COMMUNITY,
    ELSEWHERE,
    NAME,
    asking,
    paper,
    start,
    with_draft,
    with_filed,
    with_filing_requested,
    with_neighbourhood,
)


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
    assert verdict(path, *begin, place=COMMUNITY, leader="王老师", **said) == ["O1.person"]


def test_an_officer_drafts_in_their_own_community_and_not_for_themself(
    district: District,
) -> None:
    path = with_neighbourhood(district)

    def draft(who: str, leader: str = "person:singer", place: str = COMMUNITY) -> list[str]:
        said = {"name": NAME, "kind": "charity", "place": place, "leader": leader}
        verb = ("organisations", "start-filing-for")
        return verdict(path, who, *verb, founder="person:founder", **said)

    assert draft("founder") == ["O1a.who"]
    assert draft("community_officer", "王老师") == ["O1a.person"]
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
    ask = ("organisations", "request-deregistration")
    assert verdict(path, "stranger", *ask, other, reason="不再活动") == ["O13.who"]
    assert verdict(path, "singer", *ask, path.organisation, reason="不再活动") == []


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


def test_people_see_the_filing_that_names_them_and_strangers_do_not(district: District) -> None:
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

"""Objections to an intended award: held, released, revoked, and by whose hands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from application.questions import Moment
from tests.application.refusing import refused, rules
from tests.district import District
from tests.played import Path, with_award_proposed, with_notice_published
from tests.played_to_end import found

ON_NOTICE = {
    "authority.source": -300_000_000,
    "authority.available": 249_000_000,
    "authority.allotted": 43_000_000,
    "authority.reserved": 8_000_000,
    "cash.bank": 300_000_000,
    "cash.income_appropriation": -300_000_000,
    "match.counterpart": -2_000_000,
    "match.pledged": 2_000_000,
}
"""What the books hold while the award of 80 000.00 is on notice, debit less credit."""

GIVEN_BACK = {
    "authority.source": -300_000_000,
    "authority.available": 249_000_000,
    "authority.allotted": 51_000_000,
    "cash.bank": 300_000_000,
    "cash.income_appropriation": -300_000_000,
}
"""The same once nothing is held for the proposal and nothing pledged to it."""


def books(path: Path) -> dict[str, int]:
    """What the fund's accounts hold, debit less credit, where they hold anything."""
    rows = path.district.system.questions.balances(Moment(), fund=path.fund)
    return {row.account: row.balance_minor for row in rows if row.balance_minor}


def proposal(path: Path) -> Any:
    return found(path, f"proposal:{path.proposal}")


def file(path: Path, who: str = "neighbour", **said: Any) -> str:
    """An objection to the path's item, by somebody who holds no office."""
    if who not in path.district.people:
        path.district.person(who)
    return path.tell(
        who, "objections", "file", proposal=path.proposal, statement="内容重复", **said
    )


def investigated(path: Path, handler: str = "oversight_officer") -> str:
    """An objection that its handler has begun to look into."""
    objection = file(path)
    path.tell(handler, "objections", "accept", objection)
    path.tell(handler, "objections", "investigate", objection)
    return objection


def test_an_upheld_objection_lets_the_award_be_revoked_and_frees_its_money(
    district: District,
) -> None:
    path = with_notice_published(district)
    objection = investigated(path)
    assert proposal(path).stage == "objected"
    assert books(path) == ON_NOTICE

    path.tell("oversight_officer", "objections", "uphold", objection, result="重复申报属实")
    path.tell("leader", "proposals", "revoke-award", path.proposal, reason="异议成立")

    assert proposal(path).stage == "revoked"
    assert books(path) == GIVEN_BACK


def test_a_dismissed_objection_lets_the_days_that_were_left_run_and_then_the_award(
    district: District,
) -> None:
    path = with_notice_published(district)
    assert (district.today, proposal(path).ends) == (date(2026, 3, 13), date(2026, 3, 23))
    objection = file(path)
    district.wait(days=3)
    path.tell("oversight_officer", "objections", "accept", objection)
    path.tell("oversight_officer", "objections", "investigate", objection)
    district.wait(days=3)
    path.tell("oversight_officer", "objections", "dismiss", objection, result="不重复")

    # Held on Monday the 16th, released on Thursday the 19th: three working days.
    assert proposal(path).ends == date(2026, 3, 26)
    district.wait(days=7)
    early = refused(district, "leader", "proposals", "confirm-award", path.proposal)
    assert rules(early) == ["S21.period"]
    district.wait(days=1)
    path.tell("leader", "proposals", "confirm-award", path.proposal)
    assert proposal(path).stage == "awarded"
    assert books(path) == ON_NOTICE


def test_a_notice_that_was_over_when_it_was_held_gets_no_days_more(district: District) -> None:
    path = with_notice_published(district)
    objection = file(path)
    district.wait(days=12)
    path.tell("oversight_officer", "objections", "accept", objection)
    path.tell("oversight_officer", "objections", "investigate", objection)
    district.wait(days=3)
    path.tell("oversight_officer", "objections", "dismiss", objection, result="不重复")
    assert proposal(path).ends == date(2026, 3, 23)


def test_a_second_objection_keeps_the_award_held(district: District) -> None:
    path = with_notice_published(district)
    first = investigated(path)
    second = file(path, "other neighbour")
    path.tell("district_officer", "objections", "accept", second)
    path.tell("oversight_officer", "objections", "dismiss", first, result="不重复")
    assert proposal(path).stage == "objected"
    path.tell("district_officer", "objections", "investigate", second)
    path.tell("district_officer", "objections", "dismiss", second, result="不属实")
    assert proposal(path).stage == "on_notice"


def test_an_upheld_objection_holds_the_award_whatever_becomes_of_another(
    district: District,
) -> None:
    path = with_notice_published(district)
    first = investigated(path)
    second = file(path, "other neighbour")
    path.tell("oversight_officer", "objections", "uphold", first, result="属实")
    for verb, said in (("accept", {}), ("investigate", {}), ("dismiss", {"result": "不属实"})):
        path.tell("district_officer", "objections", verb, second, **said)
    assert proposal(path).stage == "objected"
    path.tell("leader", "proposals", "revoke-award", path.proposal, reason="异议成立")


def test_an_award_is_not_confirmed_while_an_objection_waits_for_an_answer(
    district: District,
) -> None:
    path = with_notice_published(district)
    objection = file(path)
    district.wait(days=11)
    waiting = refused(district, "leader", "proposals", "confirm-award", path.proposal)
    assert rules(waiting) == ["S21.objection"]
    path.tell("district_officer", "objections", "refuse", objection, reason="与公示无关")
    path.tell("leader", "proposals", "confirm-award", path.proposal)


def test_what_is_not_on_notice_and_what_was_is_not_objected_to(district: District) -> None:
    path = with_award_proposed(district)
    district.person("neighbour")
    said = {"proposal": path.proposal, "statement": "重复"}
    early = refused(district, "neighbour", "objections", "file", **said)
    assert rules(early) == ["B1.stage"]
    path.tell(
        "district_officer", "rounds", "publish-notice", path.round, starts=district.today,
        ends=district.today + timedelta(days=10), contact="0431-88888888",
    )  # fmt: skip
    district.wait(days=10)
    file(path)
    district.wait(days=1)
    late = refused(district, "neighbour", "objections", "file", **said)
    assert rules(late) == ["B1.time"]


def test_an_award_is_revoked_for_an_upheld_objection_only(district: District) -> None:
    path = with_notice_published(district)
    investigated(path)
    refusal = refused(
        district, "leader", "proposals", "revoke-award", path.proposal, reason="有异议"
    )
    assert rules(refusal) == ["S20.upheld"]


def test_an_objection_is_not_taken_up_when_the_item_has_gone(district: District) -> None:
    path = with_notice_published(district)
    objection = file(path)
    path.tell("legal", "proposals", "withdraw", path.proposal, reason="人员变动")
    refusal = refused(district, "oversight_officer", "objections", "accept", objection)
    assert rules(refusal) == ["B2.notice"]
    path.tell("oversight_officer", "objections", "refuse", objection, reason="已撤回")


def test_a_held_item_can_still_be_withdrawn_and_gives_its_money_back(district: District) -> None:
    path = with_notice_published(district)
    investigated(path)
    path.tell("legal", "proposals", "withdraw", path.proposal, reason="人员变动")
    assert books(path) == GIVEN_BACK


def test_a_concluded_notice_names_what_is_held(district: District) -> None:
    path = with_notice_published(district)
    investigated(path)
    district.wait(days=11)
    lines = district.system.questions.timeline(f"round:{path.round}", Moment())
    concluded = next(line for _, line in lines if b"round.notice_concluded" in line)
    assert f'"held":["{path.proposal}"]'.encode() in concluded

"""Who may act: the role, the place, the organisation, and one person only once in a matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from application.principals import Held
from domain.errors import NotPermitted
from tests.application.cases import Step
from tests.application.refusing import officer, refused, rules
from tests.district import DISTRICT, District, uscc
from tests.played import (
    Path,
    draft,
    with_fund,
    with_open_round,
    with_organisation,
    with_submitted_proposal,
)
from tests.played_to_end import (
    with_costs_accepted,
)

NEW_FUND: dict[str, Any] = {
    "kind": "dedicated",
    "year": 2026,
    "currency": "CNY",
    "purposes": ["创投"],
    "reuse": True,
}
ANOTHER = "Another person must do this: you took an earlier part in the same matter."


def sentences(refusal: Any) -> list[str]:
    return [reason.sentence for reason in refusal.reasons]


@pytest.mark.parametrize(
    ("who", "noun", "verb", "row", "roles"),
    [
        ("cashier", "fund", "freeze", "F7", "oversight_officer"),
        ("fund_manager", "fund", "open", "F1", "finance_approver"),
        ("leader", "fund", "record-appropriation", "F2", "fund_manager"),
        ("auditor", "fund", "close-period", "F9a", "finance_approver"),
        ("administrator", "fund", "close-day", "F9", "clock"),
    ],
)
def test_a_role_that_may_not_is_told_which_may(
    standing: Callable[[Step], Path], who: str, noun: str, verb: str, row: str, roles: str
) -> None:
    path = standing(with_fund)
    asked: dict[str, Any] = {
        "freeze": {"decision": "1", "reason": "查"},
        "record-appropriation": {"doc_no": "2", "amount_minor": 1, "year": 2026},
        "close-period": {"period": "2026-03"},
        "close-day": {"day": "2026-03-02"},
    }
    refusal = refused(path.district, who, f"{noun}s", verb, path.fund, **asked.get(verb, {}))
    assert isinstance(refusal, NotPermitted)
    assert rules(refusal) == [f"{row}.who"]
    assert sentences(refusal)[0].endswith(f"concerned: {roles}.")


@pytest.mark.parametrize("place", ["220103", "220102006"])
def test_a_role_for_another_place_does_not_reach(district: District, place: str) -> None:
    path = with_submitted_proposal(district)
    district.person("stranger", Held("round_secretary", place))
    refusal = refused(district, "stranger", "proposals", "take-intake", path.proposal)
    assert rules(refusal) == ["S4.who"]


def test_a_role_reaches_the_places_below_its_own(district: District) -> None:
    path = with_organisation(district)
    street = path.tell(
        "fund_manager", "funds", "propose", name="街道", place="220102006", **NEW_FUND
    )
    assert path.tell("finance_approver", "funds", "open", street) == street


def test_what_is_created_lies_within_the_reach_of_the_role(district: District) -> None:
    path = with_organisation(district)
    refusal = refused(
        district, "fund_manager", "funds", "propose", name="外", place="220103", **NEW_FUND
    )
    assert rules(refusal) == ["F0.who"]
    assert path.fund == ""


def test_the_role_that_covers_what_was_created_is_the_one_recorded(district: District) -> None:
    with_organisation(district)
    district.person("manager", Held("fund_manager", "220103"), Held("fund_manager", DISTRICT))
    fund = district.tell("manager", "funds", "propose", name="区", place=DISTRICT, **NEW_FUND).id
    (record,) = district.system.store.recorder.lines([f"fund:{fund}"])[f"fund:{fund}"]
    assert district.system.store.chronicle.lines.decode(record).actor.place["code"] == DISTRICT


def test_a_handler_acts_for_the_own_organisation_only(district: District) -> None:
    path = with_open_round(district)
    proposal = draft(path, "为老服务")
    other = path.tell(
        "district_officer", "organisations", "import", name="别家", uscc=uscc(2),
        place=DISTRICT, leader="person:o", account="account:2",
    )  # fmt: skip
    district.person("rival", Held("applicant", organisation=other))
    refusal = refused(district, "rival", "proposals", "edit", proposal, title="改")
    assert rules(refusal) == ["S2.who"]
    asked = {"round": path.round, "organisation": path.organisation, "title": "冒名"}
    assert rules(refused(district, "rival", "proposals", "draft", **asked)) == ["S1.who"]


def test_who_prepared_does_not_approve_or_decline(district: District) -> None:
    path = with_fund(district)
    both = officer(path)
    document: dict[str, Any] = {"doc_no": "2", "amount_minor": 1, "year": 2026}
    waiting = district.tell(both, "funds", "record-appropriation", path.fund, **document).id
    refusal = refused(district, both, "approvals", "approve", waiting)
    assert (rules(refusal), sentences(refusal)) == (["W2.preparer"], [ANOTHER])
    refusal = refused(district, both, "approvals", "decline", waiting, reason="不")
    assert rules(refusal) == ["W3.preparer"]
    assert district.tell("finance_approver", "approvals", "approve", waiting).stage == "approved"


def test_only_the_second_role_approves_and_only_the_preparer_withdraws(district: District) -> None:
    path = with_fund(district)
    document: dict[str, Any] = {"doc_no": "2", "amount_minor": 1, "year": 2026}
    waiting = path.tell("fund_manager", "funds", "record-appropriation", path.fund, **document)
    assert rules(refused(district, "cashier", "approvals", "approve", waiting)) == ["W2.who"]
    refusal = refused(district, "finance_approver", "approvals", "withdraw", waiting)
    assert rules(refusal) == ["W4.preparer"]
    assert district.tell("fund_manager", "approvals", "withdraw", waiting).stage == "withdrawn"


def test_a_second_checker_is_another_secretary(district: District) -> None:
    path = with_submitted_proposal(district)
    path.tell("round_secretary", "proposals", "take-intake", path.proposal)
    grounds = {"rule": "eligibility", "reason": "不符"}
    waiting = path.tell("round_secretary", "proposals", "reject-intake", path.proposal, **grounds)
    refusal = refused(district, "round_secretary", "approvals", "approve", waiting)
    assert rules(refusal) == ["W2.preparer"]
    path.tell("second_secretary", "approvals", "approve", waiting)
    assert district.only("proposals", stage="ineligible") == path.proposal


def test_what_holds_no_more_is_not_carried_out(district: District) -> None:
    path = with_fund(district)
    twice = {"doc_no": "2", "amount_minor": 1, "year": 2026}
    first = path.tell("fund_manager", "funds", "record-appropriation", path.fund, **twice)
    second = path.tell("fund_manager", "funds", "record-appropriation", path.fund, **twice)
    path.tell("finance_approver", "approvals", "approve", first)
    refusal = refused(district, "finance_approver", "approvals", "approve", second)
    assert rules(refusal) == ["F2.document"]


def propose_and_open(path: Path, who: str) -> tuple[str, str, str, dict[str, Any]]:
    fund = path.tell(who, "funds", "propose", name="新", place=DISTRICT, **NEW_FUND)
    return "funds", "open", fund, {}


def freeze_and_unfreeze(path: Path, who: str) -> tuple[str, str, str, dict[str, Any]]:
    path.tell(who, "funds", "freeze", path.fund, decision="1", reason="查")
    return "funds", "unfreeze", path.fund, {"reason": "好"}


def question_and_allow(path: Path, who: str) -> tuple[str, str, str, dict[str, Any]]:
    path.tell(who, "grants", "question-cost", path.grant, cost=1, cause="疑")
    return "grants", "allow-cost", path.grant, {"cost": 1, "reply": "是"}


def question_and_disallow(path: Path, who: str) -> tuple[str, str, str, dict[str, Any]]:
    path.tell(who, "grants", "question-cost", path.grant, cost=1, cause="疑")
    return "grants", "disallow-cost", path.grant, {"cost": 1, "reply": "否"}


@pytest.mark.parametrize(
    ("step", "first", "rule"),
    [
        (with_fund, propose_and_open, "F1.proposer"),
        (with_fund, freeze_and_unfreeze, "F7a.freezer"),
        (with_costs_accepted, question_and_allow, "G8.raiser"),
        (with_costs_accepted, question_and_disallow, "G8a.raiser"),
    ],
)
def test_who_did_the_first_part_does_not_do_the_second(
    district: District, step: Step, first: Callable[..., Any], rule: str
) -> None:
    path = step(district)
    who = officer(path)
    nouns, verb, id, fields = first(path, who)
    refusal = refused(district, who, nouns, verb, id, **fields)
    assert (rules(refusal), sentences(refusal)) == ([rule], [ANOTHER])
    other = officer(path, "another")
    assert district.tell(other, nouns, verb, id, **fields).id == id

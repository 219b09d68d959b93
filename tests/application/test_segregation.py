"""Four persons for a payment, reviewers who judge nothing else, nobody who judges their own."""

from __future__ import annotations

from typing import Any

import pytest

from application.principals import Held
from tests.application.refusing import everybody, officer, refused, rules
from tests.district import DISTRICT, RULES, District
from tests.drawn import draw_panel, listed
from tests.played import (
    ACCOUNT,
    Path,
    draft,
    with_notice_published,
    with_open_round,
    with_review_started,
    with_submitted_proposal,
)
from tests.played_to_end import with_grant_active

USUAL = {
    "request": "applicant",
    "check": "fund_manager",
    "approve": "finance_approver",
    "send": "cashier",
    "confirm": "reconciler",
    "record-bank-return": "reconciler",
    "record-late-return": "reconciler",
    "retry": "finance_approver",
    "reconcile": "reconciler",
}
"""Who usually takes each step of a payment."""

BEFORE = {
    "check": ["request"],
    "approve": ["request", "check"],
    "send": ["request", "check", "approve"],
    "confirm": ["request", "check", "approve", "send"],
    "record-bank-return": ["request", "check", "approve", "send"],
    "reconcile": ["request", "check", "approve", "send", "confirm"],
    "record-late-return": ["request", "check", "approve", "send", "confirm"],
    "retry": ["request", "check", "approve", "send", "record-bank-return"],
}
"""The steps that lead to each step of a payment."""

APART = [
    ("request", "check", "T3.hands"),
    ("request", "approve", "T4.hands"),
    ("check", "approve", "T4.hands"),
    ("request", "send", "T5.hands"),
    ("check", "send", "T5.hands"),
    ("approve", "send", "T5.hands"),
    ("request", "confirm", "T6.hands"),
    ("check", "confirm", "T6.hands"),
    ("approve", "confirm", "T6.hands"),
    ("send", "confirm", "T6.hands"),
    ("send", "record-bank-return", "T7.hands"),
    ("approve", "record-late-return", "T7b.hands"),
    ("check", "retry", "T7c.hands"),
    ("send", "retry", "T7c.hands"),
    ("check", "reconcile", "T8.hands"),
    ("approve", "reconcile", "T8.hands"),
    ("send", "reconcile", "T8.hands"),
]
"""Steps of one payment that one person may not both take, and the rule that says so."""


def fields(path: Path, verb: str) -> dict[str, Any]:
    """What is said at a step of the first payment."""
    said: dict[str, dict[str, Any]] = {
        "request": {"account": ACCOUNT, "invoice_no": "I1"},
        "send": {"batch": "1", "bank_ref": "R1"},
        "confirm": {
            "bank_txn": "X1",
            "value_date": path.district.today,
            "amount_minor": 4_800_000,
            "account": ACCOUNT,
        },
        "record-bank-return": {"code": "R01"},
        "record-late-return": {"code": "R02"},
        "retry": {"account": ACCOUNT},
        "reconcile": {"statement_line": "S1"},
    }
    return said.get(verb, {})


def take(path: Path, who: str, verb: str) -> str:
    """A step of the first payment; the stage it leads to."""
    tranche = path.tranches[0]
    return path.district.tell(who, "tranches", verb, tranche, **fields(path, verb)).stage


@pytest.mark.parametrize(("earlier", "later", "rule"), APART)
def test_a_payment_goes_through_the_hands_of_four_persons(
    district: District, earlier: str, later: str, rule: str
) -> None:
    path = with_grant_active(district)
    who = everybody(path)
    for verb in BEFORE[later]:
        take(path, who if verb == earlier else USUAL[verb], verb)
    refusal = refused(district, who, "tranches", later, path.tranches[0], **fields(path, later))
    assert rules(refusal) == [rule]


def test_who_cleared_a_returned_payment_does_not_send_it_again(district: District) -> None:
    path = with_grant_active(district)
    who = officer(path)
    for verb in BEFORE["retry"]:
        take(path, USUAL[verb], verb)
    take(path, who, "retry")
    refusal = refused(district, who, "tranches", "send", path.tranches[0], **fields(path, "send"))
    assert rules(refusal) == ["T5.hands"]
    assert take(path, "cashier", "send") == "sent"


def test_one_person_confirms_and_reconciles(district: District) -> None:
    path = with_grant_active(district)
    for verb in (*BEFORE["reconcile"], "reconcile"):
        stage = take(path, USUAL[verb], verb)
    assert stage == "reconciled"


def test_a_large_payment_needs_a_leaders_hand_that_sends_nothing(district: District) -> None:
    path = with_grant_active(district, rules={**RULES, "payment_threshold_minor": 4_799_999})
    for verb in BEFORE["approve"]:
        take(path, USUAL[verb], verb)
    who = officer(path)
    assert take(path, "finance_approver", "approve") == "prepared"
    (waiting,) = district.all("approvals", stage="prepared")
    assert rules(refused(district, "cashier", "approvals", "approve", waiting)) == ["W2.who"]
    path.tell(who, "approvals", "approve", waiting)
    refusal = refused(district, who, "tranches", "send", path.tranches[0], **fields(path, "send"))
    assert rules(refusal) == ["T5.hands"]


def test_whoever_belongs_to_the_organisation_does_not_judge_its_proposal(
    district: District,
) -> None:
    path = with_submitted_proposal(district)
    who = everybody(path)
    assert rules(refused(district, who, "proposals", "take-intake", path.proposal)) == [
        "S4.interest"
    ]
    path.tell("round_secretary", "proposals", "take-intake", path.proposal)
    path.tell("finance_approver", "proposals", "pass-budget-check", path.proposal)
    assert rules(refused(district, who, "proposals", "admit", path.proposal)) == ["S10.interest"]


def test_whoever_belongs_to_the_organisation_does_not_confirm_its_award(
    district: District,
) -> None:
    path = with_notice_published(district)
    district.wait(days=11)
    refusal = refused(district, everybody(path), "proposals", "confirm-award", path.proposal)
    assert rules(refusal) == ["S21.interest"]


def reviewed_by(district: District, who: str) -> str:
    """The one review of a round that is drawn from one person alone, ready to be accepted."""
    path_round, proposal = district.only("rounds"), district.only("proposals")
    district.wait(days=11)
    draw_panel(district, path_round, f"person:{who}")
    district.tell("second_secretary", "proposals", "admit", proposal)
    review = district.only("reviews")
    district.tell("round_secretary", "reviews", "invite", review, due="2026-12-31")
    return review


def checked(path: Path, secretary: str) -> None:
    path.tell(secretary, "proposals", "take-intake", path.proposal)
    path.tell("finance_approver", "proposals", "pass-budget-check", path.proposal)


def test_who_checked_a_proposal_does_not_review_it(district: District) -> None:
    path = with_submitted_proposal(district)
    who = officer(path)
    checked(path, who)
    review = reviewed_by(district, who)
    refusal = refused(district, who, "reviews", "accept", review, declaration="无")
    assert rules(refusal) == ["V2a.hands"]


def test_who_belongs_to_the_organisation_does_not_review_its_proposal(district: District) -> None:
    path = with_submitted_proposal(district)
    who = everybody(path)
    checked(path, "round_secretary")
    review = reviewed_by(district, who)
    refusal = refused(district, who, "reviews", "accept", review, declaration="无")
    assert rules(refusal) == ["V2a.interest"]


def test_who_drafted_a_proposal_does_not_review_it(district: District) -> None:
    path = with_open_round(district)
    # She leaves the organisation before she is drawn, and has no interest in it any more.
    who = everybody(path)
    district.people["applicant"], handler = district.people[who], district.people["applicant"]
    path.proposal = draft(path, "为老服务")
    district.people["applicant"] = handler
    path.pair("applicant", "legal", "proposals", "submit", path.proposal)
    district.people.pop(who)
    officer(path, who)
    checked(path, "round_secretary")
    review = reviewed_by(district, who)
    refusal = refused(district, who, "reviews", "accept", review, declaration="无")
    assert rules(refusal) == ["V2a.hands"]


def test_a_review_is_its_reviewers_own(district: District) -> None:
    path = with_review_started(district)
    (review,) = district.all("reviews")
    path.tell("round_secretary", "reviews", "invite", review, due="2026-12-31")
    district.person("rival", Held("reviewer", DISTRICT))
    refusal = refused(district, "rival", "reviews", "accept", review, declaration="无")
    assert rules(refusal) == ["V2a.own"]


def test_who_draws_a_panel_is_not_drawn(district: District) -> None:
    path = with_submitted_proposal(district)
    checked(path, "round_secretary")
    district.wait(days=11)
    drawn = {"round": path.round, "size": 1, **listed(district, "person:round_secretary")}
    assert rules(refused(district, "round_secretary", "panels", "draw", **drawn)) == ["V1.hands"]


def test_who_reviewed_a_proposal_does_not_evaluate_the_grant(district: District) -> None:
    path = with_grant_active(district)
    district.person("reviewer", Held("evaluator", DISTRICT))
    district.wait(days=115)
    path.tell("applicant", "grants", "submit-midterm", path.grant, report="中期")
    refusal = refused(
        district, "reviewer", "grants", "record-midterm", path.grant, score_milli=90_000
    )
    assert rules(refusal) == ["G12b.reviewer"]
    path.tell("evaluator", "grants", "record-midterm", path.grant, score_milli=90_000)
    district.wait(days=120)
    path.tell("legal", "grants", "submit-final", path.grant, results="完成")
    final = {"score_milli": 90_000, "satisfaction_percent": 90, "sample": 10}
    refusal = refused(district, "reviewer", "grants", "evaluate-final", path.grant, **final)
    assert rules(refusal) == ["G16.reviewer"]

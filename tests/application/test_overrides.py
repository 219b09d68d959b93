"""Overrides: each rule that may be set aside is set aside once, and refuses again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from application.principals import Held
from domain.errors import Refusal
from domain.proposals import judgement
from domain.proposals.proposal import Proposal
from tests.application.aside import Told, is_clean, set_aside, with_questioned_cost
from tests.application.refusing import rules, stand_at
from tests.district import DISTRICT, RULES, District
from tests.domain.test_decisions import mandate, round_in, standing
from tests.played import Path, draft, with_submitted_proposal
from tests.played_to_end import found, with_grant_active


def test_the_limit_of_an_organisation_is_set_aside_once(district: District) -> None:
    path = with_submitted_proposal(district, rivals=1)
    third, fourth = draft(path, "第三个"), draft(path, "第四个")
    submitting = Told(path, "S3.limit", "applicant", "proposals", "submit", third, {})
    submitting.passes_once()
    Told(path, "S3.limit", "applicant", "proposals", "submit", fourth, {}).is_refused()
    path.tell("legal", "proposals", "take-back", third)
    submitting.is_refused()
    is_clean(path)


def test_one_more_correction_is_allowed_once(district: District) -> None:
    path = with_submitted_proposal(district, rules={**RULES, "corrections_max": 0})
    defects = [{"part": "summary", "text": "写得太短"}]
    returning = Told(
        path, "S5.maximum", "round_secretary", "proposals", "return-for-correction",
        path.proposal, {"defects": defects},
    )  # fmt: skip
    path.tell("round_secretary", "proposals", "take-intake", path.proposal)
    returning.passes_once()
    path.pair("applicant", "legal", "proposals", "resubmit", path.proposal, summary="写长一些")
    path.tell("round_secretary", "proposals", "take-intake", path.proposal)
    returning.is_refused()
    is_clean(path)


def returned(path: Path) -> None:
    path.tell("round_secretary", "proposals", "take-intake", path.proposal)
    path.tell(
        "round_secretary", "proposals", "return-for-correction", path.proposal,
        defects=[{"part": "summary", "text": "写得太短"}],
    )  # fmt: skip


def test_a_correction_that_came_late_is_taken_once(district: District) -> None:
    path = with_submitted_proposal(district)
    returned(path)
    correcting = Told(
        path, "S6.due", "applicant", "proposals", "resubmit", path.proposal, {"summary": "更好"}
    )
    stand_at(district, district.system.clock.now() + timedelta(days=9))
    correcting.passes_once()
    returned(path)
    stand_at(district, district.system.clock.now() + timedelta(days=9))
    correcting.is_refused()
    is_clean(path)


def test_the_clock_waits_for_a_correction_whose_day_is_set_aside_but_not_for_ever(
    district: District,
) -> None:
    path = with_submitted_proposal(district)
    returned(path)
    set_aside(path, "S6.due", f"proposal:{path.proposal}")
    district.wait(days=10)
    assert found(path, f"proposal:{path.proposal}").stage == "returned"
    district.wait(days=14)
    assert found(path, f"proposal:{path.proposal}").stage == "lapsed"


def test_fewer_reviewers_are_enough_for_the_proposal_whose_minimum_is_set_aside() -> None:
    asked: list[tuple[str, str]] = []

    def score(*set_aside: tuple[str, str]) -> str:
        def is_set_aside(stream: str, rule: str) -> bool:
            asked.append((stream, rule))
            return (stream, rule) in set_aside

        proposal = standing(Proposal, stage="under_review")
        by = replace(mandate("clock"), set_aside=is_set_aside)
        judgement.record_score(
            proposal, method="mean", score_milli=80_000, better=0, locked=0, unlocked=0,
            spread_milli=0, has_third=False, round=round_in("reviewing"), by=by,
        )  # fmt: skip
        return str(proposal.stage)

    for others in ((), (("proposal:y", "S11.minimum"),), (("proposal:x", "S11.locked"),)):
        with pytest.raises(Refusal) as refusal:
            score(*others)
        assert rules(refusal.value) == ["S11.minimum"]
    assert score(("proposal:x", "S11.minimum")) == "scored"
    assert set(asked) == {("proposal:x", "S11.minimum")}


def test_a_final_report_that_came_late_is_taken_once(district: District) -> None:
    path = with_grant_active(district)
    district.wait(days=250)
    district.wait(days=31)
    reporting = Told(
        path, "G15.due", "legal", "grants", "submit-final", path.grant, {"results": "完成"}
    )
    reporting.passes_once()
    later = district.today + timedelta(days=3)
    path.tell("evaluator", "grants", "return-final", path.grant, defects=["缺表"], due=later)
    district.wait(days=4)
    reporting.is_refused()
    is_clean(path)


def test_each_step_of_a_payment_passes_the_questioned_limit_with_an_override_of_its_own(
    district: District,
) -> None:
    path = with_grant_active(district)
    with_questioned_cost(path, "V1")
    (tranche,) = district.all("tranches", stage="eligible")

    def step(rule: str, who: str, verb: str, **said: Any) -> None:
        Told(path, f"{rule}.questioned", who, "tranches", verb, tranche, said).passes_once()

    step("T2", "applicant", "request", account="account:1", invoice_no="1")
    step("T3", "fund_manager", "check")
    step("T4", "finance_approver", "approve")
    step("T5", "cashier", "send", batch="1", bank_ref="1")
    path.tell("reconciler", "tranches", "record-bank-return", tranche, code="账号不符")
    district.person("second approver", Held("finance_approver", DISTRICT))
    step("T7c", "second approver", "retry", account="account:1")
    assert len(district.all("overrides", stage="spent")) == 5
    Told(
        path, "T5.questioned", "cashier", "tranches", "send", tranche,
        {"batch": "2", "bank_ref": "2"},
    ).is_refused()  # fmt: skip
    is_clean(path)


def test_the_clock_makes_a_tranche_eligible_past_the_questioned_limit(district: District) -> None:
    path = with_grant_active(district)
    with_questioned_cost(path, "V1")
    pay_nothing = district.all("tranches", stage="planned")
    district.wait(days=120)
    path.tell("applicant", "grants", "submit-midterm", path.grant, report="中期")
    path.tell("evaluator", "grants", "record-midterm", path.grant, score_milli=85_000)
    district.wait(hours=1)
    assert district.all("tranches", stage="planned") == pay_nothing
    set_aside(path, "T1.questioned", f"tranche:{pay_nothing[0]}")
    district.wait(hours=1)
    assert district.all("tranches", stage="planned") == []
    is_clean(path)


def test_a_large_payment_passes_once_without_its_third_hand(district: District) -> None:
    path = with_grant_active(district, rules={**RULES, "payment_threshold_minor": 100})
    (tranche,) = district.all("tranches", stage="eligible")

    def checked() -> None:
        path.tell("applicant", "tranches", "request", tranche, account="account:1", invoice_no="1")
        path.tell("fund_manager", "tranches", "check", tranche)

    checked()
    waiting = district.tell("finance_approver", "tranches", "approve", tranche)
    assert waiting.prepared
    override = set_aside(path, "T4.third_hand", f"tranche:{tranche}")
    assert not district.tell("finance_approver", "tranches", "approve", tranche).prepared
    assert found(path, f"override:{override}").stage == "spent"
    path.tell("finance_approver", "tranches", "return-request", tranche, reason="重办")
    checked()
    assert district.tell("finance_approver", "tranches", "approve", tranche).prepared
    is_clean(path)

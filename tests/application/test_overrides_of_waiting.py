"""Overrides of waiting times and due days: each is set aside once, and refuses again."""

from __future__ import annotations

from datetime import timedelta

from application.principals import Held
from tests.application.aside import Told, is_clean, set_aside
from tests.application.refusing import stand_at
from tests.application.test_guards_of_payees import PAYEE, filed
from tests.application.test_taking_turns import SEC, with_optimising
from tests.district import DISTRICT, District
from tests.played import Path
from tests.played_to_end import found, send, with_grant_active


def change_payee(path: Path) -> None:
    said = {"document": filed(path, "applicant"), **PAYEE}
    path.pair("legal", "finance_approver", "grants", "change-payee", path.grant, **said)


def checked(path: Path, tranche: str) -> None:
    path.tell(
        "applicant", "tranches", "request", tranche, account=PAYEE["account"], invoice_no="I1"
    )
    path.tell("fund_manager", "tranches", "check", tranche)


def test_a_payment_to_a_new_account_is_approved_once_without_the_wait(district: District) -> None:
    path = with_grant_active(district)
    tranche = path.tranches[0]
    change_payee(path)
    checked(path, tranche)
    approving = Told(path, "T4.rested", "finance_approver", "tranches", "approve", tranche, {})
    approving.passes_once()
    path.tell("fund_manager", "tranches", "return-request", tranche, reason="重办")
    checked(path, tranche)
    approving.is_refused()
    is_clean(path)


def test_a_returned_payment_is_tried_again_once_without_the_wait(district: District) -> None:
    path = with_grant_active(district)
    tranche = send(path)
    path.tell("reconciler", "tranches", "record-bank-return", tranche, code="R01")
    change_payee(path)
    district.person("second approver", Held("finance_approver", DISTRICT))
    again = {"account": PAYEE["account"]}
    retrying = Told(path, "T7c.rested", "second approver", "tranches", "retry", tranche, again)
    retrying.passes_once()
    path.tell("cashier", "tranches", "send", tranche, batch="2", bank_ref="R2")
    path.tell("reconciler", "tranches", "record-bank-return", tranche, code="R01")
    retrying.is_refused()
    is_clean(path)


def test_better_content_that_came_late_is_taken_once(district: District) -> None:
    path = with_optimising(district)
    improving = Told(
        path, "S12a.due", "applicant", "proposals", "submit-optimised", path.proposal,
        {"summary": "更好"},
    )  # fmt: skip
    stand_at(district, district.system.clock.now() + timedelta(days=5))
    improving.passes_once()
    assert found(path, f"proposal:{path.proposal}").stage == "scored"
    due = district.today + timedelta(days=3)
    path.tell(SEC, "proposals", "ask-optimisation", path.proposal, improvements=["改"], due=due)
    stand_at(district, district.system.clock.now() + timedelta(days=5))
    improving.is_refused()
    is_clean(path)


def test_the_clock_waits_for_better_content_whose_day_is_set_aside_but_not_for_ever(
    district: District,
) -> None:
    path = with_optimising(district)
    set_aside(path, "S12a.due", f"proposal:{path.proposal}")
    district.wait(days=5)
    assert found(path, f"proposal:{path.proposal}").stage == "optimising"
    district.wait(days=14)
    assert found(path, f"proposal:{path.proposal}").stage == "scored"
    is_clean(path)

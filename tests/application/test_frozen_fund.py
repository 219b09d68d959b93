"""A frozen fund: nothing is promised or paid from it, and what the bank did is still recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.application.cases import (
    with_payment_checked,
    with_payment_requested,
    with_payment_sent,
    with_planned_round,
)
from tests.application.refusing import refused, rules
from tests.district import District
from tests.played import ACCOUNT, Path, with_award_proposed, with_fund
from tests.played_to_end import (
    approve,
    with_agreement_signed,
    with_costs_accepted,
    with_grant_active,
    with_grant_settled,
)


def approved(district: District) -> Path:
    path = with_grant_active(district)
    approve(path)
    return path


def returned(district: District) -> Path:
    path = with_payment_sent(district)
    path.tell("reconciler", "tranches", "record-bank-return", path.tranches[0], code="R01")
    return path


def appropriation(path: Path) -> tuple[Any, ...]:
    said = {"doc_no": "2", "amount_minor": 1, "year": 2026}
    return "fund_manager", "funds", "record-appropriation", path.fund, said


def budget(path: Path) -> tuple[Any, ...]:
    said = {"fund": path.fund, "lines": [{"line": "grants", "amount_minor": 1}]}
    return "fund_manager", "rounds", "allot-budget", path.round, said


def notice(path: Path) -> tuple[Any, ...]:
    today = path.district.today
    said = {"starts": today, "ends": today + timedelta(days=10), "contact": "0431"}
    return "district_officer", "rounds", "publish-notice", path.round, said


def activation(path: Path) -> tuple[Any, ...]:
    return "fund_manager", "grants", "activate", path.grant, {}


def payment(who: str, verb: str, **said: Any) -> Callable[[Path], tuple[Any, ...]]:
    return lambda path: (who, "tranches", verb, path.tranches[0], said)


@pytest.mark.parametrize(
    ("step", "command", "rule"),
    [
        (with_fund, appropriation, "F2.stage"),
        (with_planned_round, budget, "R2.fund"),
        (with_award_proposed, notice, "R9.fund"),
        (with_agreement_signed, activation, "G3.fund"),
        (
            with_grant_active,
            payment("applicant", "request", account=ACCOUNT, invoice_no="I1"),
            "T2.fund",
        ),
        (with_payment_requested, payment("fund_manager", "check"), "T3.fund"),
        (with_payment_checked, payment("finance_approver", "approve"), "T4.fund"),
        (approved, payment("cashier", "send", batch="1", bank_ref="R1"), "T5.fund"),
        (returned, payment("finance_approver", "retry", account=ACCOUNT), "T7c.fund"),
    ],
)
def test_nothing_is_promised_or_paid_from_a_frozen_fund(
    district: District, step: Callable[[District], Path], command: Any, rule: str
) -> None:
    path = step(district)
    path.tell("oversight_officer", "funds", "freeze", path.fund, decision="1", reason="查")
    who, nouns, verb, id, said = command(path)
    assert rules(refused(district, who, nouns, verb, id, **said)) == [rule]
    path.tell("leader", "funds", "unfreeze", path.fund, reason="查清")
    district.tell(who, nouns, verb, id, **said)


def test_the_bank_is_recorded_while_the_fund_is_frozen(district: District) -> None:
    path = with_payment_sent(district)
    path.tell("oversight_officer", "funds", "freeze", path.fund, decision="1", reason="查")
    tranche = path.tranches[0]
    line = {"bank_txn": "X", "value_date": district.today, "amount_minor": 4_800_000}
    path.tell("reconciler", "tranches", "confirm", tranche, account=ACCOUNT, **line)
    path.tell("reconciler", "tranches", "reconcile", tranche, statement_line="S1")
    gift = {"contributor": "企业", "source": "donation", "amount_minor": 1, "purposes": ["创投"]}
    path.pair("cashier", "reconciler", "funds", "receive-contribution", path.fund,
              bank_ref="B9", **gift)  # fmt: skip
    assert district.only("tranches", stage="reconciled") == tranche


def test_a_refund_is_recorded_while_the_fund_is_frozen(district: District) -> None:
    path = with_grant_settled(district)
    path.tell("oversight_officer", "funds", "freeze", path.fund, decision="1", reason="查")
    refund = {"amount_minor": 1, "bank_ref": "RF"}
    path.pair("cashier", "reconciler", "grants", "record-refund", path.grant, **refund)


def test_the_end_of_a_grant_goes_on_while_the_fund_is_frozen(district: District) -> None:
    path = with_costs_accepted(district)
    path.tell("oversight_officer", "funds", "freeze", path.fund, decision="1", reason="查")
    district.wait(days=230)
    assert district.only("grants", stage="final_due") == path.grant

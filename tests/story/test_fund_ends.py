"""A fund ends empty, is opened again for a fact that came later, and ends empty again."""

from __future__ import annotations

from typing import Any

from tests.application.refusing import refused, rules
from tests.district import District
from tests.played import AWARD
from tests.played_to_end import due_back, with_fund_closed, with_round_closed
from tests.story.funded import (
    balances,
    check_verified,
    gift,
    officers,
    opened,
    refusal,
    stage_of,
    tell,
)


def test_a_refund_that_may_not_be_used_again_goes_to_the_treasury_and_the_fund_ends_empty(
    district: District,
) -> None:
    """80,000 were paid; of 50,000 of cost the grant bears 80%; 40,000 come back and go on."""
    path = with_round_closed(district, paid_in=AWARD, reuse=False)
    fund, spent = path.fund, 4_000_000
    back = AWARD - spent
    assert balances(district, fund) == {
        "authority.source": -(300_000_000 - back),
        "authority.available": 300_000_000 - AWARD,
        "authority.spent": spent,
        "cash.bank": back,
        "cash.payable_to_treasury": -back,
        "cash.restricted_net_assets": back,
        "cash.income_appropriation": -AWARD,
        "cash.grant_expense": spent,
    }
    over: dict[str, Any] = {"amount_minor": back + 1, "bank_ref": "T1"}
    assert refusal(district, fund, "return-money", **over) == ["F13.due", "F13.bank"]
    district.tell("finance_approver", "funds", "start-closing", fund)
    closing = refusal(district, fund, "close")
    assert closing == ["F11a.zero"]
    tell(district, fund, "return-money", amount_minor=back, bank_ref="T1")
    tell(district, fund, "lapse-authority", amount_minor=300_000_000 - AWARD)
    tell(district, fund, "close")
    assert balances(district, fund) == {}
    assert stage_of(district, fund) == "closed"
    check_verified(district)


def test_a_closed_fund_is_opened_for_a_bank_fact_and_closed_again_at_zero(
    district: District,
) -> None:
    """Interest of 12.34 arrives after the end; it is due back, paid over, and nothing is left."""
    path = with_fund_closed(district)
    fund = path.fund
    assert balances(district, fund) == {}
    fact: dict[str, Any] = {"basis": "bank_fact", "reference": "20261130-001"}
    late: dict[str, Any] = {"amount_minor": 1_234, "bank_ref": "I9"}
    assert refusal(district, fund, "record-interest", **late) == ["F15.stage"]

    tell(district, fund, "reopen", **fact)
    spent = 8_000_000 - due_back(path)
    assert balances(district, fund) == {"authority.source": -spent, "authority.spent": spent}
    assert refusal(district, fund, "reopen", **fact) == ["F11b.stage"]
    tell(district, fund, "record-interest", **late)
    over = refusal(district, fund, "declare-left-over", amount_minor=1_235)
    assert over == ["F14.cash", "F14.net_assets"]
    tell(district, fund, "declare-left-over", amount_minor=1_234)
    assert balances(district, fund)["cash.payable_to_treasury"] == -1_234
    assert refusal(district, fund, "close") == ["F11a.zero"]
    tell(district, fund, "return-money", amount_minor=1_234, bank_ref="T9")
    tell(district, fund, "close")

    assert balances(district, fund) == {}
    assert stage_of(district, fund) == "closed"
    tell(district, fund, "reopen", **fact)
    assert balances(district, fund) == {"authority.source": -spent, "authority.spent": spent}
    tell(district, fund, "close")
    check_verified(district)


def test_left_over_money_is_declared_only_by_a_fund_that_is_being_closed(
    district: District,
) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "receive-contribution", **gift(1_000, "B1"))
    assert refusal(district, fund, "declare-left-over", amount_minor=1) == ["F14.stage"]
    district.tell("finance_approver", "funds", "start-closing", fund)
    tell(district, fund, "record-bank-fee", amount_minor=10, bank_ref="F1")
    tell(district, fund, "declare-left-over", amount_minor=990)
    assert balances(district, fund) == {
        "authority.source": -1_000,
        "authority.available": 1_000,
        "cash.bank": 990,
        "cash.payable_to_treasury": -990,
        "cash.income_donation": -1_000,
        "cash.bank_fees": 10,
        "cash.restricted_net_assets": 990,
    }


def test_a_dishonest_finance_officer_cannot_reopen_a_fund_alone(district: District) -> None:
    path = with_fund_closed(district)
    fact: dict[str, Any] = {"basis": "finding", "reference": "审计发现1"}
    waiting = district.tell("finance_approver", "funds", "reopen", path.fund, **fact)
    refusal_ = refused(district, "finance_approver", "approvals", "approve", waiting.id)
    assert all(rule.startswith("W2") for rule in rules(refusal_))
    assert stage_of(district, path.fund) == "closed"

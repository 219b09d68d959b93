"""A year of a fund ends: interest and fees, expense closed home by home, late entries, the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from application.principals import Grounds
from application.questions import Moment
from tests.application.refusing import refused, rules
from tests.district import District
from tests.played import AWARD
from tests.played_to_end import (
    due_back,
    found,
    with_costs_accepted,
    with_fund_closed,
    with_round_closed,
)
from tests.story.funded import (
    balances,
    check_verified,
    gift,
    officers,
    opened,
    refusal,
    stage_of,
    tell,
    version,
)


def until(district: District, year: int, month: int, day: int) -> None:
    """Lets the days pass up to that one, and the clock do what is due."""
    district.system.advance(datetime(year, month, day, 4, tzinfo=UTC))


def test_interest_comes_in_and_the_bank_takes_its_fee(district: District) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "record-interest", amount_minor=12_345, bank_ref="I1")
    fee: dict[str, Any] = {"amount_minor": 12_346, "bank_ref": "F1"}
    assert refusal(district, fund, "record-bank-fee", **fee) == ["F16.cash"]
    tell(district, fund, "record-bank-fee", amount_minor=1_500, bank_ref="F1")
    assert balances(district, fund) == {
        "cash.bank": 10_845,
        "cash.income_interest": -12_345,
        "cash.bank_fees": 1_500,
    }


def test_money_that_waits_for_its_purpose_pays_no_fee(district: District) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "park-receipt", payer="不详", amount_minor=1_000, bank_ref="P1")
    fee: dict[str, Any] = {"amount_minor": 1, "bank_ref": "F1"}
    assert refusal(district, fund, "record-bank-fee", **fee) == ["F16.cash"]


def test_a_year_ends_with_its_income_and_expense_in_the_net_assets(district: District) -> None:
    """40,000 and 10,000 of cost are accepted of 48,000 paid; interest 100, a fee 10."""
    path = with_costs_accepted(district)
    fund, grant = path.fund, f"grant:{path.grant}"
    tell(district, fund, "record-interest", amount_minor=10_000, bank_ref="I1")
    tell(district, fund, "record-bank-fee", amount_minor=1_000, bank_ref="F1")
    expense = found(path, grant).balance("cash.grant_expense")
    assert expense == 4_800_000  # accepted 5,000,000; posted as far as money was paid
    before = balances(district, fund)
    assert refusal(district, fund, "close-year", year=2026) == ["F10b.over"]
    until(district, 2027, 1, 5)
    assert refusal(district, fund, "close-year", year=2025) == ["F10b.later"]

    tell(district, fund, "close-year", year=2026)

    closed = ("cash.income_appropriation", "cash.income_interest", "cash.bank_fees",
              "cash.grant_expense")  # fmt: skip
    assert balances(district, fund) == {
        **{name: minor for name, minor in before.items() if name not in closed},
        "cash.restricted_net_assets": -(300_000_000 + 10_000 - 1_000 - 4_800_000),
    }
    assert found(path, grant).balance("cash.grant_expense") == 0
    assert refusal(district, fund, "close-year", year=2026) == ["F10b.later"]
    assert stage_of(district, fund) == "active"
    check_verified(district)


def test_what_belongs_to_the_new_year_is_not_closed_with_the_old(district: District) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "receive-contribution", **gift(1_000, "B1"))
    old = version(district, fund)
    until(district, 2027, 1, 5)
    tell(district, fund, "receive-contribution", **gift(70, "B2"))
    new = version(district, fund)
    tell(district, fund, "close-year", year=2026)
    assert balances(district, fund) == {
        "authority.source": -1_070,
        "authority.available": 1_070,
        "cash.bank": 1_070,
        "cash.income_donation": -70,
        "cash.restricted_net_assets": -1_000,
    }
    said: dict[str, Any] = {"entry": old, "reason": "录错"}
    assert refusal(district, fund, "reverse-entry", **said) == ["F8.year"]
    tell(district, fund, "reverse-entry", entry=new, reason="录错")
    check_verified(district)


def test_a_receipt_that_was_undone_after_new_year_is_not_closed_twice(district: District) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "receive-contribution", **gift(1_000, "B1"))
    old = version(district, fund)
    until(district, 2027, 1, 5)
    tell(district, fund, "reverse-entry", entry=old, reason="录错")
    tell(district, fund, "close-year", year=2026)
    assert balances(district, fund) == {}


def test_a_bank_line_of_a_closed_month_keeps_its_date_and_changes_no_closed_balance(
    district: District,
) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "receive-contribution", **gift(1_000, "B1"))
    until(district, 2026, 4, 3)
    tell(district, fund, "close-period", period="2026-03")
    questions = district.system.questions
    at_closing = Moment(questions.moment("2026-03-31", None).before, questions.head())
    march = balances(district, fund, at_closing)

    late = Grounds(effective_at=datetime(2026, 3, 30, 2, tzinfo=UTC))
    tell(district, fund, "receive-contribution", grounds=late, **gift(70, "B2"))
    tell(district, fund, "record-interest", amount_minor=5, bank_ref="I1")

    assert (
        balances(district, fund, at_closing)
        == march
        == {
            "authority.source": -1_000,
            "authority.available": 1_000,
            "cash.bank": 1_000,
            "cash.income_donation": -1_000,
        }
    )
    as_of = questions.moment("2026-03-31", None)
    assert balances(district, fund, as_of)["cash.bank"] == 1_070
    lines = questions.timeline(f"fund:{fund}", Moment())[-2:]
    assert [b'"late":true' in line for _, line in lines] == [True, False]
    assert b'"effective_at":"2026-03-30T02:00:00Z"' in lines[0][1]
    check_verified(district)


def test_what_the_bank_did_is_never_dated_before_the_fund_was_there(district: District) -> None:
    officers(district)
    fund = opened(district)
    district.wait(days=3)
    start = datetime(2026, 3, 2, 1, tzinfo=UTC)
    early = Grounds(effective_at=start - timedelta(days=9))
    tell(district, fund, "record-interest", grounds=early, amount_minor=5, bank_ref="I1")
    before = district.system.questions.moment("2026-02-28", None)
    assert balances(district, fund, before) == {}
    assert balances(district, fund, district.system.questions.moment("2026-03-02", None)) == {
        "cash.bank": 5, "cash.income_interest": -5,
    }  # fmt: skip
    check_verified(district)


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

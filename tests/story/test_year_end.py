"""A year of a fund ends: interest and fees, expense closed home by home, late entries, the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from application.principals import Grounds
from application.questions import Moment
from tests.district import District
from tests.played_to_end import (
    found,
    with_costs_accepted,
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

    assert balances(district, fund, at_closing) == march
    assert march["cash.bank"] == -march["cash.income_donation"] == 1_000
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

"""Entries that should not have been made are reversed, and what has been built on stays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.application.refusing import refused, rules
from tests.district import District
from tests.played import with_budgeted_round
from tests.story.funded import (
    balances,
    check_verified,
    contributions,
    fund_of,
    gift,
    officers,
    opened,
    refusal,
    tell,
    version,
)

APPROPRIATION: dict[str, Any] = {
    "doc_no": "南财〔2026〕7号",
    "amount_minor": 10_000_000,
    "year": 2026,
}


def wrong(entry: int) -> dict[str, Any]:
    """What the fund manager says who has found a wrong entry."""
    return {"entry": entry, "reason": "金额录入错误"}


def test_a_reversed_appropriation_leaves_nothing_and_is_recorded_again_rightly(
    district: District,
) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "record-appropriation", **APPROPRIATION)
    entry = version(district, fund)
    again: dict[str, Any] = {**APPROPRIATION, "amount_minor": 1_000_000}
    assert refusal(district, fund, "record-appropriation", **again) == ["F2.document"]

    tell(district, fund, "reverse-entry", **wrong(entry))
    assert balances(district, fund) == {}
    assert refusal(district, fund, "reverse-entry", **wrong(entry)) == ["F8.once"]

    tell(district, fund, "record-appropriation", **again)
    assert balances(district, fund) == {
        "authority.source": -1_000_000,
        "authority.available": 1_000_000,
    }
    check_verified(district)


def test_an_appropriation_whose_authority_is_used_cannot_be_reversed(district: District) -> None:
    """300,000,000 fen were appropriated and 51,000,000 of them allotted to a round."""
    path = with_budgeted_round(district, paid_in=1)
    tell(district, path.fund, "record-appropriation", **APPROPRIATION)
    second = version(district, path.fund)
    entries = fund_of(district, path.fund).posted
    first = next(entry for entry in entries if entry.event.amount_minor == 300_000_000)
    said = wrong(first.version)
    assert refusal(district, path.fund, "reverse-entry", **said) == ["F8.available"]
    tell(district, path.fund, "reverse-entry", **wrong(second))
    assert balances(district, path.fund)["authority.available"] == 300_000_000 - 51_000_000


def test_an_appropriation_whose_money_has_come_in_cannot_be_reversed(district: District) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "record-appropriation", **APPROPRIATION)
    entry = version(district, fund)
    money = gift(1, "B1", contributor="财政局", source="appropriation")
    tell(district, fund, "receive-contribution", **money)
    receipt = version(district, fund)
    said = wrong(entry)
    assert refusal(district, fund, "reverse-entry", **said) == ["F8.appropriated"]
    tell(district, fund, "reverse-entry", **wrong(receipt))
    tell(district, fund, "reverse-entry", **said)
    assert balances(district, fund) == {}
    check_verified(district)


def test_a_receipt_of_a_wrong_amount_is_reversed_and_its_bank_line_is_free_again(
    district: District,
) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "receive-contribution", **gift(90_000, "B1"))
    entry = version(district, fund)
    assert refusal(district, fund, "receive-contribution", **gift(9_000, "B1")) == ["F3.bank_line"]
    tell(district, fund, "reverse-entry", **wrong(entry))
    tell(district, fund, "receive-contribution", **gift(9_000, "B1"))
    assert balances(district, fund) == {
        "authority.source": -9_000,
        "authority.available": 9_000,
        "cash.bank": 9_000,
        "cash.income_donation": -9_000,
    }
    assert contributions(district) == [("withdrawn", 0, 90_000), ("received", 9_000, 0)]
    check_verified(district)


def test_money_that_was_spent_on_cannot_be_made_not_to_have_come_in(district: District) -> None:
    officers(district)
    fund, other = opened(district), opened(district, name="街道专项")
    tell(district, fund, "receive-contribution", **gift(1_000, "B1"))
    receipt = version(district, fund)
    tell(district, fund, "transfer", to=other, cash_minor=1)
    moved = version(district, fund)
    said = wrong(receipt)
    assert refusal(district, fund, "reverse-entry", **said) == ["F8.cash"]
    tell(district, fund, "reverse-entry", **wrong(moved))
    assert balances(district, other) == {}
    tell(district, fund, "reverse-entry", **said)
    assert balances(district, fund) == {}
    check_verified(district)


def test_a_transfer_that_the_other_fund_has_passed_on_stays(district: District) -> None:
    officers(district)
    fund, other, third = (opened(district, name=name) for name in ("甲", "乙", "丙"))
    tell(district, fund, "receive-contribution", **gift(1_000, "B1"))
    tell(district, fund, "transfer", to=other, cash_minor=600, authority_minor=600)
    moved = version(district, fund)
    tell(district, other, "transfer", to=third, cash_minor=1, authority_minor=1)
    said = wrong(moved)
    assert refusal(district, fund, "reverse-entry", **said) == ["F8.available", "F8.cash"]


def test_a_pledge_is_reversed_only_as_long_as_nothing_came_of_it(district: District) -> None:
    officers(district)
    fund = opened(district)
    pledge: dict[str, Any] = {"contributor": "区民政局", "source": "pooled", "amount_minor": 1_000,
              "purposes": ["创投"], "binding": True}  # fmt: skip
    tell(district, fund, "pledge-contribution", **pledge, letter="1")
    first = version(district, fund)
    tell(district, fund, "withdraw-pledge", pledge=1, amount_minor=1)
    withdrawn = version(district, fund)
    said = wrong(first)
    assert refusal(district, fund, "reverse-entry", **said) == ["F8.pledge", "F8.available"]
    tell(district, fund, "reverse-entry", **wrong(withdrawn))
    assert contributions(district) == [("pledged", 0, 0)]
    tell(district, fund, "reverse-entry", **said)
    assert contributions(district) == [("withdrawn", 0, 1_000)]
    assert balances(district, fund) == {}
    check_verified(district)


def test_only_entries_are_reversed_that_no_row_of_their_own_undoes(district: District) -> None:
    path = with_budgeted_round(district)
    with_opening = [entry.version for entry in fund_of(district, path.fund).posted]
    others = set(range(1, version(district, path.fund) + 1)) - set(with_opening)
    for entry in sorted(others | {10_000}):
        said = wrong(entry)
        assert refusal(district, path.fund, "reverse-entry", **said) == ["F8.entry"]
    assert len(with_opening) == 2


@pytest.mark.parametrize("verb", ["record-interest", "record-bank-fee"])
def test_interest_and_fees_are_reversed_too(district: District, verb: str) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "receive-contribution", **gift(1_000, "B1"))
    before = balances(district, fund)
    tell(district, fund, verb, amount_minor=7, bank_ref="B2")
    entry = version(district, fund)
    assert balances(district, fund) != before
    tell(district, fund, "reverse-entry", **wrong(entry))
    assert balances(district, fund) == before


def test_an_opening_balance_is_recorded_reversed_and_recorded_rightly(district: District) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "record-opening-balance", bank_minor=500, available_minor=700)
    assert balances(district, fund) == {
        "authority.source": -700,
        "authority.available": 700,
        "cash.bank": 500,
        "cash.restricted_net_assets": -500,
    }
    entry = version(district, fund)
    again: dict[str, Any] = {"bank_minor": 5_000, "available_minor": 7_000}
    assert refusal(district, fund, "record-opening-balance", **again) == ["F2a.first"]
    tell(district, fund, "reverse-entry", **wrong(entry))
    tell(district, fund, "record-opening-balance", **again)
    assert balances(district, fund)["cash.bank"] == 5_000
    check_verified(district)


def test_the_cashier_puts_nothing_right_alone(district: District) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "receive-contribution", **gift(1_000, "B1"))
    said = wrong(version(district, fund))
    assert rules(refused(district, "cashier", "funds", "reverse-entry", fund, **said)) == ["F8.who"]

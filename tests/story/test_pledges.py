"""A department promises money, sends a part of it, and takes the rest back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from application.principals import Grounds
from tests.district import District
from tests.story.funded import (
    balances,
    check_verified,
    contributions,
    gift,
    officers,
    opened,
    refusal,
    tell,
)

PLEDGE: dict[str, Any] = {
    "contributor": "区民政局", "source": "pooled", "amount_minor": 50_000_000,
    "purposes": ["创投"], "letter": "南民函〔2026〕3号",
}  # fmt: skip


def settled(amount_minor: int, bank_ref: str, **said: Any) -> dict[str, Any]:
    """Money for the first pledge."""
    fields = {**gift(amount_minor, bank_ref), "contributor": "区民政局", "source": "pooled"}
    return {**fields, "pledge": 1, **said}


def test_a_binding_pledge_is_partly_settled_and_the_rest_withdrawn(district: District) -> None:
    officers(district)
    fund = opened(district)

    tell(district, fund, "pledge-contribution", **PLEDGE, binding=True)
    assert balances(district, fund) == {
        "authority.source": -50_000_000,
        "authority.available": 50_000_000,
    }

    tell(district, fund, "receive-contribution", **settled(30_000_000, "B1"))
    assert balances(district, fund) == {
        "authority.source": -50_000_000,
        "authority.available": 50_000_000,
        "cash.bank": 30_000_000,
        "cash.income_pooled": -30_000_000,
    }

    over: dict[str, Any] = {"pledge": 1, "amount_minor": 20_000_001}
    assert refusal(district, fund, "withdraw-pledge", **over) == ["F4a.open"]
    tell(district, fund, "withdraw-pledge", pledge=1, amount_minor=20_000_000)
    assert balances(district, fund) == {
        "authority.source": -30_000_000,
        "authority.available": 30_000_000,
        "cash.bank": 30_000_000,
        "cash.income_pooled": -30_000_000,
    }
    assert contributions(district) == [("received", 30_000_000, 20_000_000)]
    check_verified(district)


def test_money_for_a_pledge_that_binds_nobody_brings_its_authority_with_it(
    district: District,
) -> None:
    officers(district)
    fund = opened(district)
    tell(district, fund, "pledge-contribution", **PLEDGE, binding=False)
    assert balances(district, fund) == {}
    tell(district, fund, "receive-contribution", **settled(50_000_000, "B1"))
    assert balances(district, fund) == {
        "authority.source": -50_000_000,
        "authority.available": 50_000_000,
        "cash.bank": 50_000_000,
        "cash.income_pooled": -50_000_000,
    }


def test_a_careless_cashier_cannot_book_the_money_of_a_pledge_as_something_new(
    district: District,
) -> None:
    officers(district)
    fund = opened(district, purposes=["创投", "助学"])
    tell(district, fund, "pledge-contribution", **PLEDGE, binding=True)

    def refused(**said: Any) -> list[str]:
        return refusal(district, fund, "receive-contribution", **{**settled(1, "B1"), **said})

    assert refused(pledge=None) == ["F3.promised"]
    assert refused(pledge=2) == ["F3.pledge"]
    assert refused(contributor="净月商会") == ["F3.contributor"]
    assert refused(source="donation") == ["F3.contributor"]
    assert refused(purposes=["助学"]) == ["F3.pledged_purposes"]
    assert refused(amount_minor=50_000_001) == ["F3.open"]
    tell(district, fund, "receive-contribution", **settled(1, "B1"))


def test_a_pledge_is_for_purposes_of_the_fund_and_its_letter_counts_once(
    district: District,
) -> None:
    officers(district)
    fund = opened(district)
    said: dict[str, Any] = {**PLEDGE, "binding": True}
    other = {**said, "purposes": ["助学"]}
    assert refusal(district, fund, "pledge-contribution", **other) == ["F4.purposes"]
    tell(district, fund, "pledge-contribution", **said)
    assert refusal(district, fund, "pledge-contribution", **said) == ["F4.letter"]
    assert refusal(district, fund, "withdraw-pledge", pledge=2, amount_minor=1) == ["F4a.pledge"]


def test_a_binding_pledge_that_was_promised_on_cannot_be_withdrawn(district: District) -> None:
    officers(district)
    fund, other = opened(district), opened(district, name="区级专项")
    tell(district, fund, "pledge-contribution", **PLEDGE, binding=True)
    tell(district, fund, "transfer", to=other, authority_minor=40_000_000)
    over: dict[str, Any] = {"pledge": 1, "amount_minor": 10_000_001}
    assert refusal(district, fund, "withdraw-pledge", **over) == ["F4a.available"]
    tell(district, fund, "withdraw-pledge", pledge=1, amount_minor=10_000_000)
    assert balances(district, fund) == {}
    assert balances(district, other) == {
        "authority.source": -40_000_000,
        "authority.available": 40_000_000,
    }


def test_money_for_a_pledge_is_not_dated_before_the_pledge(district: District) -> None:
    officers(district)
    fund = opened(district)
    district.wait(days=2)
    tell(district, fund, "pledge-contribution", **PLEDGE, binding=True)
    early = Grounds(effective_at=district.system.clock.now() - timedelta(days=1))
    said = settled(1, "B1")
    assert refusal(district, fund, "receive-contribution", grounds=early, **said) == ["F3.date"]
    tell(district, fund, "receive-contribution", **said)

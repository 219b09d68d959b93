"""Money passes between funds: by a transfer, by a rule of three per cent, into the next year."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.application.refusing import refused, rules
from tests.district import District
from tests.played_to_end import with_first_tranche_paid
from tests.story.funded import (
    balances,
    check_verified,
    gift,
    officers,
    opened,
    refusal,
    tell,
)


def funded(district: District, minor: int = 123_455_000) -> tuple[str, str]:
    """A fund with a donation, and an empty one of the same kind."""
    officers(district)
    fund, other = opened(district), opened(district, name="街道专项")
    tell(district, fund, "receive-contribution", **gift(minor, "B1"))
    return fund, other


def stored(district: District, fund: str) -> str:
    """The document that shows a basis, filed with a fund."""
    digest = hashlib.sha256(fund.encode()).hexdigest()
    return district.tell(
        "finance_approver", "documents", "store", sha256=digest, media_type="application/pdf",
        size=5, subject=f"fund:{fund}",
    ).id  # fmt: skip


def test_three_per_cent_of_a_basis_go_to_the_street_rounded_half_up(district: District) -> None:
    fund, other = funded(district)
    rule: dict[str, Any] = {
        "to": other,
        "rule_version": "统筹办法1",
        "document": stored(district, fund),
        "percent": 3,
    }

    tell(district, fund, "apply-allocation-rule", **rule, basis_minor=1_234_550)

    # 3% of 12345.50 are 370.365: half up, 370.37.
    assert balances(district, other) == {
        "authority.source": -37_037,
        "authority.available": 37_037,
        "cash.bank": 37_037,
        "cash.restricted_net_assets": -37_037,
    }
    assert balances(district, fund) == {
        "authority.source": -(123_455_000 - 37_037),
        "authority.available": 123_455_000 - 37_037,
        "cash.bank": 123_455_000 - 37_037,
        "cash.income_donation": -123_455_000,
        "cash.restricted_net_assets": 37_037,
    }
    again: dict[str, Any] = {**rule, "basis_minor": 1_234_550}
    assert refusal(district, fund, "apply-allocation-rule", **again) == ["F5.once"]
    check_verified(district)


def test_a_rule_rests_on_a_document_and_moves_no_more_than_there_is(district: District) -> None:
    fund, other = funded(district, 1_000)
    rule: dict[str, Any] = {
        "to": other,
        "rule_version": "1",
        "document": stored(district, fund),
        "percent": 100,
    }
    verb = "apply-allocation-rule"
    assert refusal(district, fund, verb, **{**rule, "document": "none"}, basis_minor=1) == ["found"]
    alien = {**rule, "document": stored(district, other)}
    assert refusal(district, fund, verb, **alien, basis_minor=1) == ["F5.document"]
    assert refusal(district, fund, verb, **rule, basis_minor=1_001) == ["F5.available", "F5.cash"]
    assert refusal(district, fund, verb, **{**rule, "percent": 1}, basis_minor=49) == ["F5.amount"]
    tell(district, fund, verb, **rule, basis_minor=1_000, moves="authority")
    assert balances(district, other) == {
        "authority.source": -1_000, "authority.available": 1_000,
    }  # fmt: skip


def test_a_transfer_says_whose_money_it_was(district: District) -> None:
    fund, other = funded(district)
    split = [
        {"contributor": "净月商会", "authority_minor": 700, "cash_minor": 0},
        {"contributor": "区民政局", "authority_minor": 300, "cash_minor": 500},
    ]
    said: dict[str, Any] = {"to": other, "authority_minor": 1_000, "cash_minor": 500}
    short = {**said, "split": split[:1]}
    assert refusal(district, fund, "transfer", **short) == ["F6.split"]

    tell(district, fund, "transfer", **said, split=split)

    assert balances(district, other) == {
        "authority.source": -1_000,
        "authority.available": 1_000,
        "cash.bank": 500,
        "cash.restricted_net_assets": -500,
    }
    check_verified(district)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"authority_minor": 123_455_001}, "F6.available"),
        ({"cash_minor": 123_455_001}, "F6.cash"),
        ({}, "F6.amount"),
        ({"to": "itself", "cash_minor": 1}, "F6.other"),
        ({"to": "pounds", "cash_minor": 1}, "F6.currency"),
        ({"to": "proposed", "cash_minor": 1}, "F6.target"),
        ({"to": "broader", "cash_minor": 1}, "F6.purposes"),
    ],
)
def test_a_transfer_stays_within_its_money_currency_and_purposes(
    district: District, changes: dict[str, Any], rule: str
) -> None:
    fund, other = funded(district)
    pot: dict[str, Any] = {
        "name": "新",
        "kind": "pooled",
        "place": "220102",
        "year": 2026,
        "reuse": True,
    }
    targets = {
        "itself": fund,
        "pounds": opened(district, name="英镑", currency="GBP"),
        "broader": opened(district, name="多用途", purposes=["创投", "助学"]),
        "proposed": district.tell(
            "fund_manager", "funds", "propose", **pot, currency="CNY", purposes=["创投"]
        ).id,
    }
    said: dict[str, Any] = {**changes, "to": targets.get(str(changes.get("to")), other)}
    assert refusal(district, fund, "transfer", **said) == [rule]
    tell(district, fund, "transfer", to=other, authority_minor=123_455_000, cash_minor=123_455_000)
    assert balances(district, fund) == {
        "cash.income_donation": -123_455_000,
        "cash.restricted_net_assets": 123_455_000,
    }


def test_one_hand_alone_moves_nothing(district: District) -> None:
    fund, other = funded(district)
    district.person("both", *district.people["finance_approver"].held)
    waiting = district.tell("finance_approver", "funds", "transfer", fund, to=other, cash_minor=1)
    assert waiting.prepared
    refusal = refused(district, "finance_approver", "approvals", "approve", waiting.id)
    assert [rule.partition(".")[0] for rule in rules(refusal)] == ["W2"]


def test_what_is_left_goes_to_next_years_fund_while_its_grants_still_run(
    district: District,
) -> None:
    """80,000 are promised and 48,000 of it are paid: neither they nor the rest may leave."""
    path = with_first_tranche_paid(district, paid_in=300_000_000)
    following = opened(district, year=2027, name="街道创新专项2027")
    # 3,000,000.00 appropriated less 510,000.00 allotted are available; the bank has paid 48,000.00.
    available, bank = 300_000_000 - 51_000_000, 300_000_000 - 4_800_000
    before = balances(district, path.fund)
    assert before["authority.available"] == available
    over = {"authority_minor": available + 1, "cash_minor": bank + 1}
    assert refusal(district, path.fund, "carry-over", to=following, **over) == [
        "F10.available",
        "F10.cash",
    ]

    moved: dict[str, Any] = {"authority_minor": available, "cash_minor": 200_000_000}
    tell(district, path.fund, "carry-over", to=following, **moved)

    assert balances(district, path.fund) == {
        **{name: minor for name, minor in before.items() if name != "authority.available"},
        "authority.source": before["authority.source"] + available,
        "cash.bank": bank - 200_000_000,
        "cash.restricted_net_assets": 200_000_000,
    }
    received = {"authority.available": available, "cash.bank": 200_000_000}
    given = {"authority.source": -available, "cash.restricted_net_assets": -200_000_000}
    assert balances(district, following) == received | given
    assert path.district.only("grants", stage="active") == path.grant
    check_verified(district)


def test_what_is_left_goes_nowhere_but_to_next_year_and_the_same_purposes(
    district: District,
) -> None:
    fund, this_year = funded(district)
    wrong = opened(district, name="别的", year=2027, purposes=["助学"])
    right = opened(district, name="明年", year=2027)

    def refused_for(to: str) -> list[str]:
        return refusal(district, fund, "carry-over", to=to, authority_minor=1)

    assert refused_for(this_year) == ["F10.year"]
    assert refused_for(wrong) == ["F10.same", "F10.purposes"]
    tell(district, fund, "carry-over", to=right, authority_minor=1)


def test_a_right_that_nobody_used_lapses(district: District) -> None:
    fund, _ = funded(district, 1_000)
    assert refusal(district, fund, "lapse-authority", amount_minor=1_001) == ["F10a.available"]
    tell(district, fund, "lapse-authority", amount_minor=1_000)
    assert balances(district, fund) == {"cash.bank": 1_000, "cash.income_donation": -1_000}

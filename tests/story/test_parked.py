"""Money that came in and fits nothing: parked, found out, assigned in parts or sent back."""

from __future__ import annotations

from typing import Any

from tests.application.refusing import refused, rules
from tests.district import District
from tests.played import with_fund
from tests.played_to_end import due_back, found, with_grant_settled
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

GIVEN: dict[str, Any] = {"contributor": "净月商会", "source": "donation", "purposes": ["创投"]}


def test_a_parked_receipt_turns_out_to_be_what_a_grant_had_to_give_back(
    district: District,
) -> None:
    """The grantee owes 30,000.00 and pays 30,500.00 without a word; 500.00 go back."""
    path = with_grant_settled(district)
    owed = due_back(path)
    before = balances(district, path.fund)
    line: dict[str, Any] = {"payer": "同创社工", "amount_minor": owed + 50_000}
    tell(district, path.fund, "park-receipt", **line, bank_ref="P1")
    parked = balances(district, path.fund)
    assert parked["cash.bank"] == before["cash.bank"] + owed + 50_000
    assert parked["cash.unassigned_receipts"] == -(owed + 50_000)
    said: dict[str, Any] = {"receipt": 1, "stands_for": "grant", "thing": path.grant}
    over: dict[str, Any] = {**said, "amount_minor": owed + 1}
    assert refusal(district, path.fund, "assign-receipt", **over) == ["G23.recoverable"]

    tell(district, path.fund, "assign-receipt", **said, amount_minor=owed)
    tell(district, path.fund, "send-back-receipt", receipt=1, amount_minor=50_000, bank_ref="P2")

    after = {
        **before,
        "cash.bank": before["cash.bank"] + owed,
        "authority.available": before["authority.available"] + owed,
        "authority.spent": before["authority.spent"] - owed,
    }
    del after["cash.recoverable"]
    assert balances(district, path.fund) == after
    assert found(path, f"grant:{path.grant}").refunded_minor == owed
    district.tell("district_officer", "grants", "close", path.grant)
    check_verified(district)


def test_no_more_is_assigned_or_sent_back_than_was_parked(district: District) -> None:
    officers(district)
    fund, other = opened(district), opened(district, name="别的")
    tell(district, fund, "park-receipt", payer="不详", amount_minor=100, bank_ref="P1")
    tell(district, fund, "park-receipt", payer="不详", amount_minor=1_000, bank_ref="P2")
    given: dict[str, Any] = {"stands_for": "contribution", "contribution": GIVEN}
    back: dict[str, Any] = {"amount_minor": 101, "bank_ref": "P3"}
    many: dict[str, Any] = {**given, "amount_minor": 101}
    assert refusal(district, fund, "assign-receipt", receipt=1, **many) == ["F19.parked"]
    assert refusal(district, fund, "send-back-receipt", receipt=1, **back) == ["F18.parked"]
    assert refusal(district, fund, "assign-receipt", receipt=3, **many) == ["F19.receipt"]
    assert refusal(district, fund, "send-back-receipt", receipt=3, **back) == ["F18.receipt"]
    again: dict[str, Any] = {"payer": "不详", "amount_minor": 1, "bank_ref": "P1"}
    assert refusal(district, fund, "park-receipt", **again) == ["F17.bank_line"]
    line: dict[str, Any] = {"receipt": 1, "amount_minor": 1, "bank_ref": "P2"}
    assert refusal(district, fund, "send-back-receipt", **line) == ["F18.bank_line"]
    tell(district, other, "park-receipt", **again)
    tell(district, fund, "assign-receipt", receipt=1, **{**many, "amount_minor": 100})
    assert balances(district, fund) == {
        "authority.source": -100,
        "authority.available": 100,
        "cash.bank": 1_100,
        "cash.income_donation": -100,
        "cash.unassigned_receipts": -1_000,
    }
    check_verified(district)


def test_what_is_assigned_must_pass_the_guards_of_the_row_that_it_stands_for(
    district: District,
) -> None:
    path = with_fund(district, paid_in=300_000_000)
    fund = path.fund
    tell(district, fund, "park-receipt", payer="财政局", amount_minor=1_000, bank_ref="P1")

    def refused_as(**said: Any) -> list[str]:
        fields = {"receipt": 1, "amount_minor": 1_000, "stands_for": "contribution", **said}
        return refusal(district, fund, "assign-receipt", **fields)

    budget = {**GIVEN, "source": "appropriation"}
    assert refused_as(contribution=budget) == ["F3.appropriated"]
    assert refused_as(contribution={**GIVEN, "purposes": ["助学"]}) == ["F3.purposes"]
    assert refused_as(contribution={**GIVEN, "pledge": 1}) == ["F3.pledge"]
    assert refused_as() == ["F19.contribution"]
    assert refused_as(stands_for="grant") == ["F19.thing"]
    assert refused_as(stands_for="grant", thing="none") == ["found"]


def test_a_pledge_and_a_gift_that_came_in_one_sum_are_told_apart(district: District) -> None:
    """100.00 were promised, 120.00 came: the pledge is settled, and 20.00 are a gift."""
    officers(district)
    fund = opened(district)
    tell(district, fund, "pledge-contribution", **GIVEN, amount_minor=10_000, letter="1",
         binding=True)  # fmt: skip
    tell(district, fund, "park-receipt", payer="净月商会", amount_minor=12_000, bank_ref="P1")
    said: dict[str, Any] = {"receipt": 1, "stands_for": "contribution"}
    promised = {**GIVEN, "pledge": 1}
    tell(district, fund, "assign-receipt", **said, amount_minor=10_000, contribution=promised)
    tell(district, fund, "assign-receipt", **said, amount_minor=2_000, contribution=GIVEN)
    assert contributions(district) == [("received", 10_000, 0), ("received", 2_000, 0)]
    assert balances(district, fund) == {
        "authority.source": -12_000,
        "authority.available": 12_000,
        "cash.bank": 12_000,
        "cash.income_donation": -12_000,
    }
    check_verified(district)


def test_a_bank_line_counts_once_over_contributions_refunds_interest_fees_and_parked(
    district: District,
) -> None:
    path = with_grant_settled(district)
    fund, owed = path.fund, due_back(path)
    tell(district, fund, "record-interest", amount_minor=10, bank_ref="I1")
    tell(district, fund, "record-bank-fee", amount_minor=1, bank_ref="F1")
    tell(district, fund, "park-receipt", payer="不详", amount_minor=1, bank_ref="P1")
    for bank_ref in ("B1", "I1", "F1", "P1"):
        said = {"amount_minor": 1, "bank_ref": bank_ref}
        refusal_ = refused(district, "cashier", "grants", "record-refund", path.grant, **said)
        assert rules(refusal_) == ["G23.bank_line"]
    refund: dict[str, Any] = {"amount_minor": owed, "bank_ref": "R1"}
    path.pair("cashier", "reconciler", "grants", "record-refund", path.grant, **refund)
    line: dict[str, Any] = {"amount_minor": 1, "bank_ref": "R1"}
    assert refusal(district, fund, "record-interest", **line) == ["F15.bank_line"]
    assert refusal(district, fund, "record-bank-fee", **line) == ["F16.bank_line"]
    assert refusal(district, fund, "receive-contribution", **gift(1, "R1")) == ["F3.bank_line"]
    assert refusal(district, fund, "return-money", **line) == ["F13.bank_line", "F13.due"]

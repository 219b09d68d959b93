"""Parked money that turns out to be what a debtor repaid, too much of it, or much too late."""

from __future__ import annotations

from typing import Any

from tests.district import District
from tests.played import Path
from tests.played_to_end import found
from tests.story.funded import opened, refusal, tell
from tests.story.stopped import (
    CASHIER,
    FINANCE,
    LEADER,
    books,
    claim,
    document,
    rules_of_refusal,
    stage,
    with_claim,
)


def park(path: Path, minor: int) -> None:
    line: dict[str, Any] = {"payer": "同创社工", "amount_minor": minor, "bank_ref": "P1"}
    tell(path.district, path.fund, "park-receipt", **line)


def meant(clawback: str, minor: int) -> dict[str, Any]:
    return {"receipt": 1, "stands_for": "clawback", "thing": clawback, "amount_minor": minor}


def test_what_a_debtor_repays_too_much_is_parked_and_sent_back(district: District) -> None:
    path = with_claim(district)
    clawback = claim(path)
    verb = (CASHIER, "clawbacks", "record-repayment", clawback.id)
    said: dict[str, Any] = {"amount_minor": 4_500_000, "bank_ref": "P1"}
    assert rules_of_refusal(path, *verb, **said) == {"K1.recoverable"}
    park(path, 4_500_000)
    over = meant(clawback.id, 4_000_001)
    assert refusal(district, path.fund, "assign-receipt", **over) == ["K1.recoverable"]
    tell(district, path.fund, "assign-receipt", **meant(clawback.id, 4_000_000))

    repaid = found(path, clawback.stream)
    assert (repaid.repaid_minor, repaid.open_minor, repaid.bank_refs) == (4_000_000, 0, ("P1",))
    spent = {
        "authority.source": -300_000_000,
        "authority.available": 253_000_000,
        "authority.allotted": 43_000_000,
        "authority.spent": 4_000_000,
        "cash.income_appropriation": -300_000_000,
        "cash.grant_expense": 4_000_000,
    }
    assert books(path) == {
        **spent, "cash.bank": 296_500_000, "cash.unassigned_receipts": -500_000
    }  # fmt: skip
    tell(district, path.fund, "send-back-receipt", receipt=1, amount_minor=500_000, bank_ref="P2")
    assert books(path) == {**spent, "cash.bank": 296_000_000}
    path.tell(FINANCE, "clawbacks", "close", clawback.id)
    again = meant(clawback.id, 1)
    assert refusal(district, path.fund, "assign-receipt", **again) == ["K1.stage"]


def test_parked_money_that_may_not_be_used_again_is_owed_to_the_treasury(
    district: District,
) -> None:
    path = with_claim(district, reuse=False)
    park(path, 4_000_000)
    tell(district, path.fund, "assign-receipt", **meant(claim(path).id, 4_000_000))
    assert books(path) == {
        "authority.source": -296_000_000,
        "authority.available": 249_000_000,
        "authority.allotted": 43_000_000,
        "authority.spent": 4_000_000,
        "cash.bank": 296_000_000,
        "cash.income_appropriation": -300_000_000,
        "cash.grant_expense": 4_000_000,
        "cash.restricted_net_assets": 4_000_000,
        "cash.payable_to_treasury": -4_000_000,
    }


def test_parked_money_that_was_given_up_is_recovered_late(district: District) -> None:
    path = with_claim(district)
    clawback = claim(path)
    proof = document(path, clawback.stream)
    path.pair(
        FINANCE, LEADER, "clawbacks", "write-off", clawback.id, proof=proof, reason="追偿无果"
    )
    park(path, 4_100_000)
    over = meant(clawback.id, 4_000_001)
    assert refusal(district, path.fund, "assign-receipt", **over) == ["K4.written_off"]
    tell(district, path.fund, "assign-receipt", **meant(clawback.id, 1_500_000))
    assert stage(path, clawback.stream) == "written_off"
    assert found(path, clawback.stream).recovered_minor == 1_500_000
    more = meant(clawback.id, 2_500_001)
    assert refusal(district, path.fund, "assign-receipt", **more) == ["K4.written_off"]
    assert books(path) == {
        "authority.source": -300_000_000,
        "authority.available": 249_000_000,
        "authority.allotted": 43_000_000,
        "authority.spent": 8_000_000,
        "cash.bank": 296_100_000,
        "cash.income_appropriation": -300_000_000,
        "cash.grant_expense": 4_000_000,
        "cash.write_offs": 2_500_000,
        "cash.unassigned_receipts": -2_600_000,
    }


def test_a_receipt_of_another_fund_repays_no_claim(district: District) -> None:
    path = with_claim(district)
    other = opened(district, name="别的")
    line: dict[str, Any] = {"payer": "同创社工", "amount_minor": 100, "bank_ref": "P1"}
    tell(district, other, "park-receipt", **line)
    said = meant(claim(path).id, 100)
    assert refusal(district, other, "assign-receipt", **said) == ["F19.fund"]

"""A frozen fund promises and passes on nothing; what the bank did and corrections go on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.district import District
from tests.story.funded import balances, check_verified, opened, refusal, tell
from tests.story.test_money_between_funds import funded, stored


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("pledge-contribution", {"contributor": "局", "source": "pooled", "amount_minor": 1,
                                 "purposes": ["创投"], "letter": "1", "binding": True}),
        ("apply-allocation-rule", {"rule_version": "1", "basis_minor": 100, "percent": 3}),
        ("transfer", {"cash_minor": 1}),
        ("carry-over", {"cash_minor": 1}),
    ],
)  # fmt: skip
def test_a_frozen_fund_promises_and_passes_on_nothing(
    district: District, verb: str, said: dict[str, Any]
) -> None:
    fund, other = funded(district)
    row = {"pledge-contribution": "F4", "apply-allocation-rule": "F5", "transfer": "F6"}
    if verb == "carry-over":
        other = opened(district, name="明年", year=2027)
    if verb != "pledge-contribution":
        said = {**said, "to": other}
    if verb == "apply-allocation-rule":
        said = {**said, "document": stored(district, fund)}
    district.tell("oversight_officer", "funds", "freeze", fund, decision="1", reason="查")
    assert refusal(district, fund, verb, **said) == [f"{row.get(verb, 'F10')}.stage"]
    district.tell("leader", "funds", "unfreeze", fund, reason="查清")
    tell(district, fund, verb, **said)


def test_bank_facts_and_corrections_go_on_while_a_fund_is_frozen(district: District) -> None:
    fund, _ = funded(district, 1_000)
    district.tell("oversight_officer", "funds", "freeze", fund, decision="1", reason="查")
    tell(district, fund, "record-interest", amount_minor=10, bank_ref="I1")
    tell(district, fund, "record-bank-fee", amount_minor=3, bank_ref="F1")
    tell(district, fund, "park-receipt", payer="不详", amount_minor=50, bank_ref="P1")
    tell(district, fund, "send-back-receipt", receipt=1, amount_minor=20, bank_ref="P2")
    tell(district, fund, "assign-receipt", receipt=1, amount_minor=30, stands_for="contribution",
         contribution={"contributor": "甲", "source": "donation", "purposes": ["创投"]})  # fmt: skip
    assert balances(district, fund) == {
        "authority.source": -1_030,
        "authority.available": 1_030,
        "cash.bank": 1_037,
        "cash.income_donation": -1_030,
        "cash.income_interest": -10,
        "cash.bank_fees": 3,
    }
    check_verified(district)

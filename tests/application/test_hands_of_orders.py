"""An order goes through different hands: drafted, approved, sent and reconciled by others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.application.refusing import everybody
from tests.application.test_guards_of_orders import DELIVERY, ORDER, accepted, refusal_of
from tests.district import District
from tests.ordered import send
from tests.played import ACCOUNT, Path, with_fund

USUAL = {
    "draft": "round_secretary",
    "approve": "finance_approver",
    "accept-delivery": "finance_approver",
    "send": "cashier",
    "confirm": "reconciler",
    "record-bank-return": "reconciler",
    "record-late-return": "reconciler",
    "close": "reconciler",
}
"""Who usually takes each step; of a pair, its second hand."""

WAY = {
    "accept-delivery": ["draft", "approve", "sign"],
    "send": ["draft", "approve", "sign", "accept-delivery"],
    "confirm": ["draft", "approve", "sign", "accept-delivery", "send"],
    "record-bank-return": ["draft", "approve", "sign", "accept-delivery", "send"],
    "record-late-return": ["draft", "approve", "sign", "accept-delivery", "send", "confirm"],
    "close": ["draft", "approve", "sign", "accept-delivery", "send", "confirm"],
}
"""The steps that lead to each step of an order."""

APART = [
    ("draft", "accept-delivery", "Q4.hands"),
    ("draft", "send", "Q5.hands"),
    ("approve", "send", "Q5.hands"),
    ("accept-delivery", "send", "Q5.hands"),
    ("draft", "confirm", "Q6.hands"),
    ("approve", "confirm", "Q6.hands"),
    ("accept-delivery", "confirm", "Q6.hands"),
    ("send", "confirm", "Q6.hands"),
    ("send", "record-bank-return", "Q6a.hands"),
    ("accept-delivery", "record-late-return", "Q6b.hands"),
    ("send", "record-late-return", "Q6b.hands"),
    ("draft", "close", "Q7.hands"),
    ("approve", "close", "Q7.hands"),
    ("send", "close", "Q7.hands"),
]
"""Steps of one order that one person may not both take, and the rule that says so."""


def said_at(path: Path, verb: str) -> dict[str, Any]:
    """What is said at a step of an order of 1,000 fen."""
    line = {"bank_txn": "X", "value_date": path.district.today, "amount_minor": 1_000}
    said: dict[str, dict[str, Any]] = {
        "draft": {**ORDER, "fund": path.fund},
        "accept-delivery": {"amount_minor": 1_000, **DELIVERY},
        "send": {"batch": "1", "bank_ref": "R"},
        "confirm": {**line, "account": ACCOUNT},
        "record-bank-return": {"code": "R01"},
        "record-late-return": {"code": "R02"},
        "close": {"statement_line": "S"},
        "sign": {"document": "d"},
    }
    return said.get(verb, {})


def take(path: Path, who: str, verb: str, order: str) -> str:
    """A step of an order; a pair is prepared by the fund's manager."""
    said, ids = said_at(path, verb), () if verb == "draft" else (order,)
    if verb in ("approve", "accept-delivery"):
        path.pair("fund_manager", who, "orders", verb, order, **said)
        return order
    return path.tell(who, "orders", verb, *ids, **said)


@pytest.mark.parametrize(("earlier", "later", "rule"), APART)
def test_an_order_goes_through_the_hands_of_different_persons(
    district: District, earlier: str, later: str, rule: str
) -> None:
    path = with_fund(district)
    who, order = everybody(path), ""
    for verb in WAY[later]:
        usual = USUAL.get(verb, "district_officer")
        order = take(path, who if verb == earlier else usual, verb, order)
    assert refusal_of(path, who, later, order, **said_at(path, later)) == [rule]
    take(path, USUAL[later], later, order)


def test_who_read_the_banks_answer_does_not_send_the_payment_again(district: District) -> None:
    path = with_fund(district)
    order = accepted(path)
    send(path, order)
    who = everybody(path)
    path.tell(who, "orders", "record-bank-return", order, code="R01")
    said = {"batch": "2", "bank_ref": "R2"}
    assert refusal_of(path, who, "send", order, **said) == ["Q5.hands"]
    send(path, order)

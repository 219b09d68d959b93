"""A reviewer is paid for locked reviews, out of the round, by hands that are not the reviewer's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from application.principals import Held
from domain.reviews.lifecycle import Stage
from domain.reviews.review import Review
from tests.application.refusing import refused, rules
from tests.application.verdicts import verdict
from tests.district import DISTRICT, District
from tests.ordered import accept, approve, books, close, confirm, send, sign
from tests.played import ACCOUNT, Path, with_scored_proposal

BEFORE = {
    "authority.source": -300_000_000,
    "authority.available": 249_000_000,
    "authority.allotted": 51_000_000,
    "cash.income_appropriation": -300_000_000,
    "cash.bank": 300_000_000,
    "match.pledged": 4_000_000,
    "match.counterpart": -4_000_000,
}
"""3,000,000 yuan, of which 510,000 are the round's: 500,000 for grants, 10,000 for its organiser.

Each of the two proposals pledges 20,000 of its own.
"""

FEE: dict[str, Any] = {"each_minor": 15_000, "account": ACCOUNT, "line": "organiser"}


def drafted(path: Path) -> str:
    """The fee for two reviews of 150 yuan each; its order."""
    reviews = path.district.all("reviews", member="person:reviewer")
    assert len(reviews) == 2
    return path.tell("round_secretary", "orders", "draft-fee", reviews=reviews, **FEE)


def test_an_experts_fee_is_held_owed_and_paid_by_the_bank(district: District) -> None:
    path = with_scored_proposal(district, rivals=1)
    assert books(path) == BEFORE
    order = drafted(path)
    assert books(path) == BEFORE

    approve(path, order)
    held = {**BEFORE, "authority.allotted": 50_970_000}
    assert books(path) == {**held, "authority.reserved": 30_000}
    sign(path, order)
    signed = {**held, "authority.committed": 30_000}
    assert books(path) == signed
    accept(path, order, 30_000)
    owed = {**signed, "cash.service_expense": 30_000, "cash.payables": -30_000}
    assert books(path) == owed
    send(path, order)
    assert books(path) == owed
    confirm(path, order, 30_000)
    close(path, order)
    assert books(path) == {
        **held,
        "authority.spent": 30_000,
        "cash.bank": 299_970_000,
        "cash.service_expense": 30_000,
    }


HANDS = [
    ("finance_approver", "approve", "Q2.drafter"),
    ("finance_approver", "accept-delivery", "Q4.hands"),
    ("cashier", "send", "Q5.hands"),
    ("reconciler", "confirm", "Q6.hands"),
]


def accepted(path: Path, order: str) -> None:
    accept(path, order, 30_000)


WAY: dict[str, tuple[Callable[[Path, str], None], ...]] = {
    "approve": (),
    "accept-delivery": (approve, sign),
    "send": (approve, sign, accepted),
    "confirm": (approve, sign, accepted, send),
}
"""The steps that lead to each step of the fee."""


def said_at(verb: str, today: date) -> dict[str, Any]:
    """What is said at a step of the fee."""
    money: dict[str, Any] = {"amount_minor": 30_000, "account": ACCOUNT}
    said: dict[str, dict[str, Any]] = {
        "approve": {},
        "accept-delivery": {**money, "proof": "p", "invoice_no": "1"},
        "send": {"batch": "1", "bank_ref": "1"},
        "confirm": {**money, "bank_txn": "1", "value_date": today},
    }
    return said[verb]


@pytest.mark.parametrize(("role", "verb", "rule"), HANDS)
def test_who_is_paid_decides_on_the_fee_at_no_step(
    district: District, role: str, verb: str, rule: str
) -> None:
    path = with_scored_proposal(district, rivals=1)
    order = drafted(path)
    district.pretender("reviewer", Held(role, DISTRICT))
    for step in WAY[verb]:
        step(path, order)
    said = said_at(verb, district.today)
    if verb in ("approve", "accept-delivery"):
        waiting = district.tell("fund_manager", "orders", verb, order, **said)
        refusal = refused(district, "reviewer", "approvals", "approve", waiting.id)
        assert rules(refusal) == [rule]
        district.tell("finance_approver", "approvals", "approve", waiting.id)
        return
    assert verdict(path, "reviewer", "orders", verb, order, **said) == [rule]
    assert verdict(path, role, "orders", verb, order, **said) == []


def test_a_fee_for_a_review_that_was_opened_again_is_not_accepted(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_scored_proposal(district, rivals=1)
    order = drafted(path)
    approve(path, order)
    sign(path, order)
    said = {"amount_minor": 30_000, "proof": "p", "invoice_no": "1", "account": ACCOUNT}
    assert verdict(path, "fund_manager", "orders", "accept-delivery", order, **said) == []
    locked = Review.take

    def opened(self: Review, record: Any) -> None:
        locked(self, record)
        self.stage = Stage.SCORING if self.stage == Stage.LOCKED else self.stage

    monkeypatch.setattr(Review, "take", opened)
    district.system.desk.cache.kept.clear()
    assert verdict(path, "fund_manager", "orders", "accept-delivery", order, **said) == [
        "Q4.unlocked"
    ]

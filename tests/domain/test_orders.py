"""Decisions on orders as they may stand, where no path of today leads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.errors import Refusal
from domain.funds.fund import Fund
from domain.orders import buying, paying
from domain.orders.order import Order
from domain.rounds.round import Round
from tests.domain.test_decisions import fund, mandate, round_in, standing

Decision = Callable[[Order, Fund, Round], None]


def order(stage: str, **balances: int) -> Order:
    """An order of 800 on the grants line of a round, of which 500 were delivered."""
    kept = {name.replace("__", "."): minor for name, minor in balances.items()}
    found: Order = standing(
        Order, stage=stage, amount_minor=800, accepted_minor=500, round="r", line="grants",
        fund="f", drafter="person:d", balances=kept,
    )  # fmt: skip
    return found


def refused(decide: Callable[[], None]) -> list[str]:
    """The rules that refuse a decision."""
    with pytest.raises(Refusal) as caught:
        decide()
    return [reason.rule for reason in caught.value.reasons]


def test_no_more_is_sent_than_lies_in_the_bank() -> None:
    def send(bank: int) -> None:
        paying.send(
            order("accepted"), batch="1", bank_ref="R", fund=fund(bank=bank), by=mandate("cashier")
        )

    assert refused(lambda: send(499)) == ["Q5.bank"]
    send(500)


def test_a_round_that_has_ended_approves_and_signs_no_order() -> None:
    over = round_in("closed", balances={"authority.allotted/grants": 800})
    goes_on = round_in("executing", balances={"authority.allotted/grants": 800})
    held = {"authority__reserved/grants": 800}

    def approve(round: Round) -> None:
        kept, by = fund(), mandate("finance_approver")
        buying.approve(order("drafted"), fund=kept, round=round, proposed_minor=0, by=by)

    def sign(round: Round) -> None:
        ready = order("approved", **held)
        buying.sign(ready, document="d", fund=fund(), round=round, by=mandate("district_officer"))

    assert refused(lambda: approve(over)) == ["Q2.round"]
    assert refused(lambda: sign(over)) == ["Q3.round"]
    approve(goes_on)
    sign(goes_on)


def test_an_acceptance_is_undone_out_of_the_net_assets_once_its_year_is_closed() -> None:
    closed = order("accepted", authority__committed=800, cash__payables=-500)
    by = mandate("finance_approver")

    buying.undo_acceptance(closed, by=by)

    posted = [(p.code, p.debit, p.credit, p.amount_minor) for p in by.records[0].postings]
    assert posted == [("P6sr", "cash.payables", "cash.restricted_net_assets", 500)]
    assert closed.accepted_minor == 0


def test_an_acceptance_of_the_open_year_is_undone_out_of_its_expense() -> None:
    this_year = order(
        "accepted", authority__committed=800, cash__payables=-500, cash__service_expense=500
    )
    by = mandate("finance_approver")

    buying.undo_acceptance(this_year, by=by)

    posted = [(p.code, p.debit, p.credit, p.amount_minor) for p in by.records[0].postings]
    assert posted == [("P6sr", "cash.payables", "cash.service_expense", 500)]
    assert this_year.balance("cash.service_expense") == 0

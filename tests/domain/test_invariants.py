"""Each invariant, broken once: by a state that no sequence of commands leads to."""

from __future__ import annotations

import pytest

from domain.funds.values import Parked
from domain.invariants import INVARIANTS, breaches
from domain.kernel import Aggregate
from domain.rounds.round import Round
from domain.state import Slot, State
from tests.domain.states import (
    BUDGET,
    PLEDGED,
    QUESTIONED,
    RESERVED,
    clawback,
    custody,
    fund,
    grant,
    holding,
    order,
    proposal,
    round,
    tranche,
)

BROKEN: dict[str, tuple[str, list[Aggregate], dict[Slot, int]]] = {
    "a book out of balance": ("balance", *holding(fund(), cash__bank=5)),
    "a thing in another currency": (
        "currency",
        [fund(), Round(id="r", fund="f", currency="GBP")],
        {},
    ),
    "an entry in another currency": ("currency", [fund()], {Slot("f", "GBP", "cash.bank", ""): 1}),
    "an account on its wrong side": ("side", *holding(fund(), cash__bank=-5)),
    "an account that nobody knows": ("side", *holding(fund(), cash__gold=5)),
    "a home that holds more than the book": ("homes", [fund(balances={"cash.bank": 5})], {}),
    "a book that holds more than the homes": (
        "homes",
        [fund()],
        {Slot("f", "CNY", "cash.bank", ""): 5},
    ),
    "a copy that is behind": ("watched", *holding(grant(), cash__payables=-5)),
    "authority from nowhere": ("authority", *holding(fund(), authority__available=5)),
    "more paid than awarded": ("award", [grant(), tranche("reconciled", 801)], {}),
    "more paid in history than awarded": (
        "award",
        [grant("historical", imported_paid_minor=801)],
        {},
    ),
    "an approved tranche that is not payable": ("payables", [grant(), tranche("approved")], {}),
    "a payable without a tranche": ("payables", *holding(grant(), cash__payables=-5)),
    "a paid tranche that is not spent": ("spent", [fund(), grant(), tranche("paid")], {}),
    "an advance used before the bank shows it": ("advances", [grant(), tranche("paid")], {}),
    "an award above the cap": ("cap", [round(), grant(amount_minor=901)], {}),
    "an award above its share of the budget": ("cap", [round(), grant(amount_minor=801)], {}),
    "a proposed award above the cap": ("cap", [round(), proposal("proposed", amount_minor=1)], {}),
    "a closed grant that is committed": (
        "grant_end",
        *holding(grant("closed"), authority__committed=5),
    ),
    "a closed grant that is owed": ("recoverable", *holding(grant("closed"), cash__recoverable=5)),
    "a terminated grant that is owed": (
        "recoverable",
        *holding(grant("terminated"), cash__recoverable=5),
    ),
    "a terminated grant that is committed": (
        "grant_end",
        *holding(grant("terminated"), authority__committed=5),
    ),
    "a held tranche that is payable": (
        "payables",
        [grant(balances={"cash.payables": -500}), tranche("held")],
        {},
    ),
    "a clawback that claims more than is owed": ("clawback", [grant("closed"), clawback("c")], {}),
    "a settled clawback that was not repaid": (
        "clawback",
        [grant("closed"), clawback("c", "settled")],
        {},
    ),
    "two clawbacks of one grant": (
        "one_clawback",
        [grant("closed"), clawback("c"), clawback("d")],
        {},
    ),
    "a repayment that is not in what was spent": (
        "spent",
        [fund(), grant("closed"), clawback("c", "settled", repaid_minor=7)],
        {},
    ),
    "a closed grant with a questioned cost": (
        "grant_end",
        [grant("closed", costs=(QUESTIONED,))],
        {},
    ),
    "a cancelled grant that is reserved": ("grant_end", [grant("cancelled")], RESERVED),
    "a closed grant that is pledged": ("grant_end", [grant("closed")], PLEDGED),
    "a withdrawn proposal that is reserved": ("proposal_end", [proposal("withdrawn")], RESERVED),
    "a declined proposal that is pledged": ("proposal_end", [proposal("not_selected")], PLEDGED),
    "a closed round that is allotted": (
        "round_end",
        *holding(round("closed"), authority__allotted_of_grants=5),
    ),
    "an approved order that holds nothing": ("order", [order("approved")], {}),
    "a delivered order that is not owed": (
        "order",
        *holding(order("accepted"), authority__committed=800),
    ),
    "a paid order that was paid too much": (
        "order",
        *holding(order("paid"), authority__committed=300, authority__spent=501),
    ),
    "a cancelled order that is committed": (
        "order_end",
        *holding(order("cancelled"), authority__committed=5),
    ),
    "a closed order that is owed": (
        "order_end",
        *holding(order("closed"), authority__spent=500, cash__payables=-5),
    ),
    "a parked receipt that the books do not hold": (
        "parked",
        *holding(fund(parked=(Parked("不详", 9, 9, "B1"),)), cash__unassigned_receipts=-5),
    ),
    "custody that nobody is owed": ("custody", *holding(custody(), custody__assets_of_g=5)),
    "a closed grant in custody": ("custody_end", [grant("closed"), custody(assets=5)], {}),
    "a closed account with money": ("custody_end", [grant(), custody("closed", assets=5)], {}),
    "a closed fund with money": ("fund_end", *holding(fund("closed"), cash__bank=5)),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_invariant_is_named(case: str) -> None:
    rule, things, book = BROKEN[case]

    found = {breach.reason.rule for breach in breaches(State(things, book))}

    assert f"invariant.{rule}" in found


def test_every_invariant_is_broken_by_some_case() -> None:
    silent = [
        holds.__name__
        for holds in INVARIANTS
        if not any(list(holds(State(things, book))) for _, things, book in BROKEN.values())
    ]

    assert silent == []


def test_a_sound_state_breaks_none() -> None:
    """A fund with a grant of which half is paid and reconciled, and half of that accounted for."""
    things: list[Aggregate] = [
        fund(balances={"authority.source": -2_000, "authority.available": 1_200,
                       "cash.bank": 1_500, "cash.income_donation": -2_000, "cash.payables": 0}),
        round(balances={"authority.allotted/grants": 0, "authority.reserved/grants": 0}),
        proposal(amount_minor=800, budget=BUDGET),
        grant(balances={"authority.committed": 300, "authority.spent": 500, "cash.payables": 0,
                        "cash.advances": 250, "cash.grant_expense": 250}),
        tranche("reconciled"),
    ]  # fmt: skip
    book: dict[Slot, int] = {}
    for thing in things:
        for name, minor in thing.balances.items():
            slot = Slot("f", "CNY", name.partition("/")[0], "")
            book[slot] = book.get(slot, 0) + minor

    assert list(breaches(State(things, book))) == []


def test_spent_need_not_be_paid_once_the_fund_is_closed() -> None:
    """Closing the fund takes what was spent out of its books (P18b)."""
    state = State([fund("closed"), grant("closed"), tranche("reconciled")], {})

    assert list(breaches(state)) == []


def test_a_breach_is_a_whole_sentence() -> None:
    for _, things, book in BROKEN.values():
        for breach in breaches(State(things, book)):
            assert breach.reason.sentence.endswith(".")
            assert ":" in breach.stream

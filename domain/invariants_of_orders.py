"""What must be true of every order: the money it holds is what its stage says."""

from __future__ import annotations

from collections.abc import Iterator

from domain.orders.lifecycle import Stage
from domain.orders.order import Order
from domain.state import Breach, State, is_equal, is_zero

OWED = (Stage.SIGNED, Stage.ACCEPTED, Stage.SENT)
"""The stages in which the whole amount is owed for what was or will be delivered."""

UNPAID = (Stage.ACCEPTED, Stage.SENT)
"""The stages in which something is delivered and the bank has not paid it."""

LEFT = ("authority.spent", "cash.service_expense")
"""What an order that has ended may still hold: what it was paid, until year and fund are closed."""


def expected(order: Order, account: str) -> int:
    """What an order in its stage holds in an account, in minor units."""
    stage, amount, accepted = order.stage, order.amount_minor, order.accepted_minor
    if account == "authority.reserved":
        return amount if stage == Stage.APPROVED else 0
    if account == "authority.committed":
        return amount if stage in OWED else amount - accepted if stage == Stage.PAID else 0
    if account == "cash.payables":
        return accepted if stage in UNPAID else 0
    return accepted if stage in (Stage.PAID, Stage.CLOSED) else 0


def held(order: Order, account: str) -> int:
    """What the order holds in an account, whatever line of a budget it is kept by."""
    names = [name for name in order.balances if name.partition("/")[0] == account]
    return sum(order.balance(name) for name in names)


def orders_hold_what_their_stage_says(state: State) -> Iterator[Breach]:
    """Reserved when approved, committed when signed, payable when delivered, spent when paid."""
    accounts = ("authority.reserved", "authority.committed", "cash.payables", "authority.spent")
    for order in state.orders.values():
        for account in accounts:
            if account == "authority.spent" and state.is_closed(order.fund):
                continue
            due = expected(order, account)
            yield from is_equal(order, "invariant.order", held(order, account), due, account)


def ended_orders_are_empty(state: State) -> Iterator[Breach]:
    """A final order holds nothing but what was spent on it."""
    for order in state.orders.values():
        for name, minor in order.balances.items() if order.is_final else ():
            if name.partition("/")[0] not in LEFT:
                yield from is_zero(order, "invariant.order_end", name.partition("/")[0], minor)


OF_ORDERS = (orders_hold_what_their_stage_says, ended_orders_are_empty)

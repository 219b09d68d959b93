"""How an order is paid: sent, answered by the bank, matched with its statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.kernel import Mandate
from domain.orders import events as e
from domain.orders.order import Order
from domain.policies import at_most, holds, other_hands


def send(order: Order, *, batch: str, bank_ref: str, fund: Fund, by: Mandate) -> None:
    """Hands the payment to the bank (Q5)."""
    stage = order.after("send")
    bank = fund.balance("cash.bank")
    check(
        other_hands("Q5.hands", by, (*order.parties, *order.approvers, *order.readers)),
        holds("Q5.fund", fund.is_active, "The fund is not active."),
        at_most("Q5.bank", order.accepted_minor, bank, order.currency, of="cash.bank"),
    )
    senders = tuple(sorted(by.hands.union(order.senders)))
    order.record(e.Sent(stage=stage, batch=batch, bank_ref=bank_ref, senders=senders), by)


def not_paying(rule: str, order: Order, by: Mandate) -> Reason | None:
    """Whoever reads the bank's answer neither drafted, approved nor sent anything of the order."""
    return other_hands(rule, by, (*order.parties, *order.approvers, *order.senders))


def readers(order: Order, by: Mandate) -> tuple[str, ...]:
    """Everybody who has read an answer of the bank, with whoever does so now."""
    return tuple(sorted(by.hands.union(order.readers)))


def is_that_payment(order: Order, amount_minor: int, account: str) -> Iterable[Reason | None]:
    """The bank line is about this order: same amount, same account (Q6)."""
    yield holds(
        "Q6.amount",
        amount_minor == order.accepted_minor,
        "The bank line has another amount than was accepted.",
        field="/amount_minor",
    )
    yield holds(
        "Q6.account",
        account == order.account,
        "The bank line has another account than the order.",
        field="/account",
    )


def confirm(
    order: Order,
    *,
    bank_txn: str,
    value_date: date,
    amount_minor: int,
    account: str,
    by: Mandate,
) -> None:
    """The bank paid (Q6); a fact that no stage of the fund refuses."""
    stage = order.after("confirm")
    check(
        not_paying("Q6.hands", order, by),
        *is_that_payment(order, amount_minor, account),
        holds(
            "Q6.value_date",
            value_date <= by.day,
            "The value date lies in the future.",
            field="/value_date",
        ),
    )
    event = e.Paid(
        stage=stage, bank_txn=bank_txn, value_date=value_date, readers=readers(order, by)
    )
    order.record(event, by, order.posts("P7", order.accepted_minor))


def record_bank_return(order: Order, *, code: str, by: Mandate) -> None:
    stage = order.after("record-bank-return")
    check(not_paying("Q6a.hands", order, by))
    order.record(e.Bounced(stage=stage, code=code, readers=readers(order, by)), by)


def record_late_return(order: Order, *, code: str, by: Mandate) -> None:
    """The bank sent a payment back that it had confirmed (Q6b); it is owed again (P7r)."""
    stage = order.after("record-late-return")
    check(not_paying("Q6b.hands", order, by))
    event = e.BouncedAfterPayment(stage=stage, code=code, readers=readers(order, by))
    order.record(event, by, order.posts("P7r", order.accepted_minor))


def close(order: Order, *, statement_line: str, by: Mandate) -> None:
    """The bank statement shows the payment (Q7); what was not delivered is free again (P5r)."""
    stage = order.after("close")
    check(not_paying("Q7.hands", order, by))
    rest = order.balance("authority.committed") - order.balance("cash.payables")
    event = e.Closed(stage=stage, statement_line=statement_line, released_minor=rest)
    order.record(event, by, order.posts_with_pool("P5r", rest))

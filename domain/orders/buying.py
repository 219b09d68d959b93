"""How an order comes about: drafted, approved, signed, delivered; or given up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.kernel import Mandate
from domain.orders import events as e
from domain.orders.lifecycle import Stage, lifecycle
from domain.orders.order import Order
from domain.policies import at_most, holds, no_interest, other_hands
from domain.rounds.round import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the money of an order comes from: a fund, and a line of a round's budget if any."""

    fund: Fund
    round: Round | None
    line: str

    @property
    def place(self) -> str:
        """The place whose matter the order is."""
        return self.round.place if self.round else self.fund.place


def is_open_line(rule: str, source: Source) -> Iterable[Reason | None]:
    """The round goes on and has that line in its budget (Q1, Q1a)."""
    round = source.round
    if round is None:
        return
    yield goes_on(rule, round, field="/round")
    yield holds(
        f"{rule}.line",
        any(line.line == source.line for line in round.lines),
        "The budget of the round has no such line.",
        field="/line",
    )


def goes_on(rule: str, round: Round | None, *, field: str | None = None) -> Reason | None:
    """The round has not ended; an order outside any round has none to ask."""
    over = round is not None and round.is_final
    return holds(f"{rule}.round", not over, "The round has ended.", field=field)


def is_active(rule: str, fund: Fund) -> Reason | None:
    return holds(f"{rule}.fund", fund.is_active, "The fund is not active.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be bought, from whom, into which account it is paid, and for how much at most."""

    kind: str
    purpose: str
    payee: str
    organisation: str
    account: str
    amount_minor: int


def draft(id: str, *, wanted: Wanted, source: Source, by: Mandate) -> Order:
    """Says what is to be bought from whom, and whose money pays for it (Q1)."""
    check(*is_open_line("Q1", source))
    order = Order(id=id)
    event = e.Drafted(
        stage=lifecycle.start("draft"),
        kind=wanted.kind,
        purpose=wanted.purpose,
        payee=wanted.payee,
        organisation=wanted.organisation,
        account=wanted.account,
        amount_minor=wanted.amount_minor,
        round=source.round.id if source.round else "",
        line=source.line,
        fund=source.fund.id,
        place=source.place,
        currency=source.fund.currency,
        drafter=by.person,
    )
    order.record(event, by)
    return order


def approve(
    order: Order, *, fund: Fund, round: Round | None, proposed_minor: int, by: Mandate
) -> None:
    """Approves the purchase (Q2), and holds the money for it (P4)."""
    stage = order.after("approve")
    pool = order.pool(fund, round, proposed_minor)
    of = "authority.allotted" if round else "authority.available"
    check(
        other_hands("Q2.drafter", by, order.parties),
        no_interest("Q2.interest", by, order.organisation),
        is_active("Q2", fund),
        goes_on("Q2", round),
        at_most("Q2.pool", order.amount_minor, pool, order.currency, of=of),
    )
    event = e.Approved(stage=stage, approvers=tuple(sorted(by.hands)))
    order.record(event, by, order.posts_with_pool("P4", order.amount_minor))


def sign(order: Order, *, document: str, fund: Fund, round: Round | None, by: Mandate) -> None:
    """Signs the contract (Q3); the money is owed for what will be delivered (P5)."""
    stage = order.after("sign")
    check(
        no_interest("Q3.interest", by, order.organisation),
        is_active("Q3", fund),
        goes_on("Q3", round),
    )
    event = e.Signed(stage=stage, document=document, signer=by.person)
    order.record(event, by, order.posts("P5", order.amount_minor))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What was delivered: its worth, its proof, and the invoice with the payee's account."""

    amount_minor: int
    proof: str
    invoice_no: str
    account: str


def is_owed(order: Order, delivery: Delivery, fund: Fund) -> Iterable[Reason | None]:
    """What was delivered was ordered, can be paid, and is asked for by the payee (Q4).

    The account is verified by reading it once more off the invoice: it must be the order's.
    """
    amount_minor, committed = delivery.amount_minor, order.balance("authority.committed")
    yield at_most(
        "Q4.committed",
        amount_minor,
        committed,
        order.currency,
        of="authority.committed",
        field="/amount_minor",
    )
    yield at_most("Q4.cash", amount_minor, fund.free_cash, order.currency, of="free_cash")
    yield holds(
        "Q4.account",
        delivery.account == order.account,
        "Payment goes to the account of the order and to no other.",
        field="/account",
    )


def accept_delivery(
    order: Order, *, delivery: Delivery, fund: Fund, unlocked: int = 0, by: Mandate
) -> None:
    """Accepts what was delivered (Q4), the whole or a part, which is owed from now on (P6s).

    `unlocked` are the reviews behind a fee that were opened again since it was drafted.
    """
    stage = order.after("accept-delivery")
    check(
        other_hands("Q4.hands", by, (*order.parties, *order.senders, *order.readers)),
        no_interest("Q4.interest", by, order.organisation),
        is_active("Q4", fund),
        holds("Q4.unlocked", not unlocked, "{count} reviews are not locked.", count=unlocked),
        *is_owed(order, delivery, fund),
    )
    event = e.DeliveryAccepted(
        stage=stage,
        accepted_minor=delivery.amount_minor,
        proof=delivery.proof,
        invoice_no=delivery.invoice_no,
        approvers=tuple(sorted(by.hands.union(order.approvers))),
    )
    order.record(event, by, order.posts("P6s", delivery.amount_minor))


def undo_acceptance(order: Order, *, by: Mandate) -> None:
    """Takes the acceptance back (Q4a); expense of a closed year comes out of the net assets."""
    stage = order.after("undo-acceptance")
    still_open = min(order.accepted_minor, order.balance("cash.service_expense"))
    postings = (
        *order.posts("P6sr", still_open),
        *order.posts("P6sr.closed", order.accepted_minor - still_open),
    )
    order.record(e.AcceptanceUndone(stage=stage, accepted_minor=0), by, postings)


def cancel(order: Order, *, by: Mandate) -> None:
    """Gives the order up (Q8); what was held or owed for it is free again (P4r, P5r)."""
    stage, code = order.after("cancel"), {Stage.APPROVED: "P4r", Stage.SIGNED: "P5r"}
    held = code.get(Stage(order.stage))
    postings = order.posts_with_pool(held, order.amount_minor) if held else ()
    order.record(e.Cancelled(stage=stage), by, postings)

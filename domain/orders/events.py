"""What happens to an order."""

from __future__ import annotations

from datetime import date

from domain.kernel import Event


class Drafted(Event, frozen=True, tag="order.drafted"):
    """`round` and `line` are empty for an order that a fund pays outside any round."""

    kind: str
    purpose: str
    payee: str
    organisation: str
    account: str
    amount_minor: int
    round: str
    line: str
    fund: str
    place: str
    currency: str
    drafter: str


class FeeDrafted(Event, frozen=True, tag="order.fee_drafted"):
    """What a reviewer is paid: `each_minor` for each of the `reviews`, all locked by then."""

    kind: str
    panel: str
    member: str
    payee: str
    reviews: tuple[str, ...]
    each_minor: int
    amount_minor: int
    account: str
    round: str
    line: str
    fund: str
    place: str
    currency: str
    drafter: str


class Approved(Event, frozen=True, tag="order.approved"):
    approvers: tuple[str, ...]


class Signed(Event, frozen=True, tag="order.signed"):
    document: str
    signer: str


class DeliveryAccepted(Event, frozen=True, tag="order.delivery_accepted"):
    """`approvers` are all who have approved anything of the order so far."""

    accepted_minor: int
    proof: str
    invoice_no: str
    approvers: tuple[str, ...]


class AcceptanceUndone(Event, frozen=True, tag="order.acceptance_undone"):
    """Nothing of the order counts as delivered any more."""

    accepted_minor: int


class Sent(Event, frozen=True, tag="order.sent"):
    """`senders` are all who have sent a payment of the order so far."""

    batch: str
    bank_ref: str
    senders: tuple[str, ...]


class Paid(Event, frozen=True, tag="order.paid"):
    """`readers` are all who have read the bank's answers about the order so far."""

    bank_txn: str
    value_date: date
    readers: tuple[str, ...]


class Bounced(Event, frozen=True, tag="order.bounced"):
    code: str
    readers: tuple[str, ...]


class BouncedAfterPayment(Event, frozen=True, tag="order.bounced_after_payment"):
    code: str
    readers: tuple[str, ...]


class Closed(Event, frozen=True, tag="order.closed"):
    """`released_minor` was signed for and not delivered, so it is free again."""

    statement_line: str
    released_minor: int


class Cancelled(Event, frozen=True, tag="order.cancelled"):
    pass

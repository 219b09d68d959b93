"""The tranche: a planned instalment and the payment that comes of it."""

from __future__ import annotations

from datetime import date

from domain.kernel import Aggregate, Event
from domain.ledger import Posting, post
from domain.tranches.lifecycle import BEFORE_APPROVAL, Stage, lifecycle


class Planned(Event, frozen=True, tag="tranche.planned"):
    grant: str
    proposal: str
    round: str
    fund: str
    organisation: str
    place: str
    currency: str
    no: int
    amount_minor: int
    condition: str


class Amended(Event, frozen=True, tag="tranche.amended"):
    amount_minor: int
    amendment: str


class Eligible(Event, frozen=True, tag="tranche.eligible"):
    basis: tuple[str, ...]


class Requested(Event, frozen=True, tag="tranche.requested"):
    amount_minor: int
    account: str
    invoice_no: str
    requester: str


class Checked(Event, frozen=True, tag="tranche.checked"):
    match: tuple[str, ...]
    checker: str


class Approved(Event, frozen=True, tag="tranche.approved"):
    approvers: tuple[str, ...]
    verification: str = ""


class RequestReturned(Event, frozen=True, tag="tranche.request_returned"):
    pass


class Sent(Event, frozen=True, tag="tranche.sent"):
    batch: str
    bank_ref: str
    sender: str


class Paid(Event, frozen=True, tag="tranche.paid"):
    bank_txn: str
    value_date: date


class Bounced(Event, frozen=True, tag="tranche.bounced"):
    code: str


class BouncedAfterPayment(Event, frozen=True, tag="tranche.bounced_after_payment"):
    code: str


class Retried(Event, frozen=True, tag="tranche.retried"):
    account: str
    approvers: tuple[str, ...]
    verification: str = ""


class Reconciled(Event, frozen=True, tag="tranche.reconciled"):
    statement_line: str


class Held(Event, frozen=True, tag="tranche.held"):
    stage_left: str
    holders: tuple[str, ...]


class Released(Event, frozen=True, tag="tranche.released"):
    pass


class Cancelled(Event, frozen=True, tag="tranche.cancelled"):
    cause: str


class Tranche(Aggregate):
    """An instalment of a grant."""

    noun = "tranche"
    lifecycle = lifecycle

    grant: str = ""
    proposal: str = ""
    round: str = ""
    fund: str = ""
    organisation: str = ""
    place: str = ""
    no: int = 0
    amount_minor: int = 0
    condition: str = ""
    amendment: str = ""
    account: str = ""
    invoice_no: str = ""
    requester: str = ""
    checker: str = ""
    approvers: tuple[str, ...] = ()
    verification: str = ""
    sender: str = ""
    batch: str = ""
    bank_ref: str = ""
    bank_txn: str = ""
    value_date: date | None = None
    code: str = ""
    statement_line: str = ""
    cause: str = ""
    stage_left: str = ""
    holders: tuple[str, ...] = ()

    @property
    def is_approved_unsent(self) -> bool:
        """Whether it is approved, and the bank has no order for it or has given it back."""
        return self.stage in (Stage.APPROVED, Stage.RETURNED)

    @property
    def released_to(self) -> str:
        """Where it goes when it is no longer held: back, but no further than checked."""
        is_before = self.stage_left in BEFORE_APPROVAL
        return self.stage_left if is_before else str(Stage.CHECKED)

    @property
    def is_advanced_unreconciled(self) -> bool:
        """Whether it is in the advances, but the bank statement does not show it yet."""
        return self.stage in (Stage.APPROVED, Stage.SENT, Stage.RETURNED, Stage.PAID)

    def posts(self, code: str) -> tuple[Posting, ...]:
        """A posting of the whole tranche."""
        return post(
            code,
            self.amount_minor,
            currency=self.currency,
            fund=self.fund,
            round=self.round,
            proposal=self.proposal,
            grant=self.grant,
            tranche=self.id,
        )

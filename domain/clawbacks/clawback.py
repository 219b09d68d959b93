"""The clawback: an ordered return of what is recoverable of a grant."""

from __future__ import annotations

from datetime import date

from domain.clawbacks.lifecycle import lifecycle
from domain.kernel import Aggregate, Event
from domain.ledger import Posting, post


class Ordered(Event, frozen=True, tag="clawback.ordered"):
    grant: str
    proposal: str
    round: str
    fund: str
    organisation: str
    place: str
    currency: str
    debtor: str
    amount_minor: int
    basis: str
    due: date
    ordered_on: date | None = None
    orderers: tuple[str, ...] = ()


class Raised(Event, frozen=True, tag="clawback.raised"):
    amount_minor: int
    basis: str

    def apply(self, aggregate: Clawback) -> None:
        aggregate.amount_minor += self.amount_minor
        aggregate.basis = self.basis


class RepaymentReceived(Event, frozen=True, tag="clawback.repayment_received"):
    amount_minor: int
    bank_ref: str

    def apply(self, aggregate: Clawback) -> None:
        aggregate.repaid_minor += self.amount_minor
        aggregate.bank_refs = (*aggregate.bank_refs, self.bank_ref)


class Settled(Event, frozen=True, tag="clawback.settled"):
    pass


class WrittenOff(Event, frozen=True, tag="clawback.written_off"):
    amount_minor: int
    proof: str

    def apply(self, aggregate: Clawback) -> None:
        aggregate.stage = self.stage
        aggregate.written_off_minor = self.amount_minor
        aggregate.proof = self.proof


class LateRecoveryReceived(Event, frozen=True, tag="clawback.late_recovery_received"):
    amount_minor: int
    bank_ref: str

    def apply(self, aggregate: Clawback) -> None:
        aggregate.recovered_minor += self.amount_minor
        aggregate.bank_refs = (*aggregate.bank_refs, self.bank_ref)


class Withdrawn(Event, frozen=True, tag="clawback.withdrawn"):
    amount_minor: int
    basis: str

    def apply(self, aggregate: Clawback) -> None:
        aggregate.stage = self.stage
        aggregate.withdrawn_minor = self.amount_minor
        aggregate.basis = self.basis


class Clawback(Aggregate):
    """What a debtor must return of a grant: the whole order, and what has become of it."""

    noun = "clawback"
    lifecycle = lifecycle

    grant: str = ""
    proposal: str = ""
    round: str = ""
    fund: str = ""
    organisation: str = ""
    place: str = ""
    debtor: str = ""
    amount_minor: int = 0
    basis: str = ""
    due: date | None = None
    ordered_on: date | None = None
    orderers: tuple[str, ...] = ()
    repaid_minor: int = 0
    written_off_minor: int = 0
    recovered_minor: int = 0
    withdrawn_minor: int = 0
    proof: str = ""
    bank_refs: tuple[str, ...] = ()

    @property
    def open_minor(self) -> int:
        """What is still to be repaid, given up or withdrawn."""
        gone = self.repaid_minor + self.written_off_minor + self.withdrawn_minor
        return self.amount_minor - gone

    def posts(self, code: str, amount_minor: int) -> tuple[Posting, ...]:
        """A posting for the grant whose money is claimed."""
        return post(
            code,
            amount_minor,
            currency=self.currency,
            fund=self.fund,
            round=self.round,
            proposal=self.proposal,
            grant=self.grant,
            line="grants",
        )

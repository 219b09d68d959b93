"""The facts by which a fund's money moves on, lies parked, is put right, or ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from domain.funds.events import with_received
from domain.funds.values import Contribution, Entry, Parked, Share, YearEnd, changed
from domain.kernel import Event

if TYPE_CHECKING:
    from domain.funds.fund import Fund


def only_posts(self: Event, aggregate: Any) -> None:
    """What the bank did changes nothing but what the fund holds."""


class ContributionPledged(Event, frozen=True, tag="fund.contribution_pledged"):
    contributor: str
    source: str
    amount_minor: int
    purposes: tuple[str, ...]
    letter: str
    binding: bool

    def apply(self, aggregate: Fund) -> None:
        promised = Contribution(
            self.contributor,
            self.source,
            self.amount_minor,
            self.purposes,
            letter=self.letter,
            binding=self.binding,
        )
        aggregate.contributions = (*aggregate.contributions, promised)

    def undo(self, aggregate: Fund) -> None:
        aggregate.contributions = tuple(
            replace(known, withdrawn_minor=known.amount_minor)
            if known.letter == self.letter
            else known
            for known in aggregate.contributions
        )


class PledgeWithdrawn(Event, frozen=True, tag="fund.pledge_withdrawn"):
    """`pledge` is the number of the contribution."""

    pledge: int
    contributor: str
    amount_minor: int

    def apply(self, aggregate: Fund) -> None:
        known, minor = aggregate.contributions, self.amount_minor
        aggregate.contributions = changed(known, self.pledge, withdrawn=minor)

    def undo(self, aggregate: Fund) -> None:
        known, minor = aggregate.contributions, self.amount_minor
        aggregate.contributions = changed(known, self.pledge, withdrawn=-minor)


class AllocationComputed(Event, frozen=True, tag="fund.allocation_computed"):
    to: str
    rule_version: str
    document: str
    basis_minor: int
    percent: int
    amount_minor: int
    authority_minor: int
    cash_minor: int

    def apply(self, aggregate: Fund) -> None:
        applied = (self.rule_version, self.document)
        aggregate.allocations = (*aggregate.allocations, applied)

    def undo(self, aggregate: Fund) -> None:
        applied = (self.rule_version, self.document)
        aggregate.allocations = tuple(one for one in aggregate.allocations if one != applied)


class Transferred(Event, frozen=True, tag="fund.transferred"):
    to: str
    authority_minor: int
    cash_minor: int
    split: tuple[Share, ...] = ()


class CarriedOver(Event, frozen=True, tag="fund.carried_over"):
    to: str
    authority_minor: int
    cash_minor: int
    split: tuple[Share, ...] = ()


class AuthorityLapsed(Event, frozen=True, tag="fund.authority_lapsed"):
    amount_minor: int


class EntryReversed(Event, frozen=True, tag="fund.entry_reversed"):
    """`reverses` is the version of this fund's record whose postings are reversed."""

    reverses: int

    def apply(self, aggregate: Fund) -> None:
        for entry in aggregate.posted:
            if entry.version == self.reverses:
                self.undo_it(entry, aggregate)
        aggregate.posted = tuple(
            replace(one, is_reversed=True) if one.version == self.reverses else one
            for one in aggregate.posted
        )

    def undo_it(self, entry: Entry, aggregate: Fund) -> None:
        """What the entry changed beside the books is as it was; its bank line is free again."""
        if undo := getattr(entry.event, "undo", None):
            undo(aggregate)
        aggregate.bank_lines -= {getattr(entry.event, "bank_ref", "")}


class YearClosed(Event, frozen=True, tag="fund.year_closed"):
    """What took effect `before` that instant is of the year or earlier."""

    year: int
    before: datetime

    def apply(self, aggregate: Fund) -> None:
        aggregate.closed_year = self.year
        ended = YearEnd(aggregate.version + 1, self.before)
        aggregate.year_ends = (*aggregate.year_ends, ended)


class Reopened(Event, frozen=True, tag="fund.reopened"):
    basis: str
    reference: str

    def apply(self, aggregate: Fund) -> None:
        aggregate.stage = self.stage
        aggregate.closing_lines = ()


class LeftOverDeclared(Event, frozen=True, tag="fund.left_over_declared"):
    amount_minor: int


class MoneyReturned(Event, frozen=True, tag="fund.money_returned"):
    amount_minor: int
    bank_ref: str
    is_bank_fact: ClassVar[bool] = True
    apply = only_posts


class InterestRecorded(Event, frozen=True, tag="fund.interest_recorded"):
    amount_minor: int
    bank_ref: str
    is_bank_fact: ClassVar[bool] = True
    apply = only_posts


class BankFeeRecorded(Event, frozen=True, tag="fund.bank_fee_recorded"):
    amount_minor: int
    bank_ref: str
    is_bank_fact: ClassVar[bool] = True
    apply = only_posts


class ReceiptParked(Event, frozen=True, tag="fund.receipt_parked"):
    payer: str
    amount_minor: int
    bank_ref: str
    is_bank_fact: ClassVar[bool] = True

    def apply(self, aggregate: Fund) -> None:
        minor = self.amount_minor
        parked = Parked(self.payer, minor, minor, self.bank_ref)
        aggregate.parked = (*aggregate.parked, parked)


class ReceiptSentBack(Event, frozen=True, tag="fund.receipt_sent_back"):
    """`receipt` is the number of the parked receipt."""

    receipt: int
    amount_minor: int
    bank_ref: str

    def apply(self, aggregate: Fund) -> None:
        aggregate.parked = less(aggregate.parked, self.receipt, self.amount_minor)


class ReceiptAssigned(Event, frozen=True, tag="fund.receipt_assigned"):
    """What a parked receipt was for: a contribution, of which the source is named, or a grant's.

    `line` is the line of the bank's statement by which it came in.
    """

    receipt: int
    stands_for: str
    amount_minor: int
    line: str
    thing: str = ""
    contributor: str = ""
    source: str = ""
    purposes: tuple[str, ...] = ()
    pledge: int = 0

    def apply(self, aggregate: Fund) -> None:
        aggregate.parked = less(aggregate.parked, self.receipt, self.amount_minor)
        if self.source:
            received = Contribution(
                self.contributor, self.source, self.amount_minor, self.purposes, self.line
            )
            aggregate.contributions = with_received(aggregate.contributions, received, self.pledge)


def less(parked: tuple[Parked, ...], receipt: int, minor: int) -> tuple[Parked, ...]:
    """The parked receipts once so much of one is parked no more."""
    return tuple(
        replace(one, left_minor=one.left_minor - minor) if no == receipt else one
        for no, one in enumerate(parked, start=1)
    )

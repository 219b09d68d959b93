"""The fund: what may be done with a pot of money, and what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.accounts import REVERSIBLE
from domain.errors import Reason, check
from domain.funds.lifecycle import Stage, lifecycle
from domain.funds.values import Contribution, Entry, Parked, YearEnd
from domain.kernel import Aggregate, Event, LedgerMoved, Mandate, Record
from domain.ledger import Posting, post
from domain.policies import at_most, holds

UNASSIGNED = "cash.unassigned_receipts"

BANK_VERBS = frozenset(
    {"receive-contribution", "return-money", "record-interest", "record-bank-fee", "park-receipt"}
)
"""Verbs that record what the bank did, on the day on which it did it."""


class Fund(Aggregate):
    """A pot of one owner level, purpose, fiscal year and currency.

    `bank_lines` are the lines of the bank's statement that were recorded. `posted` is what a
    correction may reverse, `closing_lines` what a reopening takes back.
    """

    noun = "fund"
    lifecycle = lifecycle
    dated_verbs = BANK_VERBS

    name: str = ""
    kind: str = ""
    place: str = ""
    year: int = 0
    purposes: tuple[str, ...] = ()
    reuse: bool = False
    proposer: str = ""
    freezer: str = ""
    documents: tuple[str, ...] = ()
    appropriated_minor: int = 0
    contributions: tuple[Contribution, ...] = ()
    parked: tuple[Parked, ...] = ()
    bank_lines: frozenset[str] = frozenset()
    allocations: tuple[tuple[str, str], ...] = ()
    posted: tuple[Entry, ...] = ()
    closing_lines: tuple[Posting, ...] = ()
    year_ends: tuple[YearEnd, ...] = ()
    closed_year: int = 0
    day: str = ""
    period: str = ""
    identifier: str = ""
    since: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether money may be promised and paid from it."""
        return self.stage == Stage.ACTIVE

    @property
    def free_cash(self) -> int:
        """Bank less what is already owed from it, in minor units."""
        owed = ("cash.payables", "cash.payable_to_treasury", UNASSIGNED)
        return self.balance("cash.bank") - sum(self.balance(account) for account in owed)

    def posts(self, code: str, amount_minor: int, **dimensions: str) -> tuple[Posting, ...]:
        """A posting of this fund, in its currency."""
        return post(code, amount_minor, currency=self.currency, fund=self.id, **dimensions)

    def has_available(
        self, rule: str, amount_minor: int, *, field: str | None = None
    ) -> Reason | None:
        return at_most(
            rule,
            amount_minor,
            self.balance("authority.available"),
            self.currency,
            of="authority.available",
            field=field,
        )

    def has_free_cash(
        self, rule: str, amount_minor: int, *, field: str | None = None
    ) -> Reason | None:
        free = max(0, self.free_cash)
        return at_most(rule, amount_minor, free, self.currency, of="free_cash", field=field)

    def is_new_line(self, rule: str, bank_ref: str) -> Reason | None:
        """A line of the bank's statement stands for one movement, whichever row records it."""
        return holds(
            rule,
            bank_ref not in self.bank_lines,
            "The bank line {bank_ref} is recorded already.",
            field="/bank_ref",
            bank_ref=bank_ref,
        )

    def earliest(self, event: Event) -> datetime | None:
        """What the bank did may be recorded late, and keeps its date."""
        return self.since if getattr(event, "is_bank_fact", False) else self.effective_at

    def record(self, event: Event, by: Mandate, postings: Iterable[Posting] = ()) -> None:
        """Takes the event as a fact; refuses a bank line that any row has recorded before."""
        if bank_ref := line_of(event):
            check(self.is_new_line("fund.bank_line", bank_ref))
        super().record(event, by, postings)

    def take(self, record: Record[Any]) -> None:
        """Applies a record, and keeps what later rows must know of it."""
        super().take(record)
        self.since = self.since or record.effective_at
        if bank_ref := line_of(record.event):
            self.bank_lines |= {bank_ref}
        if isinstance(record.event, LedgerMoved):
            self.park_elsewhere(record.event)
        elif record.postings and all(posting.code in REVERSIBLE for posting in record.postings):
            version, when = record.originator_version, record.effective_at
            entry = Entry(version, when, record.event, record.postings)
            self.posted = (*self.posted, entry)
        if lines := tuple(posting for posting in record.postings if posting.code == "P18b"):
            self.closing_lines = lines

    def park_elsewhere(self, moved: LedgerMoved) -> None:
        """Money that another thing's record left without a purpose lies with the parked."""
        for move in moved.entries:
            if move.account == UNASSIGNED and move.amount_minor < 0:
                left = -move.amount_minor
                self.parked = (*self.parked, Parked("", left, left, moved.bank_ref))


def line_of(event: Any) -> str:
    """The line of the bank's statement that an event names; empty where it names none."""
    return str(getattr(event, "bank_ref", ""))

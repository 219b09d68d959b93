"""The facts that may become true of a fund."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.funds.values import Contribution, Total, YearEnd, changed
from domain.kernel import Event

if TYPE_CHECKING:
    from domain.funds.fund import Fund


class Proposed(Event, frozen=True, tag="fund.proposed"):
    name: str
    kind: str
    place: str
    year: int
    currency: str
    purposes: tuple[str, ...]
    reuse: bool
    proposer: str
    day: str


class Opened(Event, frozen=True, tag="fund.opened"):
    pass


class Refused(Event, frozen=True, tag="fund.refused"):
    pass


class AppropriationRecorded(Event, frozen=True, tag="fund.appropriation_recorded"):
    doc_no: str
    amount_minor: int
    year: int

    def apply(self, aggregate: Fund) -> None:
        aggregate.documents = (*aggregate.documents, self.doc_no)
        aggregate.appropriated_minor += self.amount_minor

    def undo(self, aggregate: Fund) -> None:
        aggregate.documents = without(aggregate.documents, self.doc_no)
        aggregate.appropriated_minor -= self.amount_minor


class OpeningBalanceRecorded(Event, frozen=True, tag="fund.opening_balance_recorded"):
    bank_minor: int
    available_minor: int


class AppropriationCut(Event, frozen=True, tag="fund.appropriation_cut"):
    doc_no: str
    amount_minor: int

    def apply(self, aggregate: Fund) -> None:
        aggregate.documents = (*aggregate.documents, self.doc_no)
        aggregate.appropriated_minor -= self.amount_minor

    def undo(self, aggregate: Fund) -> None:
        aggregate.documents = without(aggregate.documents, self.doc_no)
        aggregate.appropriated_minor += self.amount_minor


class ContributionReceived(Event, frozen=True, tag="fund.contribution_received"):
    """`pledge` is the number of the contribution that was promised before; 0 where none was."""

    contributor: str
    source: str
    amount_minor: int
    purposes: tuple[str, ...]
    bank_ref: str
    pledge: int = 0

    @property
    def is_bank_fact(self) -> bool:
        """Whether it keeps the bank's date; what settles a pledge comes after the pledge."""
        return not self.pledge

    def apply(self, aggregate: Fund) -> None:
        received = Contribution(
            self.contributor, self.source, self.amount_minor, self.purposes, self.bank_ref
        )
        aggregate.contributions = with_received(aggregate.contributions, received, self.pledge)

    def undo(self, aggregate: Fund) -> None:
        known, minor = aggregate.contributions, self.amount_minor
        no = self.pledge or number_of(self.bank_ref, known)
        withdrawn = 0 if self.pledge else minor
        aggregate.contributions = changed(known, no, received=-minor, withdrawn=withdrawn)


def number_of(bank_ref: str, contributions: tuple[Contribution, ...]) -> int:
    """The number of the contribution that came in by that line of the bank."""
    numbered = enumerate(contributions, start=1)
    return next((no for no, c in numbered if c.bank_ref == bank_ref and c.received_minor), 0)


def pledged(contributions: tuple[Contribution, ...], pledge: int) -> Contribution | None:
    """The contribution of that number, counted from 1, where it was promised by a letter."""
    found = contributions[pledge - 1] if 0 < pledge <= len(contributions) else None
    return found if found is not None and found.letter else None


def with_received(
    contributions: tuple[Contribution, ...], received: Contribution, pledge: int
) -> tuple[Contribution, ...]:
    """The contributions with what came in: a part of a pledge, or one more."""
    minor = received.amount_minor
    if pledge:
        return changed(contributions, pledge, received=minor)
    return (*contributions, replace(received, received_minor=minor))


def without(names: tuple[str, ...], one: str) -> tuple[str, ...]:
    """The names but for this one."""
    return tuple(name for name in names if name != one)


class Frozen(Event, frozen=True, tag="fund.frozen"):
    decision: str
    freezer: str


class Unfrozen(Event, frozen=True, tag="fund.unfrozen"):
    pass


class DayClosed(Event, frozen=True, tag="fund.day_closed"):
    day: str
    totals: tuple[Total, ...]


class PeriodClosed(Event, frozen=True, tag="fund.period_closed"):
    period: str


class ClosingStarted(Event, frozen=True, tag="fund.closing_started"):
    pass


class Closed(Event, frozen=True, tag="fund.closed"):
    totals: tuple[Total, ...]

    def apply(self, aggregate: Fund) -> None:
        aggregate.stage = self.stage
        aggregate.year_ends = (*aggregate.year_ends, YearEnd(aggregate.version + 1, None))


class Imported(Event, frozen=True, tag="fund.imported"):
    import_id: str
    name: str
    identifier: str
    currency: str

"""The facts that may become true of a fund."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.funds.values import Contribution, Total
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


class OpeningBalanceRecorded(Event, frozen=True, tag="fund.opening_balance_recorded"):
    bank_minor: int
    available_minor: int


class AppropriationCut(Event, frozen=True, tag="fund.appropriation_cut"):
    doc_no: str
    amount_minor: int

    def apply(self, aggregate: Fund) -> None:
        aggregate.documents = (*aggregate.documents, self.doc_no)
        aggregate.appropriated_minor -= self.amount_minor


class ContributionReceived(Event, frozen=True, tag="fund.contribution_received"):
    contributor: str
    source: str
    amount_minor: int
    purposes: tuple[str, ...]
    bank_ref: str

    def apply(self, aggregate: Fund) -> None:
        received = Contribution(
            self.contributor, self.source, self.amount_minor, self.purposes, self.bank_ref
        )
        aggregate.contributions = (*aggregate.contributions, received)


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


class Imported(Event, frozen=True, tag="fund.imported"):
    import_id: str
    name: str
    identifier: str
    currency: str

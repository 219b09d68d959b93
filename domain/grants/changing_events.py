"""The facts by which a running grant changes, or by which something is shown of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.kernel import Event
from domain.proposals.content import BudgetLine, Indicator

if TYPE_CHECKING:
    from domain.grants.grant import Grant


class ResultPublished(Event, frozen=True, tag="grant.result_published"):
    result_published: date


class MatchReceived(Event, frozen=True, tag="grant.match_received"):
    amount_minor: int
    document: str

    def apply(self, aggregate: Grant) -> None:
        """What was shown follows from the postings."""


class Visited(Event, frozen=True, tag="grant.visited"):
    kind: str
    visitors: tuple[str, ...]
    notes: str
    faults: tuple[str, ...]

    def apply(self, aggregate: Grant) -> None:
        aggregate.visits += 1


class PayeeChanged(Event, frozen=True, tag="grant.payee_changed"):
    account: str
    verification: str
    payee_changed: date
    payee_changed_at: datetime
    payee_hands: tuple[str, ...]

    def apply(self, aggregate: Grant) -> None:
        aggregate.account = self.account
        aggregate.payee_changed = self.payee_changed
        aggregate.payee_changed_at = self.payee_changed_at
        aggregate.payee_hands = self.payee_hands


class Amended(Event, frozen=True, tag="grant.amended"):
    """The agreement as it stands after an amendment, whole."""

    amendment: str
    amount_minor: int
    budget: tuple[BudgetLine, ...]
    indicators: tuple[Indicator, ...]
    scope: str
    ends: date | None
    midterm: date | None
    account: str
    custody_account: str
    payee_changed: date | None
    payee_changed_at: datetime | None
    payee_hands: tuple[str, ...]

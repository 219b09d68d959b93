"""The facts by which a grant is stopped: for a while, for good, or after it had ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.grants import costs
from domain.grants.costs import CostStage
from domain.kernel import Event

if TYPE_CHECKING:
    from domain.grants.grant import Grant


class Suspended(Event, frozen=True, tag="grant.suspended"):
    cause: str
    scope: str
    until: date | None
    stage_left: str
    suspenders: tuple[str, ...]

    def apply(self, aggregate: Grant) -> None:
        aggregate.stage = self.stage
        aggregate.suspension = self.cause
        aggregate.suspended_scope = self.scope
        aggregate.until = self.until
        aggregate.suspended_from = self.stage_left
        aggregate.suspenders = self.suspenders


class Resumed(Event, frozen=True, tag="grant.resumed"):
    def apply(self, aggregate: Grant) -> None:
        aggregate.stage = self.stage
        aggregate.suspension = aggregate.suspended_scope = aggregate.suspended_from = ""
        aggregate.until = None
        aggregate.suspenders = ()


class MidtermFailed(Event, frozen=True, tag="grant.midterm_failed"):
    midterm_result: str
    midterm_score_milli: int | None
    findings: tuple[str, ...]
    stage_left: str
    suspenders: tuple[str, ...]

    def apply(self, aggregate: Grant) -> None:
        aggregate.stage = self.stage
        aggregate.midterm_result = self.midterm_result
        aggregate.midterm_score_milli = self.midterm_score_milli
        aggregate.suspension = "midterm"
        aggregate.suspended_from = self.stage_left
        aggregate.suspenders = self.suspenders


class TerminationProposed(Event, frozen=True, tag="grant.termination_proposed"):
    cause: str
    hearing_ends: date | None
    stage_left: str
    proposers: tuple[str, ...]

    def apply(self, aggregate: Grant) -> None:
        aggregate.stage = self.stage
        aggregate.cause = self.cause
        aggregate.hearing_ends = self.hearing_ends
        aggregate.proposers = self.proposers
        aggregate.terminating_from = self.stage_left


class TerminationDropped(Event, frozen=True, tag="grant.termination_dropped"):
    def apply(self, aggregate: Grant) -> None:
        aggregate.stage = self.stage
        aggregate.cause = aggregate.terminating_from = ""
        aggregate.hearing_ends = None
        aggregate.proposers = ()


class ClosedUnilaterally(Event, frozen=True, tag="grant.closed_unilaterally"):
    """Closed from one side; `repay_by` is when what is due back must have come."""

    basis: str
    repay_by: date
    disallowed: tuple[int, ...]
    unpaid_reduced_minor: int
    posted_minor: int
    paid_minor: int
    accepted_minor: int
    settled_surplus_minor: int
    excess_minor: int
    due_back_minor: int
    remaining_minor: int

    def apply(self, aggregate: Grant) -> None:
        ends(aggregate, self)
        aggregate.basis = self.basis


class Terminated(Event, frozen=True, tag="grant.terminated"):
    """Ended before its plan; `repay_by` is when what is due back must have come."""

    cause: str
    repay_by: date
    waiver: str
    disallowed: tuple[int, ...]
    unpaid_reduced_minor: int
    posted_minor: int
    paid_minor: int
    accepted_minor: int
    settled_surplus_minor: int
    excess_minor: int
    due_back_minor: int
    remaining_minor: int

    def apply(self, aggregate: Grant) -> None:
        ends(aggregate, self)
        aggregate.basis = self.cause


def ends(grant: Grant, event: ClosedUnilaterally | Terminated) -> None:
    """Takes over the final account of a grant that somebody else than its grantee ended."""
    grant.stage = event.stage
    for no in event.disallowed:
        grant.costs = costs.changed(grant.costs, no, stage=CostStage.DISALLOWED)
    grant.unpaid_minor -= event.unpaid_reduced_minor + event.posted_minor
    grant.paid_minor = event.paid_minor
    grant.accepted_minor = event.accepted_minor
    grant.settled_surplus_minor = event.settled_surplus_minor
    grant.excess_minor = event.excess_minor
    grant.due_back_minor = event.due_back_minor
    grant.remaining_minor = event.remaining_minor


class PostCloseoutAdjusted(Event, frozen=True, tag="grant.post_closeout_adjusted"):
    amount_minor: int
    finding: str
    basis: str
    repay_by: date

    def apply(self, aggregate: Grant) -> None:
        aggregate.adjusted_minor += self.amount_minor

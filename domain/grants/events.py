"""The facts that may become true of a grant."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.grants import costs
from domain.grants.costs import CostStage, Spent
from domain.grants.outcomes import Outcome
from domain.kernel import Event
from domain.proposals.content import BudgetLine, Indicator
from domain.rounds.rules import Instalment

if TYPE_CHECKING:
    from domain.grants.grant import Grant


class Opened(Event, frozen=True, tag="grant.opened"):
    no: str
    proposal: str
    round: str
    fund: str
    organisation: str
    place: str
    currency: str
    amount_minor: int
    budget: tuple[BudgetLine, ...]
    indicators: tuple[Indicator, ...]
    sign_due: date


class AgreementSigned(Event, frozen=True, tag="grant.agreement_signed"):
    document: str
    account: str
    starts: date
    ends: date
    midterm: date | None
    parties: tuple[str, ...]
    instalments: tuple[Instalment, ...]
    amounts_minor: tuple[int, ...]
    custody_account: str = ""


class Activated(Event, frozen=True, tag="grant.activated"):
    amount_minor: int
    manager: str


class ProgressReported(Event, frozen=True, tag="grant.progress_reported"):
    period: str
    indicators: tuple[Indicator, ...]
    sessions: int
    cost_lines: tuple[Spent, ...]

    def apply(self, aggregate: Grant) -> None:
        aggregate.reports += 1
        aggregate.reached = self.indicators or aggregate.reached
        aggregate.sessions += self.sessions
        aggregate.costs = costs.reported(aggregate.costs, self.cost_lines)


class CostsAccepted(Event, frozen=True, tag="grant.costs_accepted"):
    lines: tuple[int, ...]
    posted_minor: int
    accepted_unpaid_minor: int

    def apply(self, aggregate: Grant) -> None:
        for no in self.lines:
            aggregate.costs = costs.changed(aggregate.costs, no, stage=CostStage.ACCEPTED)
        aggregate.unpaid_minor += self.accepted_unpaid_minor


class AcceptedCostsPosted(Event, frozen=True, tag="grant.accepted_costs_posted"):
    amount_minor: int

    def apply(self, aggregate: Grant) -> None:
        aggregate.unpaid_minor -= self.amount_minor


class CostQuestioned(Event, frozen=True, tag="grant.cost_questioned"):
    line: int
    amount_minor: int
    accepted: bool
    cause: str
    raiser: str
    finding: str = ""

    def apply(self, aggregate: Grant) -> None:
        aggregate.costs = costs.changed(
            aggregate.costs,
            self.line,
            stage=CostStage.QUESTIONED,
            accepted=self.accepted,
            raiser=self.raiser,
            cause=self.cause,
            finding=self.finding,
        )


class CostAllowed(Event, frozen=True, tag="grant.cost_allowed"):
    line: int
    posted_minor: int
    accepted_unpaid_minor: int
    reply: str

    def apply(self, aggregate: Grant) -> None:
        aggregate.costs = costs.changed(aggregate.costs, self.line, stage=CostStage.ACCEPTED)
        aggregate.unpaid_minor += self.accepted_unpaid_minor


class CostDisallowed(Event, frozen=True, tag="grant.cost_disallowed"):
    line: int
    amount_minor: int
    unpaid_reduced_minor: int
    reply: str

    def apply(self, aggregate: Grant) -> None:
        aggregate.costs = costs.changed(aggregate.costs, self.line, stage=CostStage.DISALLOWED)
        aggregate.unpaid_minor -= self.unpaid_reduced_minor


class MidtermDue(Event, frozen=True, tag="grant.midterm_due"):
    due: date | None = None


class MidtermSubmitted(Event, frozen=True, tag="grant.midterm_submitted"):
    midterm_report: str


class MidtermEvaluated(Event, frozen=True, tag="grant.midterm_evaluated"):
    midterm_result: str
    midterm_score_milli: int
    findings: tuple[str, ...]


class PeriodEnded(Event, frozen=True, tag="grant.period_ended"):
    pass


class FinalSubmitted(Event, frozen=True, tag="grant.final_submitted"):
    results: str
    reached: tuple[Indicator, ...]
    costs_minor: int
    surplus_minor: int


class FinalReturned(Event, frozen=True, tag="grant.final_returned"):
    defects: tuple[str, ...]
    due: date


class FinalEvaluated(Event, frozen=True, tag="grant.final_evaluated"):
    score_milli: int
    grade: str
    satisfaction_percent: int
    sample: int


class AuditRecorded(Event, frozen=True, tag="grant.audit_recorded"):
    document: str
    opinion: str
    findings: tuple[str, ...]

    def apply(self, aggregate: Grant) -> None:
        aggregate.stage = self.stage
        aggregate.opinion = self.opinion


class AuditWaived(Event, frozen=True, tag="grant.audit_waived"):
    pass


class Settled(Event, frozen=True, tag="grant.settled"):
    paid_minor: int
    accepted_minor: int
    settled_surplus_minor: int
    excess_minor: int
    due_back_minor: int
    remaining_minor: int


class Closed(Event, frozen=True, tag="grant.closed"):
    paid_minor: int
    accepted_minor: int
    grade: str


class RefundReceived(Event, frozen=True, tag="grant.refund_received"):
    amount_minor: int
    bank_ref: str

    def apply(self, aggregate: Grant) -> None:
        aggregate.refunded_minor += self.amount_minor
        aggregate.bank_refs = (*aggregate.bank_refs, self.bank_ref)


class Cancelled(Event, frozen=True, tag="grant.cancelled"):
    cause: str


class Imported(Event, frozen=True, tag="grant.imported"):
    import_id: str
    no: str
    proposal: str
    round: str
    fund: str
    organisation: str
    currency: str
    amount_minor: int
    awarded_on: date | None
    row: int
    source: str
    fingerprint: str


class PaymentImported(Event, frozen=True, tag="grant.payment_imported"):
    import_id: str
    amount_minor: int
    paid_on: date

    def apply(self, aggregate: Grant) -> None:
        aggregate.imported_paid_minor += self.amount_minor


class OutcomeImported(Event, frozen=True, tag="grant.outcome_imported"):
    import_id: str
    outcome: str
    amount_minor: int | None
    on: date | None

    def apply(self, aggregate: Grant) -> None:
        aggregate.outcomes = (
            *aggregate.outcomes,
            Outcome(outcome=self.outcome, amount_minor=self.amount_minor, on=self.on),
        )

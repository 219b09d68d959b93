"""The grant: what was promised, what was paid, spent, accepted and returned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from domain.errors import Reason
from domain.grants import costs
from domain.grants.costs import Costs, CostStage
from domain.grants.lifecycle import PAYABLE, lifecycle
from domain.grants.outcomes import Outcome
from domain.kernel import Aggregate
from domain.ledger import Posting, post
from domain.policies import holds
from domain.proposals.content import BudgetLine, Indicator
from domain.rounds.rules import Instalment
from domain.tranches.tranche import Tranche


class Grant(Aggregate):
    """A proposal after its award."""

    noun = "grant"
    lifecycle = lifecycle

    no: str = ""
    proposal: str = ""
    round: str = ""
    fund: str = ""
    organisation: str = ""
    place: str = ""
    amount_minor: int = 0
    budget: tuple[BudgetLine, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sign_due: date | None = None
    document: str = ""
    account: str = ""
    starts: date | None = None
    ends: date | None = None
    midterm: date | None = None
    parties: tuple[str, ...] = ()
    custody_account: str = ""
    payee_changed: date | None = None
    payee_changed_at: datetime | None = None
    payee_hands: tuple[str, ...] = ()
    scope: str = ""
    visits: int = 0
    instalments: tuple[Instalment, ...] = ()
    amounts_minor: tuple[int, ...] = ()
    manager: str = ""
    reports: int = 0
    reached: tuple[Indicator, ...] = ()
    sessions: int = 0
    costs: Costs = ()
    unpaid_minor: int = 0
    midterm_report: str = ""
    midterm_result: str = ""
    midterm_score_milli: int | None = None
    results: str = ""
    surplus_minor: int = 0
    due: date | None = None
    score_milli: int | None = None
    grade: str = ""
    satisfaction_percent: int | None = None
    opinion: str = ""
    paid_minor: int = 0
    accepted_minor: int = 0
    settled_surplus_minor: int = 0
    excess_minor: int = 0
    due_back_minor: int = 0
    remaining_minor: int = 0
    refunded_minor: int = 0
    bank_refs: tuple[str, ...] = ()
    result_published: date | None = None
    cause: str = ""
    suspended_from: str = ""
    suspension: str = ""
    suspended_scope: str = ""
    until: date | None = None
    suspenders: tuple[str, ...] = ()
    terminating_from: str = ""
    hearing_ends: date | None = None
    proposers: tuple[str, ...] = ()
    basis: str = ""
    adjusted_minor: int = 0
    import_id: str = ""
    awarded_on: date | None = None
    row: int = 0
    source: str = ""
    fingerprint: str = ""
    imported_paid_minor: int = 0
    outcomes: tuple[Outcome, ...] = ()

    @property
    def questioned_minor(self) -> int:
        """Questioned and not yet decided."""
        return costs.sum_of(self.costs, CostStage.QUESTIONED)

    @property
    def posted_minor(self) -> int:
        """Cost that stood as accepted, was posted as spent, and has not been claimed back."""
        stood = costs.sum_of(self.costs, CostStage.ACCEPTED)
        doubted = self.questioned_minor - costs.questioned_unaccepted(self.costs)
        return stood + doubted - self.unpaid_minor - self.excess_minor - self.adjusted_minor

    def posts(self, code: str, amount_minor: int, **dimensions: str) -> tuple[Posting, ...]:
        """A posting of this grant, in its round and fund."""
        return post(
            code,
            amount_minor,
            currency=self.currency,
            fund=self.fund,
            round=self.round,
            proposal=self.proposal,
            grant=self.id,
            line="grants",
            **dimensions,
        )

    def claims(self, amount_minor: int, *, posting_minor: int = 0) -> tuple[Posting, ...]:
        """Accepted cost that is due back after all (P9b), of whichever year it was.

        `posting_minor` is cost that is posted in the same record.
        """
        open_expense = max(0, self.balance("cash.grant_expense") + posting_minor)
        of_this_year = min(amount_minor, open_expense)
        of_closed_years = self.posts("P9b.closed", amount_minor - of_this_year)
        return self.posts("P9b", of_this_year) + of_closed_years

    def free_advance(self, tranches: Iterable[Tranche]) -> int:
        """What was paid and reconciled and is neither accepted as spent nor claimed back."""
        under_way = sum(t.amount_minor for t in tranches if t.is_advanced_unreconciled)
        return max(0, self.balance("cash.advances") - under_way)

    def met(self, condition: str) -> bool:
        """Whether what an instalment waits for has come true; after a failure nothing does."""
        if self.grade == "fail":
            return False
        if condition == "midterm":
            return self.midterm_result == "pass"
        if condition == "final":
            return bool(self.grade)
        return bool(self.manager)

    def allows_payment(
        self, rule: str, tranche: Tranche, questioned_limit_minor: int
    ) -> Iterable[Reason | None]:
        """What a grant asks before money may go out (T1 to T5)."""
        yield holds(
            f"{rule}.grant",
            self.stage in PAYABLE,
            "The grant is not in a stage in which it is paid.",
        )
        yield holds(
            f"{rule}.condition",
            self.met(tranche.condition),
            "The condition of this tranche is not met.",
        )
        yield holds(
            f"{rule}.questioned",
            self.questioned_minor <= questioned_limit_minor,
            "Too much of the reported cost is questioned; decide it first.",
        )

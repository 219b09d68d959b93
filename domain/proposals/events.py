"""The facts that may become true of a proposal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.kernel import Event
from domain.proposals.content import BudgetLine, Content, Defect, Indicator

if TYPE_CHECKING:
    from domain.proposals.proposal import Proposal


class Drafted(Event, frozen=True, tag="proposal.drafted"):
    no: str
    round: str
    organisation: str
    fund: str
    currency: str
    place: str
    drafter: str
    partners: tuple[str, ...]
    title: str
    content: Content


class Edited(Event, frozen=True, tag="proposal.edited"):
    content: Content

    def apply(self, aggregate: Proposal) -> None:
        super().apply(aggregate)
        aggregate.title = self.content.title


class Submitted(Event, frozen=True, tag="proposal.submitted"):
    no: str
    requested_minor: int
    match_minor: int
    budget: tuple[BudgetLine, ...]
    indicators: tuple[Indicator, ...]
    content_sha: str


class TakenBack(Event, frozen=True, tag="proposal.taken_back"):
    pass


class IntakeStarted(Event, frozen=True, tag="proposal.intake_started"):
    checker: str


class CorrectionRequested(Event, frozen=True, tag="proposal.correction_requested"):
    defects: tuple[Defect, ...]
    due: date

    def apply(self, aggregate: Proposal) -> None:
        super().apply(aggregate)
        aggregate.corrections += 1


class Resubmitted(Event, frozen=True, tag="proposal.resubmitted"):
    content: Content
    requested_minor: int
    match_minor: int
    budget: tuple[BudgetLine, ...]
    content_sha: str

    def apply(self, aggregate: Proposal) -> None:
        super().apply(aggregate)
        aggregate.title = self.content.title


class Lapsed(Event, frozen=True, tag="proposal.lapsed"):
    pass


class FoundIneligible(Event, frozen=True, tag="proposal.found_ineligible"):
    rule: str
    decided_on: date | None = None


class BudgetChecked(Event, frozen=True, tag="proposal.budget_checked"):
    adjusted_lines: tuple[BudgetLine, ...]
    budget: tuple[BudgetLine, ...]
    requested_minor: int


class Admitted(Event, frozen=True, tag="proposal.admitted"):
    """The capacity score is that of the organisation which proposes, where one is known."""

    capacity_score_milli: int | None = None


class Scored(Event, frozen=True, tag="proposal.scored"):
    method: str
    score_milli: int
    rank: int


class ScoreReopened(Event, frozen=True, tag="proposal.score_reopened"):
    """The score no longer holds: a review behind it is taken up again."""

    score_milli: None = None
    rank: int = 0


class AwardProposed(Event, frozen=True, tag="proposal.award_proposed"):
    amount_minor: int
    conditions: tuple[str, ...]


class Declined(Event, frozen=True, tag="proposal.declined"):
    feedback: str
    decided_on: date | None = None


class NoticeStarted(Event, frozen=True, tag="proposal.notice_started"):
    starts: date
    ends: date
    amount_minor: int


class AwardHeld(Event, frozen=True, tag="proposal.award_held"):
    objection: str
    held_on: date


class AwardReleased(Event, frozen=True, tag="proposal.award_released"):
    ends: date


class AwardRevoked(Event, frozen=True, tag="proposal.award_revoked"):
    decided_on: date


class Contested(Event, frozen=True, tag="proposal.contested"):
    appeal: str
    stage_left: str


class ReadmittedToIntake(Event, frozen=True, tag="proposal.readmitted_to_intake"):
    pass


class ReadmittedToWaitlist(Event, frozen=True, tag="proposal.readmitted_to_waitlist"):
    waits_at: int
    until: date


class DecisionKept(Event, frozen=True, tag="proposal.decision_kept"):
    pass


class Blocked(Event, frozen=True, tag="proposal.blocked"):
    cause: str

    def apply(self, aggregate: Proposal) -> None:
        aggregate.stage, aggregate.is_blocked = self.stage, True


class Unblocked(Event, frozen=True, tag="proposal.unblocked"):
    def apply(self, aggregate: Proposal) -> None:
        aggregate.stage, aggregate.is_blocked = self.stage, False


class Awarded(Event, frozen=True, tag="proposal.awarded"):
    award_no: str
    amount_minor: int


class Withdrawn(Event, frozen=True, tag="proposal.withdrawn"):
    pass


class AwardLapsed(Event, frozen=True, tag="proposal.award_lapsed"):
    cause: str


class DraftExpired(Event, frozen=True, tag="proposal.draft_expired"):
    pass


class Imported(Event, frozen=True, tag="proposal.imported"):
    import_id: str
    round: str
    organisation: str
    fund: str
    currency: str
    title: str
    asked_minor: int | None
    awarded_on: date | None
    asked_on: date | None = None


class HistoryImported(Event, frozen=True, tag="proposal.history_imported"):
    import_id: str
    round: str
    organisation: str
    fund: str
    currency: str
    title: str
    asked_minor: int | None
    asked_on: date | None
    outcome: str
    row: int
    source: str
    fingerprint: str

"""The facts that change a round on its way: more budget, a later deadline, questions, its end."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.kernel import Event
from domain.rounds.rules import Budgeted, Noticed
from domain.rounds.values import Asked, Clarified, Extended, merged

if TYPE_CHECKING:
    from domain.rounds.round import Round


class BudgetHandedDown(Event, frozen=True, tag="round.budget_handed_down"):
    parent: str
    fund: str
    currency: str
    lines: tuple[Budgeted, ...]


class BudgetAdded(Event, frozen=True, tag="round.budget_added"):
    lines: tuple[Budgeted, ...]

    def apply(self, aggregate: Round) -> None:
        lines = aggregate.lines
        super().apply(aggregate)
        aggregate.lines = merged(lines, self.lines)


class DeadlineExtended(Event, frozen=True, tag="round.deadline_extended"):
    old: datetime
    new: datetime
    question_until: date
    reason: str

    def apply(self, aggregate: Round) -> None:
        super().apply(aggregate)
        aggregate.closes = self.new
        aggregate.extensions = (*aggregate.extensions, Extended(self.old, self.new, self.reason))


class QuestionAsked(Event, frozen=True, tag="round.question_asked"):
    no: int
    text: str

    def apply(self, aggregate: Round) -> None:
        aggregate.stage = self.stage
        aggregate.questions = (*aggregate.questions, Asked(self.no, self.text))


class ClarificationPublished(Event, frozen=True, tag="round.clarified"):
    question: str
    answer: str
    asked: int | None = None

    def apply(self, aggregate: Round) -> None:
        super().apply(aggregate)
        clarified = Clarified(self.question, self.answer, self.asked)
        aggregate.clarifications = (*aggregate.clarifications, clarified)


class SupplementaryNoticePublished(Event, frozen=True, tag="round.supplementary_notice_published"):
    items: tuple[Noticed, ...]
    starts: date
    ends: date

    def apply(self, aggregate: Round) -> None:
        aggregate.stage = self.stage
        aggregate.items = (*aggregate.items, *self.items)
        aggregate.ends = max(aggregate.ends or self.ends, self.ends)


class Cancelled(Event, frozen=True, tag="round.cancelled"):
    reason: str
    returned_minor: int

    def apply(self, aggregate: Round) -> None:
        super().apply(aggregate)
        aggregate.cancellation = self.reason

"""The facts that may become true of a round."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.kernel import Event
from domain.rounds.allocation import Given
from domain.rounds.rules import Budgeted, Noticed, Ranked, Rules
from domain.scoring.elsewhere import Marked, Scale, ScoreSheet
from domain.scoring.fixing import Adjusted

if TYPE_CHECKING:
    from domain.rounds.round import Round


class Planned(Event, frozen=True, tag="round.planned"):
    no: str
    title: str
    kind: str
    place: str
    themes: tuple[str, ...]
    rules: Rules
    parent: str = ""


class BudgetAllotted(Event, frozen=True, tag="round.budget_allotted"):
    fund: str
    currency: str
    lines: tuple[Budgeted, ...]


class CallPublished(Event, frozen=True, tag="round.call_published"):
    rules_version: str
    rules_sha: str
    opens: datetime
    closes: datetime
    question_until: date | None = None


class Opened(Event, frozen=True, tag="round.opened"):
    pass


class IntakeClosed(Event, frozen=True, tag="round.intake_closed"):
    count: int


class ReviewStarted(Event, frozen=True, tag="round.review_started"):
    panel: str


class RankingFixed(Event, frozen=True, tag="round.ranking_fixed"):
    ranking: tuple[Ranked, ...]
    waitlist: tuple[str, ...] = ()
    adjusted: Adjusted | None = None


class NoticePublished(Event, frozen=True, tag="round.notice_published"):
    items: tuple[Noticed, ...]
    starts: date
    ends: date
    contact: str
    panel_members: tuple[str, ...]


class Allocated(Event, frozen=True, tag="round.allocated"):
    given: tuple[Given, ...]
    waiting: tuple[str, ...]
    value: int
    bound: int
    solved_by: str
    working_sha256: str


class NoticeConcluded(Event, frozen=True, tag="round.notice_concluded"):
    clear: tuple[str, ...]
    held: tuple[str, ...]


class ExecutionStarted(Event, frozen=True, tag="round.execution_started"):
    pass


class Closed(Event, frozen=True, tag="round.closed"):
    grants: int
    awarded_minor: int
    spent_minor: int
    returned_minor: int


class Imported(Event, frozen=True, tag="round.imported"):
    import_id: str
    title: str
    identifier: str
    fund: str
    currency: str


class ScoresImported(Event, frozen=True, tag="round.scores_imported"):
    """The marks of one reviewer of a panel held elsewhere; it stands for no score given here."""

    import_id: str
    reviewer: str
    scale: Scale
    marks: tuple[Marked, ...]

    def apply(self, aggregate: Round) -> None:
        sheet = ScoreSheet(self.reviewer, self.scale, self.marks)
        aggregate.stage, aggregate.sheets = self.stage, (*aggregate.sheets, sheet)

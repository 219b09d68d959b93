"""The lifecycle of a round."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Lifecycle, Step


class Stage(StrEnum):
    PLANNED = "planned"
    BUDGETED = "budgeted"
    PUBLISHED = "published"
    OPEN = "open"
    INTAKE_CLOSED = "intake_closed"
    REVIEWING = "reviewing"
    DELIBERATED = "deliberated"
    ON_NOTICE = "on_notice"
    CONCLUDED = "concluded"
    EXECUTING = "executing"
    CLOSED = "closed"
    HISTORICAL = "historical"


S = Stage
STEPS = (
    #    row   verb               from                 to                event
    Step("R1", "plan", (), S.PLANNED, "round.planned"),
    Step("R2", "allot-budget", (S.PLANNED,), S.BUDGETED, "round.budget_allotted"),
    Step("R3", "publish-call", (S.BUDGETED,), S.PUBLISHED, "round.call_published"),
    Step("R4", "open", (S.PUBLISHED,), S.OPEN, "round.opened"),
    Step("R6", "close-intake", (S.OPEN,), S.INTAKE_CLOSED, "round.intake_closed"),
    Step("R7", "start-review", (S.INTAKE_CLOSED,), S.REVIEWING, "round.review_started"),
    Step("R8", "fix-ranking", (S.REVIEWING,), S.DELIBERATED, "round.ranking_fixed"),
    Step("R9", "publish-notice", (S.DELIBERATED,), S.ON_NOTICE, "round.notice_published"),
    Step("R10", "conclude-notice", (S.ON_NOTICE,), S.CONCLUDED, "round.notice_concluded"),
    Step("R11", "start-execution", (S.CONCLUDED,), S.EXECUTING, "round.execution_started"),
    Step("R12", "close", (S.CONCLUDED, S.EXECUTING), S.CLOSED, "round.closed"),
    Step("I7", "import", (), S.HISTORICAL, "round.imported"),
)
lifecycle = Lifecycle("round", Stage, (S.CLOSED, S.HISTORICAL), STEPS)

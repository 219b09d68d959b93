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
    CANCELLED = "cancelled"
    HISTORICAL = "historical"


S = Stage
BEFORE_CONCLUDED = (
    S.PLANNED,
    S.BUDGETED,
    S.PUBLISHED,
    S.OPEN,
    S.INTAKE_CLOSED,
    S.REVIEWING,
    S.DELIBERATED,
    S.ON_NOTICE,
)
WITH_BUDGET = (*BEFORE_CONCLUDED[1:], S.CONCLUDED, S.EXECUTING)
CALLED = (S.PUBLISHED, S.OPEN)
AFTER_RANKING = (S.ON_NOTICE, S.CONCLUDED, S.EXECUTING)

STEPS = (
    #    row   verb               from                 to                event
    Step("R1", "plan", (), S.PLANNED, "round.planned"),
    Step("R2", "allot-budget", (S.PLANNED,), S.BUDGETED, "round.budget_allotted"),
    Step("R2a", "allot-from-parent", (S.PLANNED,), S.BUDGETED, "round.budget_handed_down"),
    Step("R2b", "add-budget", WITH_BUDGET, None, "round.budget_added"),
    Step("R3", "publish-call", (S.BUDGETED,), S.PUBLISHED, "round.call_published"),
    Step("R4", "open", (S.PUBLISHED,), S.OPEN, "round.opened"),
    Step("R5", "extend-deadline", CALLED, None, "round.deadline_extended"),
    Step("R5a", "ask-question", CALLED, None, "round.question_asked"),
    Step("R5b", "publish-clarification", CALLED, None, "round.clarified"),
    Step("R6", "close-intake", (S.OPEN,), S.INTAKE_CLOSED, "round.intake_closed"),
    Step("R7", "start-review", (S.INTAKE_CLOSED,), S.REVIEWING, "round.review_started"),
    Step("R7a", "allocate", (S.REVIEWING,), None, "round.allocated"),
    Step("R8", "fix-ranking", (S.REVIEWING,), S.DELIBERATED, "round.ranking_fixed"),
    Step("R9", "publish-notice", (S.DELIBERATED,), S.ON_NOTICE, "round.notice_published"),
    Step(
        "R9b",
        "publish-supplementary-notice",
        AFTER_RANKING,
        None,
        "round.supplementary_notice_published",
    ),
    Step("R10", "conclude-notice", (S.ON_NOTICE,), S.CONCLUDED, "round.notice_concluded"),
    Step("R11", "start-execution", (S.CONCLUDED,), S.EXECUTING, "round.execution_started"),
    Step("R12", "close", (S.CONCLUDED, S.EXECUTING), S.CLOSED, "round.closed"),
    Step("R13", "cancel", BEFORE_CONCLUDED, S.CANCELLED, "round.cancelled"),
    Step("I7", "import", (), S.HISTORICAL, "round.imported"),
    Step("I8", "import-scores", (S.HISTORICAL,), None, "round.scores_imported"),
)
lifecycle = Lifecycle("round", Stage, (S.CLOSED, S.CANCELLED, S.HISTORICAL), STEPS)

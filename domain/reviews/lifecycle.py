"""The lifecycles of a pool of experts, of a panel and of a review."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Lifecycle, Step


class PoolStage(StrEnum):
    KEPT = "kept"
    CLOSED = "closed"


P = PoolStage
POOL_STEPS = (
    Step("V0", "create", (), P.KEPT, "pool.created"),
    Step("V0a", "add-expert", (P.KEPT,), None, "pool.expert_added"),
    Step("V0b", "change-expert", (P.KEPT,), None, "pool.expert_changed"),
    Step("V0c", "remove-expert", (P.KEPT,), None, "pool.expert_removed"),
    Step("V0d", "close", (P.KEPT,), P.CLOSED, "pool.closed"),
)
pool_lifecycle = Lifecycle("pool", PoolStage, (P.CLOSED,), POOL_STEPS)


class PanelStage(StrEnum):
    DRAWN = "drawn"
    HELD = "held"


PANEL_STEPS = (
    Step("V1", "draw", (), PanelStage.DRAWN, "panel.drawn"),
    Step("V1b", "assign-reviews", (PanelStage.DRAWN,), None, "panel.reviews_assigned"),
    Step("V8", "require-third-review", (PanelStage.DRAWN,), None, "panel.third_required"),
    Step("V9", "hold-deliberation", (PanelStage.DRAWN,), PanelStage.HELD, "panel.deliberated"),
)
panel_lifecycle = Lifecycle("panel", PanelStage, (PanelStage.HELD,), PANEL_STEPS)


class Stage(StrEnum):
    DRAWN = "drawn"
    INVITED = "invited"
    ACCEPTED = "accepted"
    SCORING = "scoring"
    SUBMITTED = "submitted"
    LOCKED = "locked"
    RECUSED = "recused"
    DECLINED = "declined"
    REPLACED = "replaced"


S = Stage
ASKED_OF = (S.INVITED, S.ACCEPTED, S.SCORING)
"""The stages in which somebody may ask that the reviewer steps out."""

RECUSABLE = (*ASKED_OF, S.SUBMITTED)
"""The stages in which a reviewer can still step out."""

GIVEN_UP = (S.DECLINED, S.RECUSED)
"""The stages of a review that its reviewer will not write, so that somebody else has to."""

STEPS = (
    #    row    verb             from            to           event
    Step("V1a", "assign", (), S.DRAWN, "review.assigned"),
    Step("V2", "invite", (S.DRAWN,), S.INVITED, "review.invited"),
    Step("V2a", "accept", (S.INVITED,), S.ACCEPTED, "review.accepted"),
    Step("V2b", "refuse-invitation", (S.INVITED,), S.DECLINED, "review.declined"),
    Step("V3", "request-recusal", ASKED_OF, None, "review.recusal_requested"),
    Step("V3a", "recuse", RECUSABLE, S.RECUSED, "review.recused"),
    Step("V3b", "refuse-recusal", RECUSABLE, None, "review.recusal_refused"),
    Step("V3d", "pass-on-request", RECUSABLE, None, "review.recusal_passed_on"),
    Step("V4", "replace", GIVEN_UP, S.REPLACED, "review.replaced"),
    Step("V5", "start-scoring", (S.ACCEPTED,), S.SCORING, "review.scoring_started"),
    Step("V5a", "submit-score", (S.SCORING,), S.SUBMITTED, "review.score_submitted"),
    Step("V6", "lock", (S.SUBMITTED,), S.LOCKED, "review.locked"),
    Step("V7", "reopen", (S.LOCKED,), S.SCORING, "review.reopened"),
)
SETTLED = (S.LOCKED, S.REPLACED)
"""The stages of a review for which nobody waits any more."""

LEFT = (S.RECUSED, S.DECLINED, S.REPLACED)
"""The stages of a review whose reviewer has left it, and sees nothing more of the proposal."""

RECUSED = (S.RECUSED, S.REPLACED)
"""The stages of a review whose reviewer may not be told anything of the proposal."""

lifecycle = Lifecycle("review", Stage, SETTLED, STEPS)

"""The lifecycles of a panel and of a review."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Lifecycle, Step


class PanelStage(StrEnum):
    DRAWN = "drawn"
    HELD = "held"


PANEL_STEPS = (
    Step("V1", "draw", (), PanelStage.DRAWN, "panel.drawn"),
    Step("V1b", "assign-reviews", (PanelStage.DRAWN,), None, "panel.reviews_assigned"),
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


S = Stage
STEPS = (
    #    row    verb             from            to           event
    Step("V1a", "assign", (), S.DRAWN, "review.assigned"),
    Step("V2", "invite", (S.DRAWN,), S.INVITED, "review.invited"),
    Step("V2a", "accept", (S.INVITED,), S.ACCEPTED, "review.accepted"),
    Step("V5", "start-scoring", (S.ACCEPTED,), S.SCORING, "review.scoring_started"),
    Step("V5a", "submit-score", (S.SCORING,), S.SUBMITTED, "review.score_submitted"),
    Step("V6", "lock", (S.SUBMITTED,), S.LOCKED, "review.locked"),
)
lifecycle = Lifecycle("review", Stage, (S.LOCKED,), STEPS)

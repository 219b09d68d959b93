"""The lifecycle of a finding, and of the tip that it may come from."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Lifecycle, Step


class Stage(StrEnum):
    TIPPED = "tipped"
    DISMISSED = "dismissed"
    RAISED = "raised"
    RESPONDED = "responded"
    RECTIFICATION_ORDERED = "rectification_ordered"
    RECTIFIED = "rectified"
    VERIFIED = "verified"
    ESCALATED = "escalated"
    HANDED_OVER = "handed_over"


S = Stage
SEALED = (S.TIPPED, S.DISMISSED)
"""Stages in which it is a tip that nobody has adopted: no finding yet, or none at all."""

OPEN = (S.RAISED, S.RESPONDED, S.RECTIFICATION_ORDERED, S.RECTIFIED)
ANSWERABLE = (S.RAISED, S.RESPONDED)

STEPS = (
    #    row    verb                   from                        to          event
    Step("D1", "tip", (), S.TIPPED, "finding.tipped"),
    Step("D1a", "dismiss-tip", (S.TIPPED,), S.DISMISSED, "finding.tip_dismissed"),
    Step("D1b", "adopt-tip", (S.TIPPED,), S.RAISED, "finding.tip_adopted"),
    Step("D2", "raise", (), S.RAISED, "finding.raised"),
    Step("D3", "respond", (S.RAISED,), S.RESPONDED, "finding.responded"),
    Step(
        "D4",
        "order-rectification",
        ANSWERABLE,
        S.RECTIFICATION_ORDERED,
        "finding.rectification_ordered",
    ),
    Step("D5", "rectify", (S.RECTIFICATION_ORDERED,), S.RECTIFIED, "finding.rectified"),
    Step("D6", "verify", (S.RESPONDED, S.RECTIFIED), S.VERIFIED, "finding.verified"),
    Step("D7", "escalate", OPEN, S.ESCALATED, "finding.escalated"),
    Step(
        "D7a",
        "return-to-owner",
        (S.ESCALATED,),
        S.RECTIFICATION_ORDERED,
        "finding.returned_to_owner",
    ),
    Step("D7b", "hand-over", (S.ESCALATED,), S.HANDED_OVER, "finding.handed_over"),
)
lifecycle = Lifecycle("finding", Stage, (S.DISMISSED, S.VERIFIED, S.HANDED_OVER), STEPS)

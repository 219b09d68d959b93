"""How a locked score is taken up again, because of an error alone."""

from __future__ import annotations

from typing import Literal

from domain.errors import check
from domain.kernel import Event, Mandate
from domain.policies import holds, in_stage, no_interest
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.reviews.lifecycle import PanelStage
from domain.reviews.panel import Panel
from domain.reviews.review import OldScore, Review
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round

Error = Literal["arithmetic", "rule"]
"""What may be wrong with a locked score: it was worked out wrongly, or against the rules.

A change of mind is neither.
"""


class Reopened(Event, frozen=True, tag="review.reopened"):
    """What was wrong with the score, which stays on record; another one is handed in."""

    error: str
    reason: str

    def apply(self, aggregate: Review) -> None:
        aggregate.stage = self.stage
        old = OldScore(
            scores=aggregate.scores,
            bonuses=aggregate.bonuses,
            total_milli=aggregate.total_milli,
            comment=aggregate.comment,
            error=self.error,
            reason=self.reason,
        )
        aggregate.old_scores = (*aggregate.old_scores, old)
        aggregate.total_milli = None


def reopen(
    review: Review, *, error: str, proposal: Proposal, panel: Panel, round: Round, by: Mandate
) -> None:
    """Takes a locked score up again (V7), before the panel has voted on what it came to."""
    stage = review.after("reopen")
    check(
        in_stage("V7.proposal", proposal, ProposalStage.UNDER_REVIEW, ProposalStage.SCORED),
        in_stage("V7.round", round, RoundStage.REVIEWING),
        in_stage("V7.panel", panel, PanelStage.DRAWN),
        holds(
            "V7.hands",
            review.member not in by.hands,
            "Nobody has their own score taken up again, or agrees to it.",
        ),
        no_interest("V7.interest", by, proposal.organisation, *proposal.partners),
    )
    review.record(Reopened(stage=stage, error=error, reason=by.reason), by)

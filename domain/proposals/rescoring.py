"""When the scores of a proposal do not do yet, and when its score no longer holds."""

from __future__ import annotations

from domain.errors import Reason
from domain.kernel import Mandate
from domain.policies import holds
from domain.proposals import events as e
from domain.proposals.proposal import Proposal


def agree(spread_milli: int, limit_milli: int | None, has_third: bool) -> Reason | None:
    """The scores do not lie too far apart, or one more review is locked (S11)."""
    return holds(
        "S11.spread",
        has_third or limit_milli is None or spread_milli <= limit_milli,
        "The scores lie too far apart, and no further review is locked.",
    )


def reopen_score(proposal: Proposal, *, by: Mandate) -> None:
    """Sends a scored proposal back, because a review behind the score was taken up again (S11a)."""
    proposal.record(e.ScoreReopened(stage=proposal.after("reopen-score")), by)

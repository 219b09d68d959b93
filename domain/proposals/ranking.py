"""The ranking of a round: all scored proposals, the best first, ties broken as the round says."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from domain.proposals.lifecycle import Stage
from domain.proposals.proposal import Proposal
from domain.rounds.rules import Ranked, TieBreak

LEFT = (Stage.WITHDRAWN, Stage.DISQUALIFIED, Stage.CANCELLED)
"""Stages of proposals that are no longer compared with others."""

TIE_BREAKS: dict[str, Callable[[Proposal], int | str]] = {
    "match": lambda proposal: -proposal.match_minor,
    "requested": lambda proposal: proposal.requested_minor,
    "capacity": lambda proposal: -(proposal.capacity_score_milli or 0),
    "number": lambda proposal: proposal.no,
}
"""What decides between equal scores: the smaller value goes first.

Capacity is that which was known when the proposal was admitted; unknown capacity counts as none.
"""


def ranked(proposals: Iterable[Proposal], tie_break: tuple[TieBreak, ...]) -> tuple[Ranked, ...]:
    """The scored proposals from the best down; what the round leaves equal goes by number."""
    keys = [TIE_BREAKS[name] for name in (*tie_break, "number")]
    scored = [
        (-proposal.score_milli, [key(proposal) for key in keys], proposal)
        for proposal in proposals
        if proposal.score_milli is not None and proposal.stage not in LEFT
    ]
    return tuple(
        Ranked(
            proposal.id,
            rank,
            -score,
            proposal.amount_minor if proposal.stage == Stage.PROPOSED else 0,
        )
        for rank, (score, _, proposal) in enumerate(
            sorted(scored, key=lambda item: item[:2]), start=1
        )
    )

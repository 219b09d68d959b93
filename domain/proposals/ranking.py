"""The ranking of a round: all scored proposals, the best first, ties broken as the round says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from domain.proposals.lifecycle import Stage
from domain.proposals.proposal import Proposal
from domain.rounds.rules import Ranked, Rules, TieBreak
from domain.scoring.fixing import Adjusted, Effect
from domain.scoring.methods import ADJUSTED, Scored, scored
from domain.scoring.sheet import Sheet

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


def ranked(
    proposals: Iterable[Proposal],
    tie_break: tuple[TieBreak, ...],
    adjusted: Scored | None = None,
) -> tuple[Ranked, ...]:
    """The scored proposals from the best down; what the round leaves equal goes by number.

    By adjusted scores each part is ranked for itself, and what they cannot compare comes last.
    """
    part_of = parts_of(adjusted)
    last = len(set(part_of.values()))
    keys = [TIE_BREAKS[name] for name in (*tie_break, "number")]
    found = [
        (part_of.get(p.id, last), -adjusted_score(p, adjusted), [key(p) for key in keys], p)
        for p in proposals
        if p.score_milli is not None and p.stage not in LEFT
    ]
    ordered = sorted(found, key=lambda item: item[:3])
    return tuple(
        Ranked(
            proposal.id,
            rank,
            -score,
            proposal.amount_minor if proposal.stage == Stage.PROPOSED else 0,
        )
        for _, part in groupby(ordered, key=lambda item: item[0])
        for rank, (_, score, _, proposal) in enumerate(part, start=1)
    )


def parts_of(adjusted: Scored | None) -> dict[str, int]:
    """The number of the part in which each proposal stands, counted from nought."""
    parts = enumerate(adjusted.parts) if adjusted else ()
    return {proposal: number for number, part in parts for proposal in part}


def adjusted_score(proposal: Proposal, adjusted: Scored | None) -> int:
    """The adjusted score, else that which was given, in thousandths."""
    given = proposal.score_milli or 0
    return adjusted.scores.get(proposal.id, given) if adjusted else given


def fixed_ranking(
    proposals: Iterable[Proposal], rules: Rules, sheet: Sheet
) -> tuple[tuple[Ranked, ...], Adjusted | None]:
    """The ranking by the rules of a round, and how it was adjusted where the rules say so."""
    known = {proposal.id: proposal for proposal in proposals}
    if rules.aggregation not in ADJUSTED:
        return ranked(known.values(), rules.tie_break), None
    adjusted = scored(sheet, rules.aggregation)
    ranking = ranked(known.values(), rules.tie_break, adjusted)
    places = {item.proposal for item in ranking}
    sizes = (sum(proposal in places for proposal in part) for part in adjusted.parts)
    effects = (Effect(*effect) for effect in sorted(adjusted.effects.items()))
    return ranking, Adjusted(
        rules.aggregation,
        tuple(known[item.proposal].score_milli or 0 for item in ranking),
        tuple(size for size in sizes if size),
        tuple(effects),
    )

"""One more review, where those of a proposal lie too far apart."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import check
from domain.kernel import Mandate
from domain.policies import holds, in_stage
from domain.reviews.lifecycle import Stage
from domain.reviews.panel import Panel, ThirdRequired, next_free
from domain.reviews.replacing import Vacancy, too_near
from domain.reviews.review import Review
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round

HANDED_IN = (Stage.SUBMITTED, Stage.LOCKED)
"""The stages of a review whose score counts."""


def spread_milli(reviews: Sequence[Review]) -> int:
    """How far the highest total lies above the lowest, in thousandths of a point."""
    totals = [
        review.total_milli
        for review in reviews
        if review.total_milli is not None and review.stage in HANDED_IN
    ]
    return max(totals, default=0) - min(totals, default=0)


def is_divided(reviews: Sequence[Review], limit_milli: int | None) -> bool:
    """Whether all reviews of a proposal are in, and lie further apart than the round allows."""
    are_in = all(review.stage in HANDED_IN or review.is_settled for review in reviews)
    return are_in and limit_milli is not None and spread_milli(reviews) > limit_milli


def has_third(reviews: Sequence[Review]) -> bool:
    """Whether a further review of the proposal is locked (S11)."""
    return any(review.is_third and review.stage == Stage.LOCKED for review in reviews)


def is_asked_for(reviews: Sequence[Review], round: Round) -> bool:
    """Whether the proposal still needs a further review (V8)."""
    third = any(review.is_third for review in reviews)
    return not third and is_divided(reviews, round.asks.spread_limit_milli)


def next_reviewer(vacancy: Vacancy) -> str:
    """The next in the order of the draw who has no part in the proposal; empty if none is left."""
    proposal = vacancy.proposal
    taken = {review.member for review in vacancy.siblings} | {*proposal.judges, proposal.drafter}
    return next_free(vacancy.panel, taken | too_near(vacancy))


def require_third(panel: Panel, *, vacancy: Vacancy, round: Round, by: Mandate) -> None:
    """Calls the next of the draw to a proposal on which the panel is divided (V8)."""
    stage = panel.after("require-third-review")
    member = next_reviewer(vacancy)
    check(
        in_stage("V8.round", round, RoundStage.REVIEWING),
        holds(
            "V8.spread",
            is_asked_for(vacancy.siblings, round),
            "The scores of the proposal do not ask for a further review.",
        ),
        holds("V8.left", bool(member), "Nobody is left in the pool who may review the proposal."),
    )
    event = ThirdRequired(stage=stage, proposal=vacancy.proposal.id, member=member)
    panel.record(event, by)

"""The review: one reviewer and one proposal, from the invitation to the locked score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Literal

from domain.errors import Reason, check
from domain.kernel import Aggregate, Event, Mandate
from domain.policies import holds, in_stage
from domain.proposals.proposal import Proposal
from domain.reviews.lifecycle import LEFT, SETTLED, Stage, lifecycle
from domain.reviews.sheet import earns_bonuses, fills_the_sheet
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round
from domain.rounds.rules import Criterion
from domain.scoring.methods import raw_milli
from domain.scoring.sheet import Given, Sheet
from domain.values import Count, Name, Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The points that a reviewer gives on one criterion."""

    criterion: Name
    points: Count
    comment: Remark = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldScore:
    """A score that was locked, and taken up again because of an error, with the reason for it."""

    scores: tuple[Score, ...]
    bonuses: tuple[Score, ...]
    total_milli: int | None
    comment: str
    error: str
    reason: str


class Assigned(Event, frozen=True, tag="review.assigned"):
    panel: str
    round: str
    proposal: str
    place: str
    member: str
    is_third: bool = False


class Invited(Event, frozen=True, tag="review.invited"):
    due: date


class Accepted(Event, frozen=True, tag="review.accepted"):
    declaration: str


class Declined(Event, frozen=True, tag="review.declined"):
    """`cause` says whether the reviewer said no, or gave no answer by the last day."""

    cause: Literal["refused", "expired"]


class Replaced(Event, frozen=True, tag="review.replaced"):
    """`replaced_by` is who takes the place; empty where nobody is left and the panel goes on."""

    replaced_by: str


class ScoringStarted(Event, frozen=True, tag="review.scoring_started"):
    pass


class ScoreSubmitted(Event, frozen=True, tag="review.score_submitted"):
    scores: tuple[Score, ...]
    total_milli: int
    comment: str
    bonuses: tuple[Score, ...] = ()
    feedback: str = ""


class Locked(Event, frozen=True, tag="review.locked"):
    pass


class Review(Aggregate):
    """What one reviewer says of one proposal; others see it when it is locked."""

    noun = "review"
    lifecycle = lifecycle

    panel: str = ""
    round: str = ""
    proposal: str = ""
    place: str = ""
    member: str = ""
    due: date | None = None
    declaration: str = ""
    cause: str = ""
    replaced_by: str = ""
    scores: tuple[Score, ...] = ()
    total_milli: int | None = None
    comment: str = ""
    bonuses: tuple[Score, ...] = ()
    feedback: str = ""
    is_third: bool = False
    basis: str = ""
    statement: str = ""
    asked_by: str = ""
    askers: tuple[str, ...] = ()
    old_scores: tuple[OldScore, ...] = ()

    @property
    def is_left(self) -> bool:
        """Whether the reviewer has left it, and sees nothing more of the proposal."""
        return self.stage in LEFT

    @property
    def is_settled(self) -> bool:
        """Whether nobody waits for it any more."""
        return self.stage in SETTLED


def own(rule: str, review: Review, by: Mandate) -> Reason | None:
    """Only the reviewer it was assigned to acts on a review."""
    return holds(rule, by.person == review.member, "This review is another reviewer's.")


def assign(
    id: str, *, panel: str, proposal: Proposal, member: str, is_third: bool = False, by: Mandate
) -> Review:
    """Gives a member a proposal to review (V1a)."""
    review = Review(id=id)
    event = Assigned(
        stage=lifecycle.start("assign"),
        panel=panel,
        round=proposal.round,
        proposal=proposal.id,
        place=proposal.place,
        member=member,
        is_third=is_third,
    )
    review.record(event, by)
    return review


def start_scoring(review: Review, *, round: Round, by: Mandate) -> None:
    stage = review.after("start-scoring")
    check(own("V5.own", review, by), in_stage("V5.round", round, RoundStage.REVIEWING))
    review.record(ScoringStarted(stage=stage), by)


def submit_score(
    review: Review,
    *,
    scores: tuple[Score, ...],
    comment: str,
    bonuses: tuple[Score, ...] = (),
    feedback: str = "",
    round: Round,
    by: Mandate,
) -> None:
    """Hands the score in (V5a); `comment` is for the panel, `feedback` for the applicant."""
    stage = review.after("submit-score")
    check(
        own("V5a.own", review, by),
        is_uncontested(review),
        *fills_the_sheet(scores, round.asks.rubric),
        *earns_bonuses(bonuses, round.asks.bonuses),
    )
    given = {score.criterion: score.points for score in scores}
    extra = 1_000 * sum(bonus.points for bonus in bonuses)
    total = total_milli(given, round.asks.rubric) + extra
    event = ScoreSubmitted(
        stage=stage,
        scores=scores,
        total_milli=total,
        comment=comment,
        bonuses=bonuses,
        feedback=feedback,
    )
    review.record(event, by)


def is_uncontested(review: Review) -> Reason | None:
    """Whoever may have to step out hands in no score before that is decided (V5a)."""
    return holds(
        "V5a.request",
        not review.asked_by,
        "Nobody has decided yet on the request that you step out of this review.",
    )


def lock(review: Review, *, missing: int, requests: int, by: Mandate) -> None:
    stage = review.after("lock")
    check(
        holds("V6.all", not missing, "{count} reviews of the proposal are not in.", count=missing),
        holds(
            "V6.requests",
            not requests,
            "Of {count} reviews it is not decided yet whether the reviewer stays, or who follows.",
            count=requests,
        ),
    )
    review.record(Locked(stage=stage), by)


def total_milli(points: dict[str, int], rubric: tuple[Criterion, ...]) -> int:
    """The weighted total in thousandths of a point of 100, rounded half up."""
    total = sum(
        Fraction(points[criterion.code] * criterion.weight * 1_000, criterion.max_points)
        for criterion in rubric
    )
    return floor(total + Fraction(1, 2))


def aggregate_milli(totals: list[int], method: str) -> int:
    """One score from the reviewers' totals, in thousandths, rounded half up.

    A method that adjusts the whole round starts from the mean.
    """
    return raw_milli(totals, method)


def sheet_of(reviews: Iterable[Review]) -> Sheet:
    """The scores that reviews were locked with, of which there is one for a member and proposal."""
    return Sheet(
        tuple(
            Given(review.member, review.proposal, review.total_milli)
            for review in reviews
            if review.total_milli is not None and review.stage == Stage.LOCKED
        )
    )

"""The review: one reviewer and one proposal, from the invitation to the locked score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Literal

from domain.errors import Reason, Word, check
from domain.kernel import Aggregate, Event, Mandate
from domain.policies import holds, in_stage, no_interest
from domain.proposals.proposal import Proposal
from domain.reviews.conflicts import Conflict
from domain.reviews.lifecycle import Stage, lifecycle
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round
from domain.rounds.rules import Criterion
from domain.scoring.methods import raw_milli
from domain.scoring.sheet import Given, Sheet
from domain.values import Count, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The points that a reviewer gives on one criterion."""

    criterion: Name
    points: Count


class Assigned(Event, frozen=True, tag="review.assigned"):
    panel: str
    round: str
    proposal: str
    place: str
    member: str


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


def own(rule: str, review: Review, by: Mandate) -> Reason | None:
    """Only the reviewer it was assigned to acts on a review."""
    return holds(rule, by.person == review.member, "This review is another reviewer's.")


def assign(id: str, *, panel: str, proposal: Proposal, member: str, by: Mandate) -> Review:
    review = Review(id=id)
    event = Assigned(
        stage=lifecycle.start("assign"),
        panel=panel,
        round=proposal.round,
        proposal=proposal.id,
        place=proposal.place,
        member=member,
    )
    review.record(event, by)
    return review


def invite(review: Review, *, due: date, by: Mandate) -> None:
    stage = review.after("invite")
    check(holds("V2.due", due > by.day, "The due day lies in the future.", field="/due"))
    review.record(Invited(stage=stage, due=due), by)


def may_accept(
    review: Review, proposal: Proposal, ties: tuple[Conflict, ...], by: Mandate
) -> Iterable[Reason | None]:
    """The invitation is one's own and still open, and nothing ties one to the matter (V2a)."""
    yield own("V2a.own", review, by)
    yield holds(
        "V2a.due",
        review.due is None or by.day <= review.due,
        "The invitation was open until {due} and is over.",
        due=review.due,
    )
    yield no_interest("V2a.interest", by, proposal.organisation, *proposal.partners)
    yield holds(
        "V2a.ties",
        not ties,
        "The list of experts names a tie to whoever is behind this proposal: {grounds}.",
        grounds=tuple(Word("choice", tie.rule) for tie in ties),
    )
    yield holds(
        "V2a.hands",
        by.person not in (proposal.drafter, proposal.checker),
        "Whoever drafted or checked the proposal does not review it.",
    )


def accept(
    review: Review,
    *,
    declaration: str,
    proposal: Proposal,
    ties: tuple[Conflict, ...] = (),
    by: Mandate,
) -> None:
    """Accepts the invitation and declares to have no interest in the matter (V2a).

    `ties` are what the list of experts says against this reviewer for this proposal.
    """
    stage = review.after("accept")
    check(*may_accept(review, proposal, ties, by))
    review.record(Accepted(stage=stage, declaration=declaration), by)


def refuse_invitation(review: Review, *, by: Mandate) -> None:
    """Says no to the invitation (V2b); the clock does so when its last day is over."""
    stage = review.after("refuse-invitation")
    is_over = review.due is not None and by.day > review.due
    is_clock = by.actor.role == "clock"
    check(
        holds("V2b.due", not is_clock or is_over, "The invitation is still open."),
        None if is_clock else own("V2b.own", review, by),
    )
    review.record(Declined(stage=stage, cause="expired" if is_clock else "refused"), by)


def start_scoring(review: Review, *, round: Round, by: Mandate) -> None:
    stage = review.after("start-scoring")
    check(own("V5.own", review, by), in_stage("V5.round", round, RoundStage.REVIEWING))
    review.record(ScoringStarted(stage=stage), by)


def submit_score(
    review: Review, *, scores: tuple[Score, ...], comment: str, round: Round, by: Mandate
) -> None:
    stage = review.after("submit-score")
    rubric = {criterion.code: criterion for criterion in round.asks.rubric}
    given = {score.criterion: score.points for score in scores}
    check(
        own("V5a.own", review, by),
        holds(
            "V5a.complete",
            set(given) == set(rubric) and len(scores) == len(rubric),
            "Score every criterion of the rubric once: {codes}.",
            field="/scores",
            codes=", ".join(rubric),
        ),
        holds(
            "V5a.points",
            all(
                points <= rubric[code].max_points
                for code, points in given.items()
                if code in rubric
            ),
            "A score may not be higher than its criterion allows.",
            field="/scores",
        ),
    )
    total = total_milli(given, round.asks.rubric)
    review.record(
        ScoreSubmitted(stage=stage, scores=scores, total_milli=total, comment=comment), by
    )


def lock(review: Review, *, missing: int, by: Mandate) -> None:
    stage = review.after("lock")
    check(
        holds("V6.all", not missing, "{count} reviews of the proposal are not in.", count=missing)
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

"""What may be told to reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import MaxLen, MinLen

from application.docket import Docket
from application.recusals import HANDLERS as RECUSALS
from application.replacing import ReplaceReviewer, replace, ties_to
from application.told import Handlers, NoFields, said, tells
from domain.kernel import Mandate
from domain.proposals.proposal import Proposal
from domain.reviews import inviting, recusing
from domain.reviews import review as reviews
from domain.reviews.lifecycle import Stage
from domain.reviews.review import Review, Score
from domain.rounds.round import Round
from domain.values import Remark, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteReviewer:
    """Invites the drawn reviewer to answer by a day."""

    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptReview:
    """Accepts the review and declares to have no interest in the matter."""

    declaration: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseInvitation(NoFields):
    """Says no to the invitation; one without an answer is over after its last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartScoring(NoFields):
    """Opens the score sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitScore:
    """Hands in the points for every criterion, blind to the other reviewers.

    `comment` is for the panel alone, `feedback` for the applicant once it is decided.
    """

    scores: Annotated[tuple[Score, ...], MinLen(1), MaxLen(30)]
    bonuses: Annotated[tuple[Score, ...], MaxLen(10)] = ()
    comment: Text
    feedback: Remark = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockReview(NoFields):
    """Locks the score, once all reviews of the proposal are in."""


def accept(command: AcceptReview, docket: Docket, id: str, by: Mandate) -> Review:
    review = docket.load(Review, id)
    proposal = docket.load(Proposal, review.proposal)
    ties = ties_to(review, docket, by)
    inviting.accept(review, declaration=command.declaration, proposal=proposal, ties=ties, by=by)
    return review


def start_scoring(command: StartScoring, docket: Docket, id: str, by: Mandate) -> Review:
    review = docket.load(Review, id)
    reviews.start_scoring(review, round=docket.load(Round, review.round), by=by)
    return review


def submit_score(command: SubmitScore, docket: Docket, id: str, by: Mandate) -> Review:
    review = docket.load(Review, id)
    round = docket.load(Round, review.round)
    reviews.submit_score(review, **said(command), round=round, by=by)
    return review


IN = (Stage.SUBMITTED, Stage.LOCKED, Stage.REPLACED)
"""The stages of a review for which the others of its proposal need not wait."""


def lock(command: LockReview, docket: Docket, id: str, by: Mandate) -> Review:
    review = docket.load(Review, id)
    siblings = docket.find(Review, proposal=review.proposal)
    missing = sum(r.stage != Stage.SUBMITTED and not r.is_settled for r in siblings)
    proposal = docket.load(Proposal, review.proposal)
    requests = sum(recusing.is_undecided(sibling, proposal) for sibling in siblings)
    reviews.lock(review, missing=missing, requests=requests, by=by)
    return review


HANDLERS: Handlers = {
    "invite": (InviteReviewer, tells(Review, inviting.invite)),
    "accept": (AcceptReview, accept),
    "refuse-invitation": (RefuseInvitation, tells(Review, inviting.refuse_invitation)),
    "replace": (ReplaceReviewer, replace),
    "start-scoring": (StartScoring, start_scoring),
    "submit-score": (SubmitScore, submit_score),
    "lock": (LockReview, lock),
    **RECUSALS,
}

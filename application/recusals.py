"""What may be told of reviewers who should step out, and of scores that are taken up again."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.told import Handlers, NoFields, said, tells
from domain.kernel import Mandate
from domain.proposals import recusals
from domain.proposals.proposal import Proposal
from domain.reviews import recusing, reopening
from domain.reviews.panel import Panel
from domain.reviews.recusing import Basis
from domain.reviews.reopening import Error
from domain.reviews.review import Review
from domain.rounds.round import Round
from domain.values import Id, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRecusal:
    """Asks that a person does not judge the proposal, whether or not that person does."""

    member: Id
    basis: Basis
    statement: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecusal:
    """Asks that the reviewer steps out of this review."""

    basis: Basis
    statement: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOnRequest(NoFields):
    """Takes over what the applicant has asked of this reviewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recuse:
    """Has the reviewer step out, who sees nothing more of the proposal from now on."""

    basis: Basis
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseRecusal:
    """Lets the reviewer stay, and says why."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenReview:
    """Takes a locked score up again because it was worked out wrongly or against the rules."""

    error: Error
    reason: Text


def about(id: str, docket: Docket) -> tuple[Review, Proposal]:
    """A review and the proposal that it judges."""
    review = docket.load(Review, id)
    return review, docket.load(Proposal, review.proposal)


def request(command: RequestRecusal, docket: Docket, id: str, by: Mandate) -> Review:
    review, proposal = about(id, docket)
    recusing.request_recusal(review, **said(command), proposal=proposal, by=by)
    return review


def pass_on(command: PassOnRequest, docket: Docket, id: str, by: Mandate) -> Review:
    review, proposal = about(id, docket)
    recusing.pass_on_request(review, proposal=proposal, by=by)
    return review


def recuse(command: Recuse, docket: Docket, id: str, by: Mandate) -> Review:
    review, proposal = about(id, docket)
    recusing.recuse(review, basis=command.basis, proposal=proposal, by=by)
    return review


def refuse(command: RefuseRecusal, docket: Docket, id: str, by: Mandate) -> Review:
    review, proposal = about(id, docket)
    recusing.refuse_recusal(review, proposal=proposal, by=by)
    return review


def reopen(command: ReopenReview, docket: Docket, id: str, by: Mandate) -> Review:
    review, proposal = about(id, docket)
    reopening.reopen(
        review,
        error=command.error,
        proposal=proposal,
        panel=docket.load(Panel, review.panel),
        round=docket.load(Round, review.round),
        by=by,
    )
    return review


def undecided_recusals(round: str, docket: Docket) -> int:
    """Of how many reviews of a round it is open whether the reviewer stays, or who follows."""
    proposals = {proposal.id: proposal for proposal in docket.find(Proposal, round=round)}
    return sum(
        recusing.is_undecided(review, proposals[review.proposal])
        for review in docket.find(Review, round=round)
        if not proposals[review.proposal].is_final
    )


HANDLERS: Handlers = {
    "request-recusal": (RequestRecusal, request),
    "recuse": (Recuse, recuse),
    "refuse-recusal": (RefuseRecusal, refuse),
    "pass-on-request": (PassOnRequest, pass_on),
    "reopen": (ReopenReview, reopen),
}

OF_PROPOSALS: Handlers = {"ask-recusal": (AskRecusal, tells(Proposal, recusals.ask_recusal))}

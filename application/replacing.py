"""Reviews that their reviewers will not write: who is next, and who has to agree to nobody."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.pools import still_there
from application.told import NoFields
from domain.kernel import Aggregate, Mandate
from domain.organisations import Organisation
from domain.proposals.proposal import Proposal
from domain.reviews import replacing
from domain.reviews.conflicts import Concerned, Conflict, concerned_by, conflicts_of
from domain.reviews.panel import Panel
from domain.reviews.replacing import Vacancy
from domain.reviews.review import Review
from domain.rounds.round import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceReviewer(NoFields):
    """Gives the review to the next in the draw order who may judge the proposal."""


def concerned_in(proposal: Proposal, docket: Docket) -> Concerned:
    """Whom a proposal concerns: its applicant and its partners, and where they are."""
    behind = (proposal.organisation, *proposal.partners)
    return concerned_by(docket.find(Organisation, id=behind))


def ties_to(review: Review, docket: Docket, by: Mandate) -> tuple[Conflict, ...]:
    """What the list said of a reviewer that speaks against judging this proposal."""
    panel = docket.load(Panel, review.panel)
    expert = next((each for each in panel.candidates if each.person == review.member), None)
    if expert is None:
        return ()
    concerned = concerned_in(docket.load(Proposal, review.proposal), docket)
    years = docket.load(Round, review.round).asks.cooling_years
    return conflicts_of(expert, concerned, by.day, cooling_years=years)


def vacancy_of(review: Review, docket: Docket) -> Vacancy:
    """All that decides who writes a review instead of its reviewer."""
    panel = docket.load(Panel, review.panel)
    return place_on(panel, docket.load(Proposal, review.proposal), docket)


def place_on(panel: Panel, proposal: Proposal, docket: Docket) -> Vacancy:
    """All that decides who else of a draw may judge a proposal."""
    return Vacancy(
        panel=panel,
        proposal=proposal,
        round=docket.load(Round, panel.round),
        reviews=docket.find(Review, panel=panel.id),
        concerned=concerned_in(proposal, docket),
        there=still_there(panel.draw_order, docket),
    )


def replace(command: ReplaceReviewer, docket: Docket, id: str, by: Mandate) -> Review:
    review = docket.load(Review, id)
    replacing.replace(review, vacancy=vacancy_of(review, docket), by=by)
    return review


def nobody_is_left(thing: Aggregate, docket: Docket) -> bool:
    """Whether the draw order has nobody more for this review, so that a witness agrees (V4)."""
    assert isinstance(thing, Review)
    return not replacing.next_in_order(vacancy_of(thing, docket))

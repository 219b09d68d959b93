"""What follows on a panel in the same save: who reviews what, and what is scored again."""

from __future__ import annotations

from typing import Any

from application.docket import Docket
from application.replacing import place_on
from domain.kernel import Mandate, Record
from domain.proposals import rescoring
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.reviews import review as reviews
from domain.reviews.panel import Panel
from domain.reviews.replacing import judges_of
from domain.reviews.review import Review
from domain.rounds.round import Round


def id_of(record: Record[Any]) -> str:
    """The id of the thing that the record is about."""
    return record.originator_id.partition(":")[2]


def assign_reviews(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Gives each member of a drawn panel each proposal that is under review (V1a).

    Where the rules limit how much a member reads, a plan says who reads what (V1b).
    """
    panel = docket.load(Panel, id_of(record))
    if docket.load(Round, panel.round).asks.review_load_max is not None:
        return
    for proposal in docket.find(Proposal, round=panel.round, stage=ProposalStage.UNDER_REVIEW):
        assign_to_panel(panel, proposal, docket, by)


def assign_admitted(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Gives a proposal that is admitted after the draw to each member of the panel (V1a)."""
    proposal = docket.load(Proposal, id_of(record))
    if docket.load(Round, proposal.round).asks.review_load_max is not None:
        return
    for panel in docket.find(Panel, round=proposal.round):
        assign_to_panel(panel, proposal, docket, by)


def assign_to_panel(panel: Panel, proposal: Proposal, docket: Docket, by: Mandate) -> None:
    """As many as the panel has members, the first of the draw who may judge the proposal."""
    for member in judges_of(place_on(panel, proposal, docket)):
        docket.add(
            reviews.assign(docket.new_id(), panel=panel.id, proposal=proposal, member=member, by=by)
        )


def assign_successor(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Gives the review that somebody will not write to whoever takes their place (V1a)."""
    review, successor = docket.load(Review, id_of(record)), record.event.replaced_by
    if successor:
        proposal = docket.load(Proposal, review.proposal)
        docket.add(
            reviews.assign(
                docket.new_id(), panel=review.panel, proposal=proposal, member=successor, by=by
            )
        )


def assign_third(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Gives the proposal to whoever reviews it as well (V1a)."""
    said = record.event
    proposal = docket.load(Proposal, said.proposal)
    review = reviews.assign(
        docket.new_id(),
        panel=id_of(record),
        proposal=proposal,
        member=said.member,
        is_third=True,
        by=by,
    )
    docket.add(review)


def reopen_score(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Sends a proposal that was scored back to be scored again (S11a)."""
    proposal = docket.load(Proposal, docket.load(Review, id_of(record)).proposal)
    if proposal.stage == ProposalStage.SCORED:
        rescoring.reopen_score(proposal, by=by)


OF_PANELS = {
    "panel.drawn": (assign_reviews,),
    "proposal.admitted": (assign_admitted,),
    "review.replaced": (assign_successor,),
    "panel.third_required": (assign_third,),
    "review.reopened": (reopen_score,),
}
"""Events of panels and reviews, and what they set off."""

"""What may be told to panels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from application.assigning import HANDLERS as ASSIGNMENTS
from application.docket import Docket
from application.pools import still_there
from application.replacing import place_on
from application.told import Handlers, NoFields
from domain.errors import refuse
from domain.kernel import Mandate
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.reviews import deliberating, thirds
from domain.reviews import drawing as drawings
from domain.reviews.conflicts import Concerned, subdistrict_of
from domain.reviews.drawing import Drawing
from domain.reviews.panel import Dissent, Outside, Panel, Vote
from domain.reviews.pool import Pool
from domain.reviews.review import Review
from domain.rounds.round import Round
from domain.values import Count, Id

UNDER_DECISION = (ProposalStage.SCORED, ProposalStage.WAITLISTED, ProposalStage.PROPOSED)
"""The stages of a proposal on which a panel votes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawPanel:
    """Draws the reviewers of a round from a version of a list of experts.

    Nobody says the seed: it is made when the witness agrees, and stored so that anyone can draw
    again.
    """

    round: Id
    pool_id: Id
    pool_version: Count
    size: Annotated[int, Ge(1), Le(50)]


def concerned_in_round(round: Round, docket: Docket) -> Concerned:
    """Whom a draw concerns: everybody behind the proposals that have not ended.

    A round of a subdistrict concerns its subdistrict; in that of a district, the same subdistrict
    keeps an expert from single proposals.
    """
    live = [each for each in docket.find(Proposal, round=round.id) if not each.is_final]
    behind = (other for each in live for other in (each.organisation, *each.partners))
    near = subdistrict_of(round.place)
    return Concerned(organisations=tuple(dict.fromkeys(behind)), places=(near,) if near else ())


def draw(command: DrawPanel, docket: Docket, id: str, by: Mandate) -> Panel:
    round = docket.load(Round, command.round, field="/round")
    pool = docket.load(Pool, command.pool_id, field="/pool_id")
    drawing = Drawing(
        pool=pool,
        version=command.pool_version,
        there=still_there((expert.person for expert in pool.experts), docket),
        concerned=concerned_in_round(round, docket),
        size=command.size,
        panels=docket.count(Panel, round=round.id),
    )
    seed = docket.new_seed()
    return docket.add(
        drawings.draw(docket.new_id(), round=round, drawing=drawing, seed=seed, by=by)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldDeliberation:
    """Records the meeting of the panel: how its members voted, and who dissented and why.

    Where as many were in favour as against, the chair's own vote is `casting`.
    """

    votes: Annotated[tuple[Vote, ...], MinLen(1), MaxLen(50)]
    dissents: Annotated[tuple[Dissent, ...], MaxLen(50)] = ()
    casting: Literal["for", "against"] | None = None


def hold_deliberation(command: HoldDeliberation, docket: Docket, id: str, by: Mandate) -> Panel:
    panel = docket.load(Panel, id)
    reviews = docket.find(Review, panel=panel.id)
    deliberating.hold_deliberation(
        panel,
        votes=command.votes,
        dissents=command.dissents,
        casting=command.casting or "",
        sitting=sitting_of(panel, reviews),
        recused=recused_from(reviews, docket),
        unlocked=sum(not review.is_settled for review in reviews),
        round=docket.load(Round, panel.round),
        by=by,
    )
    return panel


def sitting_of(panel: Panel, reviews: Sequence[Review]) -> frozenset[str]:
    """Who judges in the end: those drawn, less who left every review, and who took a place."""
    kept = {review.member for review in reviews if not review.is_left}
    left = {review.member for review in reviews} - kept
    return frozenset({*panel.members, *kept}) - left


def recused_from(reviews: Iterable[Review], docket: Docket) -> tuple[Outside, ...]:
    """Who was recused from which proposal that the panel decides on."""
    return tuple(
        Outside(member=review.member, proposal=review.proposal)
        for review in reviews
        if review.basis and review.is_left
        if docket.load(Proposal, review.proposal).stage in UNDER_DECISION
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RequireThirdReview(NoFields):
    """Calls one more reviewer to a proposal whose scores lie too far apart."""


def require_third(command: RequireThirdReview, docket: Docket, id: str, by: Mandate) -> Panel:
    """One proposal at a time: the first for which somebody is left."""
    panel = docket.load(Panel, id)
    round = docket.load(Round, panel.round)
    for proposal in docket.find(Proposal, round=round.id, stage=ProposalStage.UNDER_REVIEW):
        reviews = docket.find(Review, proposal=proposal.id)
        if not thirds.is_asked_for(reviews, round):
            continue
        vacancy = place_on(panel, proposal, docket)
        if thirds.next_reviewer(vacancy):
            thirds.require_third(panel, vacancy=vacancy, round=round, by=by)
            return panel
    raise refuse("V8.spread", "No proposal of the round asks for a further review.")


HANDLERS: Handlers = {
    **ASSIGNMENTS,
    "draw": (DrawPanel, draw),
    "require-third-review": (RequireThirdReview, require_third),
    "hold-deliberation": (HoldDeliberation, hold_deliberation),
}

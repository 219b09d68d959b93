"""What may be told to panels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from application.docket import Docket
from application.told import Handlers, NoFields
from domain.errors import refuse
from domain.kernel import Mandate
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.reviews import deliberating, thirds
from domain.reviews import panel as panels
from domain.reviews.panel import Dissent, Outside, Panel, Vote
from domain.reviews.review import Review
from domain.rounds.round import Round
from domain.values import Id, Name

UNDER_DECISION = (ProposalStage.SCORED, ProposalStage.WAITLISTED, ProposalStage.PROPOSED)
"""The stages of a proposal on which a panel votes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawPanel:
    """Draws the reviewers of a round from a list of people, by a seed that anyone can use again."""

    round: Id
    pool: Annotated[tuple[Id, ...], MinLen(1), MaxLen(500)]
    size: Annotated[int, Ge(1), Le(50)]
    seed: Name


def draw(command: DrawPanel, docket: Docket, id: str, by: Mandate) -> Panel:
    round = docket.load(Round, command.round, field="/round")
    drawn = len(docket.find(Panel, round=round.id))
    return docket.add(
        panels.draw(
            docket.new_id(),
            round=round,
            drawn=drawn,
            pool=command.pool,
            size=command.size,
            seed=command.seed,
            by=by,
        )
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
        recused=recused_from(reviews, docket),
        unlocked=sum(not review.is_settled for review in reviews),
        round=docket.load(Round, panel.round),
        by=by,
    )
    return panel


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
        if thirds.is_asked_for(reviews, round) and thirds.next_reviewer(panel, proposal, reviews):
            thirds.require_third(panel, proposal=proposal, reviews=reviews, round=round, by=by)
            return panel
    raise refuse("V8.spread", "No proposal of the round asks for a further review.")


HANDLERS: Handlers = {
    "draw": (DrawPanel, draw),
    "require-third-review": (RequireThirdReview, require_third),
    "hold-deliberation": (HoldDeliberation, hold_deliberation),
}

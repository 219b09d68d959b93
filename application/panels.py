"""What may be told to panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

from application.assigning import HANDLERS as ASSIGNMENTS
from application.docket import Docket
from application.pools import still_there
from application.told import Handlers
from domain.kernel import Mandate
from domain.proposals.proposal import Proposal
from domain.reviews import drawing as drawings
from domain.reviews import panel as panels
from domain.reviews.conflicts import Concerned, subdistrict_of
from domain.reviews.drawing import Drawing
from domain.reviews.lifecycle import Stage as ReviewStage
from domain.reviews.panel import Dissent, Panel, Vote
from domain.reviews.pool import Pool
from domain.reviews.review import Review
from domain.rounds.round import Round
from domain.values import Count, Id


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
    """Records the meeting of the panel: how its members voted, and who dissented and why."""

    votes: Annotated[tuple[Vote, ...], MinLen(1), MaxLen(50)]
    dissents: Annotated[tuple[Dissent, ...], MaxLen(50)] = ()


def hold_deliberation(command: HoldDeliberation, docket: Docket, id: str, by: Mandate) -> Panel:
    panel = docket.load(Panel, id)
    reviews = docket.find(Review, panel=panel.id)
    left = {review.member for review in reviews} - {
        review.member for review in reviews if review.stage != ReviewStage.REPLACED
    }
    sitting = frozenset({*panel.members, *(review.member for review in reviews)}) - left
    panels.hold_deliberation(
        panel,
        votes=command.votes,
        dissents=command.dissents,
        sitting=sitting,
        unlocked=sum(not review.is_final for review in reviews),
        round=docket.load(Round, panel.round),
        by=by,
    )
    return panel


HANDLERS: Handlers = {
    **ASSIGNMENTS,
    "draw": (DrawPanel, draw),
    "hold-deliberation": (HoldDeliberation, hold_deliberation),
}

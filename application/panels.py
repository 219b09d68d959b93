"""What may be told to panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

from application.assigning import HANDLERS as ASSIGNMENTS
from application.docket import Docket
from application.told import Handlers
from domain.kernel import Mandate
from domain.reviews import panel as panels
from domain.reviews.panel import Dissent, Panel, Vote
from domain.reviews.review import Review
from domain.rounds.round import Round
from domain.values import Id, Name


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
    """Records the meeting of the panel: how its members voted, and who dissented and why."""

    votes: Annotated[tuple[Vote, ...], MinLen(1), MaxLen(50)]
    dissents: Annotated[tuple[Dissent, ...], MaxLen(50)] = ()


def hold_deliberation(command: HoldDeliberation, docket: Docket, id: str, by: Mandate) -> Panel:
    panel = docket.load(Panel, id)
    reviews = docket.find(Review, panel=panel.id)
    panels.hold_deliberation(
        panel,
        votes=command.votes,
        dissents=command.dissents,
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

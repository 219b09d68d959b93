"""What may be told to panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

from application.docket import Docket
from application.told import Handlers
from domain.kernel import Mandate
from domain.reviews import panel as panels
from domain.reviews.panel import Panel
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


HANDLERS: Handlers = {"draw": (DrawPanel, draw)}

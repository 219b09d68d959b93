"""Working papers: what a solver worked out for a round or a panel, before anybody adopts it.

Working out takes seconds and changes nothing, so it is done beside the desk. Whoever adopts it
stores the paper and names it; the desk then makes the paper again from what it knows itself, and
takes nothing that differs by a byte.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from application.allocations import problem_of
from application.assigning import load_of
from application.decide import perform
from application.docket import Docket
from application.permissions import AUD, PERMISSIONS, SEC
from application.principals import Principal
from application.questions import House
from application.reach import permit
from application.veils import Veil
from application.visibility import sight
from domain.errors import NotPermitted, Reason
from domain.reviews import assignment
from domain.reviews.panel import Panel
from domain.rounds import allocation
from domain.rounds.round import Round


def allocated(house: House, principal: Principal, id: str) -> bytes:
    """The paper of the best allocation of what a round still has."""
    with house.shelf() as shelf:
        docket = docket_of(house, shelf)
        round = docket.load(Round, id)
        permit("R7a", "allocate", readers("round", "allocate"), principal, round)
        check_sight(house, principal, id)
        problem = problem_of(round, docket)
    return allocation.working(problem, house.solver.allocate(problem))


def check_sight(house: House, principal: Principal, id: str) -> None:
    """Refuses whoever may not know the scores of the round yet, whatever their office."""
    found = house.questions.one("rounds", sight("rounds", principal), id)
    if found is None or Veil.SCORES in found.veils:
        raise NotPermitted(
            Reason(
                "R7a.veiled",
                "An allocation tells the scores, and you do not see those of this round: you have "
                "still to score in it, or have stepped out of a review.",
            )
        )


def assigned(house: House, principal: Principal, id: str) -> bytes:
    """The paper of the best assignment of what a panel has to read."""
    with house.shelf() as shelf:
        docket = docket_of(house, shelf)
        panel = docket.load(Panel, id)
        permit("V1b", "assign-reviews", readers("panel", "assign-reviews"), principal, panel)
        load = load_of(panel, docket.load(Round, panel.round), docket, today(house))
    return assignment.working(load, house.solver.assign(load))


def readers(noun: str, verb: str) -> tuple[str, ...]:
    """Who may have it worked out: who prepares, who approves, the secretary, an auditor."""
    permission = PERMISSIONS[noun][verb]
    return tuple(dict.fromkeys((*permission.first, *permission.second, SEC, AUD)))


def docket_of(house: House, shelf: Any) -> Docket:
    """A docket for a question that saves nothing."""
    return Docket(
        shelf,
        now=house.clock.now(),
        entropy=house.entropy,
        calendars=house.calendars,
        perform=perform,
    )


def today(house: House) -> date:
    """The local day."""
    return house.clock.now().astimezone(house.zone).date()


def adopting_allocation(paper: bytes) -> dict[str, Any]:
    """The fields of the command that adopts a paper on an allocation."""
    solution = msgspec.json.decode(paper)["solution"]
    return {name: solution[name] for name in ("given", "bound", "method")}


def adopting_assignment(paper: bytes) -> dict[str, Any]:
    """The fields of the command that adopts a paper on an assignment."""
    plan = msgspec.json.decode(paper)["plan"]
    return {name: plan[name] for name in ("readings", "bound", "method")}

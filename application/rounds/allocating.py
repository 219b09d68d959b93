"""What may be told to a round about its allocation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import MaxLen, MinLen

from application.allocations import problem_of
from application.docket import Docket
from application.documents import belongs_to
from application.told import Handlers
from domain.documents import Document
from domain.errors import check
from domain.kernel import Mandate
from domain.proposals.lifecycle import Stage
from domain.proposals.proposal import Proposal
from domain.proposals.ranking import ranked
from domain.rounds import allocating
from domain.rounds.allocation import Given, Solution, value_of
from domain.rounds.round import Round
from domain.values import Id, Minor, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocate:
    """Adopts a worked-out allocation: what each proposal gets of what it asked for.

    `working` is the document that holds the working paper. Where `keeps_waiting`, the scored
    proposals that get nothing wait in the order of their ranking.
    """

    given: Annotated[tuple[Given, ...], MinLen(1), MaxLen(600)]
    bound: Minor
    method: Name
    working: Id
    keeps_waiting: bool = False


def allocate(command: Allocate, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    problem = problem_of(round, docket)
    stage = allocating.is_ready(
        round,
        scored=len(problem.asked),
        under_review=docket.count(Proposal, round=id, stage=Stage.UNDER_REVIEW),
    )
    paper = docket.load(Document, command.working, field="/working")
    check(belongs_to("R7a.paper", paper.id, docket, round, field="/working"))
    known = {asked.proposal for asked in problem.asked}
    value = value_of(problem, (item for item in command.given if item.proposal in known))
    gets = {item.proposal for item in command.given}
    order = ranked(docket.find(Proposal, round=id, stage=Stage.SCORED), round.asks.tie_break)
    rest = tuple(item.proposal for item in order if item.proposal in known - gets)
    allocating.allocate(
        round,
        stage=stage,
        problem=problem,
        solution=Solution(
            given=command.given, value=value, bound=command.bound, method=command.method
        ),
        sha=paper.sha256,
        waiting=rest if command.keeps_waiting else (),
        by=by,
    )
    return round


HANDLERS: Handlers = {"allocate": (Allocate, allocate)}

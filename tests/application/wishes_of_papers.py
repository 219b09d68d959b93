"""What somebody would do who wants an allocation or an assignment adopted: work it out first."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from application.allocations import problem_of
from application.assigning import load_of
from application.workings import adopting_allocation, adopting_assignment
from domain.errors import Refusal
from domain.reviews import assignment
from domain.reviews.panel import Panel
from domain.rounds import allocation
from domain.rounds.round import Round
from infrastructure.solving import Solver
from tests.application.near import Fields, Wish

if TYPE_CHECKING:
    from tests.application.walk import Walk


def allocated(walk: Walk, thing: Any) -> Fields | None:
    """What the round should adopt, mostly as its paper says."""
    if not isinstance(thing, Round) or thing.rules is None:
        return None
    problem = problem_of(thing, walk.docket())
    try:
        paper = allocation.working(problem, Solver().allocate(problem))
    except Refusal:
        return None
    waits = walk.random.random() < 0.5
    return {
        **adopting_allocation(paper),
        "working": kept(walk, thing, paper),
        "keeps_waiting": waits,
    }


def assigned(walk: Walk, thing: Any) -> Fields | None:
    """What the panel should adopt, as its paper says."""
    docket = walk.docket()
    if not isinstance(thing, Panel) or not thing.round:
        return None
    load = load_of(thing, docket.load(Round, thing.round), docket, walk.district.today)
    try:
        paper = assignment.working(load, Solver().assign(load))
    except Refusal:
        return None
    return {**adopting_assignment(paper), "working": kept(walk, thing, paper)}


def kept(walk: Walk, thing: Any, paper: bytes) -> str:
    """The document that holds the paper; it is stored when there is none yet."""
    sha256 = hashlib.sha256(paper).hexdigest()
    said = {
        "sha256": sha256,
        "media_type": "text/plain",
        "size": len(paper),
        "subject": thing.stream,
    }
    for _ in range(2):
        for document in walk.things("document", "stored"):
            if (document.subject, document.sha256) == (thing.stream, sha256):
                return str(document.id)
        walk.send("round_secretary", "document", "store", None, said)
    return "none"


OF_PAPERS: dict[tuple[str, str], Wish] = {
    ("round", "allocate"): allocated,
    ("panel", "assign-reviews"): assigned,
}

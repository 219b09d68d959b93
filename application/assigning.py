"""What may be told to a panel about who reads what, and what an assignment starts from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from annotated_types import MaxLen, MinLen

from application.docket import Docket
from application.documents import belongs_to
from application.told import Handlers
from domain.documents import Document
from domain.errors import check
from domain.kernel import Mandate, Record
from domain.organisations import Organisation
from domain.proposals.lifecycle import Stage
from domain.proposals.proposal import Proposal
from domain.reviews import assigning
from domain.reviews import review as reviews
from domain.reviews.assignment import Load, Reading, Swap
from domain.reviews.conflicts import Expert, concerned_by, conflicts_of
from domain.reviews.panel import Panel
from domain.reviews.review import Review
from domain.rounds.round import Round
from domain.values import Count, Id, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignReviews:
    """Adopts a worked-out assignment, with changes by hand where there are any.

    `readings` and `bound` are those of the working paper, which the document `working` holds.
    """

    readings: Annotated[tuple[Reading, ...], MinLen(1), MaxLen(600)]
    swaps: Annotated[tuple[Swap, ...], MaxLen(100)] = ()
    bound: Count
    method: Name
    working: Id


def load_of(panel: Panel, round: Round, docket: Docket, day: date) -> Load:
    """What the panel has to read now: the proposals under review that nobody was given."""
    taken = docket.find(Review, panel=panel.id)
    begun = {review.proposal for review in taken}
    under_review = docket.find(Proposal, round=round.id, stage=Stage.UNDER_REVIEW)
    waiting = sorted((p for p in under_review if p.id not in begun), key=lambda p: p.no)
    held = Counter(review.member for review in taken)
    experts = {expert.person: expert for expert in panel.candidates}
    return Load(
        members=panel.members,
        proposals=tuple(proposal.id for proposal in waiting),
        each=round.asks.reviewers_min,
        most=round.asks.review_load_max or len(under_review),
        held=tuple(held[member] for member in panel.members),
        barred=tuple(barred_pairs(waiting, panel, experts, round, docket, day)),
        expert=tuple(
            (number, index)
            for number, proposal in enumerate(waiting)
            for index, member in enumerate(panel.members)
            if member in experts and proposal.says.theme in experts[member].expertise
        ),
    )


def barred_pairs(
    waiting: list[Proposal],
    panel: Panel,
    experts: dict[str, Expert],
    round: Round,
    docket: Docket,
    day: date,
) -> Iterator[tuple[int, int]]:
    """Who must not read what: whose hand is on it, who belongs to an applicant, who has a tie."""
    held = {m: {h.organisation for h in docket.shelf.held_by(m, day)} for m in panel.members}
    parties = [(proposal.organisation, *proposal.partners) for proposal in waiting]
    # All of them are taken out together, so that no question is asked once for each proposal.
    docket.take_out({f"organisation:{one}" for behind in parties for one in behind})
    for number, (proposal, behind) in enumerate(zip(waiting, parties, strict=True)):
        concerned = concerned_by(docket.load(Organisation, one) for one in behind)
        for index, member in enumerate(panel.members):
            ties = member in experts and conflicts_of(
                experts[member], concerned, day, cooling_years=round.asks.cooling_years
            )
            if (
                ties
                or member in (proposal.drafter, proposal.checker, *proposal.judges)
                or not held[member].isdisjoint(behind)
            ):
                yield number, index


def assign_reviews(command: AssignReviews, docket: Docket, id: str, by: Mandate) -> Panel:
    panel = docket.load(Panel, id)
    round = docket.load(Round, panel.round)
    load = load_of(panel, round, docket, by.day)
    stage = assigning.is_ready(panel, load=load, round=round)
    paper = docket.load(Document, command.working, field="/working")
    check(belongs_to("V1b.paper", paper.id, docket, panel, field="/working"))
    assigning.assign_reviews(
        panel,
        stage=stage,
        load=load,
        plan=assigning.plan_of(load, command.readings, command.bound, command.method),
        swaps=command.swaps,
        sha=paper.sha256,
        by=by,
    )
    return panel


def assign_readings(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Gives each member what an adopted assignment says (V1a)."""
    panel = docket.load(Panel, record.originator_id.partition(":")[2])
    for reading in record.event.final:
        proposal = docket.load(Proposal, reading.proposal)
        for index in reading.members:
            docket.add(
                reviews.assign(
                    docket.new_id(),
                    panel=panel.id,
                    proposal=proposal,
                    member=panel.members[index],
                    by=by,
                )
            )


OF_ASSIGNMENT = {"panel.reviews_assigned": (assign_readings,)}
"""What follows an adopted assignment in the same save."""

HANDLERS: Handlers = {"assign-reviews": (AssignReviews, assign_reviews)}

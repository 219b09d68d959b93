"""How a reviewer steps out: somebody asks for it, and an overseer decides, or the reviewer does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from domain.errors import Reason, check
from domain.kernel import Event, Mandate
from domain.policies import holds, no_interest, other_hands
from domain.proposals.proposal import Proposal
from domain.proposals.recusals import Asked
from domain.reviews.lifecycle import RECUSABLE, Stage
from domain.reviews.review import Review, own

Basis = Literal["kinship", "employment", "partnership", "dispute", "earlier_part", "other"]
"""Why somebody cannot judge a proposal without bias."""


class RecusalRequested(Event, frozen=True, tag="review.recusal_requested"):
    """`asked_by` is the person whose request it is; only one is open at a time."""

    basis: str
    statement: str
    asked_by: str

    def apply(self, aggregate: Review) -> None:
        super().apply(aggregate)
        aggregate.askers = (*aggregate.askers, self.asked_by)


class RequestPassedOn(Event, frozen=True, tag="review.recusal_passed_on"):
    """What the applicant asked of a proposal reaches the review that it concerns."""

    basis: str
    statement: str
    asked_by: str

    def apply(self, aggregate: Review) -> None:
        super().apply(aggregate)
        aggregate.askers = (*aggregate.askers, self.asked_by)


class Recused(Event, frozen=True, tag="review.recused"):
    basis: str

    def apply(self, aggregate: Review) -> None:
        super().apply(aggregate)
        aggregate.asked_by = aggregate.statement = ""


class RecusalRefused(Event, frozen=True, tag="review.recusal_refused"):
    def apply(self, aggregate: Review) -> None:
        super().apply(aggregate)
        aggregate.asked_by = aggregate.statement = aggregate.basis = ""


def none_open(rule: str, review: Review) -> Reason | None:
    """One request is decided before the next is made."""
    return holds(rule, not review.asked_by, "An earlier request has not been decided yet.")


def request_recusal(
    review: Review, *, basis: str, statement: str, proposal: Proposal, by: Mandate
) -> None:
    """Asks that the reviewer steps out (V3): the reviewer, or the secretary of the round."""
    stage = review.after("request-recusal")
    is_secretary = by.actor.role == "round_secretary"
    check(
        None if is_secretary else own("V3.own", review, by),
        none_open("V3.open", review),
        no_interest("V3.interest", by, proposal.organisation, *proposal.partners),
    )
    event = RecusalRequested(stage=stage, basis=basis, statement=statement, asked_by=by.person)
    review.record(event, by)


def waiting_for(review: Review, proposal: Proposal) -> tuple[Asked, ...]:
    """What the applicant asked of this reviewer, and has not reached the review yet."""
    return tuple(
        asked
        for asked in proposal.recusals
        if asked.member == review.member and asked.by not in review.askers
    )


def pass_on_request(review: Review, *, proposal: Proposal, by: Mandate) -> None:
    """Takes over what the applicant asked of the proposal (V3d)."""
    stage = review.after("pass-on-request")
    waiting = waiting_for(review, proposal)
    check(
        holds("V3d.asked", bool(waiting), "The applicant has not asked for this."),
        none_open("V3d.open", review),
    )
    first = waiting[0]
    event = RequestPassedOn(
        stage=stage, basis=first.basis, statement=first.statement, asked_by=first.by
    )
    review.record(event, by)


def recuse(review: Review, *, basis: str, proposal: Proposal, by: Mandate) -> None:
    """The reviewer steps out, or an overseer who did not ask for it has them step out (V3a)."""
    stage = review.after("recuse")
    is_own = by.person == review.member
    is_overseer = by.actor.role == "oversight_officer"
    check(
        *() if is_own else decides("V3a", review, proposal, by),
        None if is_overseer else own("V3a.own", review, by),
    )
    review.record(Recused(stage=stage, basis=basis), by)


def refuse_recusal(review: Review, *, proposal: Proposal, by: Mandate) -> None:
    """Lets the reviewer stay, for a reason that the record keeps (V3b)."""
    stage = review.after("refuse-recusal")
    check(
        holds("V3b.requested", bool(review.asked_by), "Nobody has asked for a recusal."),
        *decides("V3b", review, proposal, by, review.member),
    )
    review.record(RecusalRefused(stage=stage), by)


def decides(
    row: str, review: Review, proposal: Proposal, by: Mandate, *others: str
) -> Iterable[Reason | None]:
    """Who decides has not asked for it, and belongs to nobody whom the proposal concerns."""
    yield other_hands(f"{row}.hands", by, (review.asked_by, *others))
    yield no_interest(f"{row}.interest", by, proposal.organisation, *proposal.partners)


def is_undecided(review: Review, proposal: Proposal) -> bool:
    """Whether somebody still has to decide who reviews this (R7)."""
    if review.is_left:
        return not review.is_settled
    can_be_asked = review.stage in (*RECUSABLE, Stage.DRAWN)
    waits = can_be_asked and bool(waiting_for(review, proposal))
    return waits or bool(review.asked_by)

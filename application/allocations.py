"""Allocations: what a round has to allocate, and what follows an adopted one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from application.docket import Docket
from domain.kernel import Mandate, Record
from domain.money import percent_of
from domain.organisations import Organisation
from domain.proposals import judgement, waiting
from domain.proposals.lifecycle import Stage
from domain.proposals.proposal import Proposal
from domain.rounds.allocation import Asked, Problem, amount_of, counts_for
from domain.rounds.round import Round
from domain.rounds.rules import LeastShare


def open_to(round: Round, docket: Docket) -> tuple[Proposal, ...]:
    """The scored proposals of a round that nothing blocks, by their numbers."""
    scored = docket.find(Proposal, round=round.id, stage=Stage.SCORED)
    return tuple(sorted((p for p in scored if not p.is_blocked), key=lambda p: p.no))


def problem_of(round: Round, docket: Docket) -> Problem:
    """What the round has to allocate now: awards that are put up already count as given."""
    proposed = docket.find(Proposal, round=round.id, stage=Stage.PROPOSED)
    scored = open_to(round, docket)
    # The applicants are taken out together, so that no question is asked once for each proposal.
    docket.take_out({f"organisation:{each.organisation}" for each in (*proposed, *scored)})
    had = [(asked_by(other, round, docket), other.amount_minor) for other in proposed]
    return Problem(
        budget_minor=round.allotted - sum(amount for _, amount in had),
        least_percent=round.asks.least_percent,
        least_shares=tuple(still_due(round.asks.least_shares, had)),
        asked=tuple(asked_by(proposal, round, docket) for proposal in scored),
    )


def asked_by(proposal: Proposal, round: Round, docket: Docket) -> Asked:
    """The proposal as an allocation sees it; no award exceeds the request or a cap (S13).

    Its place is that of the organisation which proposes it.
    """
    rules = round.asks
    total = sum(line.amount_minor for line in proposal.budget)
    caps = (proposal.requested_minor, rules.cap_minor, percent_of(total, rules.cap_percent))
    return Asked(
        proposal=proposal.id,
        score_milli=proposal.score_milli or 0,
        most_minor=min(caps),
        place=docket.load(Organisation, proposal.organisation).place,
        theme=proposal.says.theme or "",
    )


def still_due(
    shares: Iterable[LeastShare], had: Sequence[tuple[Asked, int]]
) -> Iterator[LeastShare]:
    """The least shares, less what awards that are put up already give to them."""
    for share in shares:
        due = share.amount_minor - sum(amount for asked, amount in had if counts_for(asked, share))
        if due > 0:
            yield LeastShare(kind=share.kind, key=share.key, amount_minor=due)


def propose_allocated(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Puts up every award of an adopted allocation (S13)."""
    round = docket.load(Round, record.originator_id.partition(":")[2])
    proposed = docket.find(Proposal, round=round.id, stage=Stage.PROPOSED)
    so_far = sum(other.amount_minor for other in proposed)
    for item in record.event.given:
        proposal = docket.load(Proposal, item.proposal)
        amount_minor = amount_of(asked_by(proposal, round, docket), item.percent)
        judgement.propose_award(
            proposal,
            amount_minor=amount_minor,
            conditions=(),
            round=round,
            proposed_minor=so_far,
            by=by,
        )
        so_far += amount_minor


def keep_waiting(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Gives those that an allocation leaves out their places on the waiting list (S14)."""
    round = docket.load(Round, record.originator_id.partition(":")[2])
    others = docket.find(Proposal, round=round.id, stage=Stage.WAITLISTED)
    first = max((other.waits_at for other in others), default=0) + 1
    for place, id in enumerate(record.event.waiting, start=first):
        waiting.waitlist(
            docket.load(Proposal, id), waits_at=place, waiting=others, round=round, by=by
        )


OF_ALLOCATION = {"round.allocated": (propose_allocated, keep_waiting)}
"""What follows an adopted allocation in the same save."""

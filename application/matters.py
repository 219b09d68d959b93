"""Decisions that may be contested: one table of rows, and how an appeal sees each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from application.docket import Docket
from application.objections import scorers_of
from domain.appeals.appeal import Appeal, Matter
from domain.clawbacks import claiming
from domain.clawbacks.clawback import Clawback
from domain.clawbacks.lifecycle import Stage as ClawbackStage
from domain.kernel import Aggregate, Mandate
from domain.organisations import Organisation, standing
from domain.organisations import Stage as OrganisationStage
from domain.proposals import contest
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round


class Contestable(NamedTuple):
    """A kind of thing whose decisions may be contested.

    `see` gives the matter, given the stage in which the decision leaves the thing; `reopen` takes
    the step that a granted appeal sets off, `keep` lets the decision stand.
    """

    kind: type[Aggregate]
    see: Callable[[Docket, str, str], Matter]
    reopen: Callable[[Docket, str, str, Mandate], None]
    keep: Callable[[Docket, str, Mandate], None]


def proposal_matter(docket: Docket, id: str, stage: str) -> Matter:
    """A decision on a proposal; it may be contested for the days that the round allows."""
    proposal = docket.load(Proposal, id, field="/contested")
    round = docket.load(Round, proposal.round)
    calendar = docket.calendar(round.asks.calendar)
    decided_on = proposal.decided_on or date.min
    return Matter(
        stream=proposal.stream,
        organisation=proposal.organisation,
        place=proposal.place,
        round=round.id,
        stands=proposal.stage == stage,
        is_new=not proposal.appeal,
        until=calendar.after_working_days(decided_on, round.asks.appeal_days),
        step=contest.step_reopened(proposal, round),
        hands=(*proposal.judges, *scorers_of(proposal, docket)),
    )


def reopen_proposal(docket: Docket, id: str, step: str, by: Mandate) -> None:
    """Readmits the proposal; what bars an organisation behind it now blocks it at once."""
    proposal = docket.load(Proposal, id)
    round = docket.load(Round, proposal.round)
    if proposal.stage != ProposalStage.APPEALED:
        return
    if step == "readmit-to-intake":
        contest.readmit_to_intake(proposal, round=round, by=by)
    else:
        contest.readmit_to_waitlist(proposal, round=round, by=by)
    for party in parties_of(proposal, docket):
        for cause in party.barred_by:
            contest.block(proposal, cause=cause, by=by)


def parties_of(proposal: Proposal, docket: Docket) -> tuple[Organisation, ...]:
    """The organisations behind a proposal."""
    ids = (proposal.organisation, *proposal.partners)
    return tuple(docket.load(Organisation, id) for id in ids)


def keep_proposal(docket: Docket, id: str, by: Mandate) -> None:
    """Lets the decision stand, unless the proposal has ended with its round meanwhile."""
    proposal = docket.load(Proposal, id)
    if proposal.stage == ProposalStage.APPEALED:
        contest.keep_decision(proposal, by=by)


def suspension(docket: Docket, id: str, stage: str) -> Matter:
    """The suspension of an organisation; its decision says until when it may be contested."""
    organisation = docket.load(Organisation, id, field="/contested")
    until = organisation.appeal_until or date.min
    before = docket.count(Appeal, contested=organisation.stream, until=until.isoformat())
    return Matter(
        stream=organisation.stream,
        organisation=organisation.id,
        place=organisation.place,
        round="",
        stands=organisation.stage == stage,
        is_new=not before,
        until=until,
        step="reinstate",
        hands=(organisation.suspended_by,),
    )


def reopen_organisation(docket: Docket, id: str, step: str, by: Mandate) -> None:
    """Reinstates the organisation, unless it has left the suspension meanwhile."""
    organisation = docket.load(Organisation, id)
    if organisation.stage == OrganisationStage.SUSPENDED:
        standing.reinstate(organisation, by=by)


def keep_organisation(docket: Docket, id: str, by: Mandate) -> None:
    """Nothing moves: the organisation stays suspended."""


def claim(docket: Docket, id: str, stage: str) -> Matter:
    """A clawback that is ordered; it may be contested for the days that its round allows."""
    clawback = docket.load(Clawback, id, field="/contested")
    asks = docket.load(Round, clawback.round).asks
    calendar = docket.calendar(asks.calendar)
    return Matter(
        stream=clawback.stream,
        organisation=clawback.organisation,
        place=clawback.place,
        round=clawback.round,
        stands=clawback.stage == stage,
        is_new=not docket.count(Appeal, contested=clawback.stream),
        until=calendar.after_working_days(clawback.ordered_on or date.min, asks.appeal_days),
        step="withdraw",
        hands=clawback.orderers,
    )


def withdraw_claim(docket: Docket, id: str, step: str, by: Mandate) -> None:
    """Takes the claim back (K5), unless it has been repaid or given up meanwhile."""
    clawback = docket.load(Clawback, id)
    if clawback.stage == ClawbackStage.ORDERED:
        (appeal,) = docket.find(Appeal, contested=clawback.stream)
        claiming.withdraw(clawback, basis=appeal.stream, by=by)


def keep_claim(docket: Docket, id: str, by: Mandate) -> None:
    """Nothing moves: the claim stays ordered."""


OF_PROPOSAL = Contestable(Proposal, proposal_matter, reopen_proposal, keep_proposal)
OF_ORGANISATION = Contestable(Organisation, suspension, reopen_organisation, keep_organisation)
OF_CLAWBACK = Contestable(Clawback, claim, withdraw_claim, keep_claim)

DECISIONS: dict[str, tuple[Contestable, str]] = {
    "S8": (OF_PROPOSAL, ProposalStage.INELIGIBLE),
    "S15": (OF_PROPOSAL, ProposalStage.NOT_SELECTED),
    "S20": (OF_PROPOSAL, ProposalStage.REVOKED),
    "S25": (OF_PROPOSAL, ProposalStage.DISQUALIFIED),
    "O12": (OF_ORGANISATION, OrganisationStage.SUSPENDED),
    "K0": (OF_CLAWBACK, ClawbackStage.ORDERED),
}
"""The rows that may be contested: of what, and the stage in which they leave it."""


def matter_of(docket: Docket, decision: str, id: str) -> Matter:
    """The decision of that row on the thing of that id."""
    contestable, stage = DECISIONS[decision]
    return contestable.see(docket, id, stage)

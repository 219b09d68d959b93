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
from domain.grants import stopping
from domain.grants.grant import Grant
from domain.grants.lifecycle import Stage as GrantStage
from domain.kernel import Aggregate, Mandate
from domain.organisations import Organisation, deciding, standing
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
    return Matter(
        stream=organisation.stream,
        organisation=organisation.id,
        place=organisation.place,
        round="",
        stands=organisation.stage == stage,
        is_new=is_uncontested(docket, organisation.stream, organisation.appeal_until),
        until=until,
        step="reinstate",
        hands=(organisation.suspended_by,),
    )


def rejection(docket: Docket, id: str, stage: str) -> Matter:
    """The rejection of a filing; it says until when it may be contested."""
    organisation = docket.load(Organisation, id, field="/contested")
    return Matter(
        stream=organisation.stream,
        organisation=organisation.id,
        place=organisation.place,
        round="",
        stands=organisation.stage == stage,
        is_new=is_uncontested(docket, organisation.stream, organisation.appeal_until),
        until=organisation.appeal_until or date.min,
        step="reopen-filing",
        hands=(*organisation.rejecters, organisation.checker),
    )


def reopen_filing(docket: Docket, id: str, step: str, by: Mandate) -> None:
    """Lets the filing start anew, by the calendar by which it was asked for."""
    organisation = docket.load(Organisation, id)
    if organisation.stage == OrganisationStage.REJECTED:
        calendar = docket.calendar(organisation.calendar)
        deciding.reopen(organisation, calendar=calendar, by=by)


def reopen_organisation(docket: Docket, id: str, step: str, by: Mandate) -> None:
    """Reinstates the organisation, unless it has left the suspension meanwhile."""
    organisation = docket.load(Organisation, id)
    if organisation.stage == OrganisationStage.SUSPENDED:
        standing.reinstate(organisation, by=by)


def termination(docket: Docket, id: str, stage: str) -> Matter:
    """The proposal to end a grant; a grantee that asked for it itself has nothing to contest."""
    grant = docket.load(Grant, id, field="/contested")
    until = grant.hearing_ends
    return Matter(
        stream=grant.stream,
        organisation=grant.organisation,
        place=grant.place,
        round=grant.round,
        stands=grant.stage == stage and until is not None,
        is_new=is_uncontested(docket, grant.stream, until),
        until=until or date.min,
        step="drop-termination",
        hands=grant.proposers,
    )


def is_uncontested(docket: Docket, stream: str, until: date | None) -> bool:
    """Whether nobody has contested the decision whose days end on that day."""
    return until is None or not docket.count(Appeal, contested=stream, until=until.isoformat())


def reopen_grant(docket: Docket, id: str, step: str, by: Mandate) -> None:
    """Drops the termination, unless it has been dropped meanwhile."""
    grant = docket.load(Grant, id)
    if grant.stage == GrantStage.TERMINATING:
        stopping.drop_termination(grant, by=by)


def claim(docket: Docket, id: str, stage: str) -> Matter:
    """The order to give money back; its last raise is contested with all the rest of it."""
    clawback = docket.load(Clawback, id, field="/contested")
    return Matter(
        stream=clawback.stream,
        organisation=clawback.debtor,
        place=clawback.place,
        round=clawback.round,
        stands=clawback.stage == stage,
        is_new=is_uncontested(docket, clawback.stream, clawback.appeal_until),
        until=clawback.appeal_until or date.min,
        step="withdraw",
        hands=clawback.orderers,
    )


def reopen_claim(docket: Docket, id: str, step: str, by: Mandate) -> None:
    """Takes back what is still claimed, unless all of it was paid or given up meanwhile."""
    clawback = docket.load(Clawback, id)
    if clawback.stage == ClawbackStage.ORDERED:
        basis = by.causation.partition("@")[0]
        claiming.withdraw(clawback, basis=basis, by=by)


def keep_as_it_is(docket: Docket, id: str, by: Mandate) -> None:
    """Nothing moves: the decision was in force all the time."""


OF_PROPOSAL = Contestable(Proposal, proposal_matter, reopen_proposal, keep_proposal)
OF_ORGANISATION = Contestable(Organisation, suspension, reopen_organisation, keep_as_it_is)
OF_FILING = Contestable(Organisation, rejection, reopen_filing, keep_as_it_is)
OF_GRANT = Contestable(Grant, termination, reopen_grant, keep_as_it_is)
OF_CLAWBACK = Contestable(Clawback, claim, reopen_claim, keep_as_it_is)

DECISIONS: dict[str, tuple[Contestable, str]] = {
    "S8": (OF_PROPOSAL, ProposalStage.INELIGIBLE),
    "S15": (OF_PROPOSAL, ProposalStage.NOT_SELECTED),
    "S20": (OF_PROPOSAL, ProposalStage.REVOKED),
    "S25": (OF_PROPOSAL, ProposalStage.DISQUALIFIED),
    "G21": (OF_GRANT, GrantStage.TERMINATING),
    "K0": (OF_CLAWBACK, ClawbackStage.ORDERED),
    "O6": (OF_FILING, OrganisationStage.REJECTED),
    "O12": (OF_ORGANISATION, OrganisationStage.SUSPENDED),
}
"""The rows that may be contested: of what, and the stage in which they leave it."""


def matter_of(docket: Docket, decision: str, id: str) -> Matter:
    """The decision of that row on the thing of that id."""
    contestable, stage = DECISIONS[decision]
    return contestable.see(docket, id, stage)

"""What follows objections, appeals and changes of standing in the same save."""

from __future__ import annotations

from typing import Any

from application.docket import Docket
from application.matters import DECISIONS, parties_of
from domain.appeals.appeal import Appeal
from domain.calendar import years_after
from domain.grants import agreement
from domain.grants.grant import Grant
from domain.grants.lifecycle import UNSIGNED
from domain.kernel import Mandate, Record
from domain.objections import Objection
from domain.organisations import Organisation, standing
from domain.organisations.lifecycle import WATCHED
from domain.proposals import contest
from domain.proposals.lifecycle import NOT_FINAL
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round


def id_of(record: Record[Any]) -> str:
    """The id of the thing that the record is about."""
    return record.originator_id.partition(":")[2]


def hold_award(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Stops the notice of the item that the objection is about (S18)."""
    objection = docket.load(Objection, id_of(record))
    proposal = docket.load(Proposal, objection.proposal)
    if proposal.stage == ProposalStage.ON_NOTICE:
        contest.hold_award(proposal, objection=objection.id, by=by)


def release_award(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Lets the notice run on, once no other objection is open or upheld (S19)."""
    objection = docket.load(Objection, id_of(record))
    proposal = docket.load(Proposal, objection.proposal)
    others = docket.find(Objection, proposal=proposal.id)
    holding = any(other.is_open or other.outcome == "upheld" for other in others)
    if proposal.stage == ProposalStage.OBJECTED and not holding:
        calendar = docket.calendar(docket.load(Round, proposal.round).asks.calendar)
        contest.release_award(proposal, calendar=calendar, by=by)


def contest_decision(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Takes the appeal up in the proposal whose decision it contests (S24)."""
    appeal = docket.load(Appeal, id_of(record))
    noun, _, id = appeal.contested.partition(":")
    if noun == "proposal":
        proposal = docket.load(Proposal, id)
        round = docket.load(Round, proposal.round)
        contest.contest(proposal, appeal=appeal.id, round=round, by=by)


def reopen_decision(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Takes the step that the appeal reopens: (S24a), (S24b), (G21b), (K5), (O6a) or (O12a)."""
    appeal = docket.load(Appeal, id_of(record))
    contestable, _ = DECISIONS[appeal.decision]
    contestable.reopen(docket, appeal.contested.partition(":")[2], appeal.step, by)


def keep_decision(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Lets the decision stand that was contested in vain (S24c)."""
    appeal = docket.load(Appeal, id_of(record))
    contestable, _ = DECISIONS[appeal.decision]
    contestable.keep(docket, appeal.contested.partition(":")[2], by)


def proposals_of(organisation: str, docket: Docket) -> tuple[Proposal, ...]:
    """Every proposal that has not ended and has the organisation behind it, alone or with others.

    Partners stand in no column, so all that has not ended is looked through.
    """
    stages = tuple(str(stage) for stage in NOT_FINAL)
    return tuple(
        proposal
        for proposal in docket.find(Proposal, stage=stages)
        if organisation in (proposal.organisation, *proposal.partners)
    )


def block_proposals(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Blocks every proposal of an organisation that is barred now (S30)."""
    # An entry on a list is named by the list, the other causes by the stage they lead to.
    cause = getattr(record.event, "list", record.event.stage)
    for proposal in proposals_of(id_of(record), docket):
        contest.block(proposal, cause=cause, by=by)


def unblock_proposals(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Lets proposals go on where no cause is left in any organisation behind them (S31)."""
    for proposal in proposals_of(id_of(record), docket):
        parties = parties_of(proposal, docket)
        if proposal.is_blocked and not any(party.barred_by for party in parties):
            contest.unblock(proposal, parties=parties, by=by)


def cancel_unsigned(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Ends the grants that a forced deregistration finds before they began (G28)."""
    if not record.event.forced:
        return
    stages = tuple(str(stage) for stage in UNSIGNED)
    for grant in docket.find(Grant, organisation=id_of(record), stage=stages):
        pledged = docket.load(Proposal, grant.proposal).balance("match.pledged")
        agreement.cancel(grant, cause=record.event_name, pledged_minor=pledged, by=by)


def exclude_failed(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Excludes the organisation behind a grant of the lowest grade for some years (O11a)."""
    grant = docket.load(Grant, id_of(record))
    years = docket.load(Round, grant.round).asks.bar_years
    organisation = docket.load(Organisation, grant.organisation)
    until = years_after(by.day, years)
    if record.event.grade != "fail" or not years or organisation.stage not in WATCHED:
        return
    if not standing.is_listed_until(organisation, "exclusion", until):
        basis = record.originator_id
        standing.place_on_list(organisation, list="exclusion", until=until, basis=basis, by=by)


def record_write_off(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Keeps in the credit record that money could not be got back (O11)."""
    grant = docket.load(Grant, getattr(docket.stream(record.originator_id), "grant", ""))
    organisation = docket.load(Organisation, grant.organisation)
    if organisation.stage in WATCHED:
        standing.record_credit(
            organisation,
            kind="write_off",
            basis=record.originator_id,
            happened_on=by.day,
            calendar=docket.calendar(docket.load(Round, grant.round).asks.calendar),
            by=by,
        )

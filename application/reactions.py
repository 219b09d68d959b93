"""What follows an event in the same save: one table of events and what they set off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from application import contesting
from application.allocations import OF_ALLOCATION
from application.assigning import OF_ASSIGNMENT
from application.docket import Docket
from application.documents import close_papers
from application.findings import about
from application.following_grants import OF_GRANTS, cancel_tranches, withdraw_amendments
from application.following_inspections import raise_faults
from application.following_organisations import propose_ends, suspend_grants
from application.reactions_of_changes import OF_CHANGES
from application.reactions_of_panels import OF_PANELS
from application.seats import OF_SEATS
from domain import policy_versions
from domain.clawbacks import claiming
from domain.clawbacks.clawback import Clawback
from domain.clawbacks.lifecycle import Stage as ClawbackStage
from domain.findings import oversight
from domain.findings.oversight import Fault
from domain.grants import agreement, refunding, reporting
from domain.grants.grant import Grant
from domain.kernel import Mandate, Record
from domain.overrides import Override
from domain.policy_versions import Policy
from domain.policy_versions import Stage as PolicyStage
from domain.proposals import judgement, waiting
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round
from domain.tranches import payment
from domain.tranches.tranche import Tranche

Reaction = Callable[[Record[Any], Docket, Mandate], None]
Beforehand = Callable[[Any, Docket, Mandate], None]


def id_of(record: Record[Any]) -> str:
    """The id of the thing that the record is about."""
    return record.originator_id.partition(":")[2]


def start_notices(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Puts every item of a public notice on notice (S17)."""
    for item in record.event.items:
        proposal = docket.load(Proposal, item.proposal)
        judgement.start_notice(proposal, starts=record.event.starts, ends=record.event.ends, by=by)


def open_grant(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Turns the award into a grant (G1)."""
    proposal = docket.load(Proposal, id_of(record))
    round = docket.load(Round, proposal.round)
    due = by.day + timedelta(days=round.asks.sign_days)
    docket.add(agreement.open_for(docket.new_id(), proposal=proposal, round=round, due=due, by=by))


def plan_tranches(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Plans a tranche for each share that the agreement names (T0)."""
    grant = docket.load(Grant, id_of(record))
    parts = zip(grant.instalments, grant.amounts_minor, strict=True)
    for no, (part, amount_minor) in enumerate(parts, start=1):
        docket.add(
            payment.plan(
                docket.new_id(),
                grant=grant,
                no=no,
                amount_minor=amount_minor,
                condition=part.condition,
                by=by,
            )
        )


def post_accepted(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Posts cost that was accepted before this tranche was paid (G6a)."""
    tranche = docket.load(Tranche, id_of(record))
    grant = docket.load(Grant, tranche.grant)
    if grant.unpaid_minor and "post-accepted-costs" in grant.lifecycle.allows(grant.stage):
        tranches = docket.find(Tranche, grant=grant.id)
        reporting.post_accepted_costs(grant, tranches=tranches, by=by)


def lapse_award(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Lets the award lapse with the grant that was never activated (S23)."""
    grant = docket.load(Grant, id_of(record))
    judgement.lapse_award(docket.load(Proposal, grant.proposal), cause=record.event.cause, by=by)


def raise_override(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Writes down as a finding that a rule was set aside, for somebody else to look into (D2)."""
    override = docket.load(Override, id_of(record))
    subject = about(docket.stream(override.subject))
    fault = Fault(
        severity="serious",
        amount_minor=0,
        refs=(override.stream,),
        owner=override.owner,
        statement=record.reason,
    )
    hands = (override.second,)
    docket.add(
        oversight.written_down(docket.new_id(), subject=subject, fault=fault, hands=hands, by=by)
    )


def replace_policy(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Ends the version of a policy that a new one replaces (Y2)."""
    new = docket.load(Policy, id_of(record))
    for old in docket.find(Policy, name=new.name, place=new.place, stage=PolicyStage.IN_FORCE):
        if old.id != new.id:
            policy_versions.give_way(old, to=new, by=by)


def note_refund(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Tells a grant that its money was found among what the fund had parked (G23)."""
    event = record.event
    if event.stands_for == Grant.noun:
        grant, amount = docket.load(Grant, event.thing), event.amount_minor
        refunding.note_refund(grant, amount_minor=amount, bank_ref=event.line, by=by)


def note_repayment(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Tells a claim that its money was found among the parked: repaid (K1), or late (K4)."""
    event = record.event
    if event.stands_for == Clawback.noun:
        clawback = docket.load(Clawback, event.thing)
        late = clawback.stage == ClawbackStage.WRITTEN_OFF
        note = claiming.note_late_recovery if late else claiming.note_repayment
        note(clawback, amount_minor=event.amount_minor, bank_ref=event.line, by=by)


def cancel_proposals(round: Round, docket: Docket, by: Mandate) -> None:
    """Ends every open proposal of a round that is given up (S29)."""
    for proposal in docket.find(Proposal, round=round.id):
        if "cancel" in proposal.lifecycle.allows(proposal.stage):
            waiting.cancel(proposal, by=by)


REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "round.notice_published": (start_notices,),
    "objection.accepted": (contesting.hold_award,),
    "objection.dismissed": (contesting.release_award,),
    "appeal.filed": (contesting.contest_decision,),
    "appeal.granted": (contesting.reopen_decision,),
    "appeal.refused": (contesting.keep_decision,),
    "appeal.denied": (contesting.keep_decision,),
    "appeal.withdrawn": (contesting.keep_decision,),
    "organisation.listed": (contesting.block_proposals, suspend_grants),
    "organisation.suspended": (contesting.block_proposals, suspend_grants),
    "organisation.deregistration_requested": (
        contesting.block_proposals,
        contesting.cancel_unsigned,
        suspend_grants,
        propose_ends,
    ),
    "organisation.unlisted": (contesting.unblock_proposals,),
    "organisation.reinstated": (contesting.unblock_proposals,),
    "organisation.deregistration_dropped": (contesting.unblock_proposals,),
    "round.supplementary_notice_published": (start_notices,),
    "proposal.awarded": (open_grant,),
    "grant.agreement_signed": (plan_tranches,),
    "tranche.reconciled": (post_accepted,),
    "grant.final_evaluated": (contesting.exclude_failed,),
    "override.used": (raise_override,),
    **OF_GRANTS,
    "grant.cancelled": (cancel_tranches, withdraw_amendments, lapse_award),
    "clawback.written_off": (contesting.record_write_off,),
    "policy.published": (replace_policy,),
    "person.erased": (close_papers,),
    "fund.receipt_assigned": (note_refund, note_repayment),
    **OF_CHANGES,
    **OF_PANELS,
    **OF_ASSIGNMENT,
    **OF_ALLOCATION,
    "organisation.inspected": (raise_faults,),
    **OF_SEATS,
}

BEFOREHAND: dict[str, tuple[Beforehand, ...]] = {"round.cancelled": (cancel_proposals,)}
"""What is recorded in the save of an event before the event itself, whose postings rest on it."""

"""What objections, appeals and the standing of the organisation make of a proposal."""

from __future__ import annotations

from datetime import date, timedelta

from domain.calendar import DAY, Calendar
from domain.errors import check
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.policies import holds, in_stage, no_interest
from domain.proposals import events as e
from domain.proposals.lifecycle import Stage
from domain.proposals.proposal import Proposal
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round

TAKING_IN = (RoundStage.OPEN, RoundStage.INTAKE_CLOSED)
"""The stages of a round in which a proposal can still come through intake."""


def hold_award(proposal: Proposal, *, objection: str, by: Mandate) -> None:
    """Stops the notice of the item until the objection is decided (S18)."""
    stage = proposal.after("hold-award")
    proposal.record(e.AwardHeld(stage=stage, objection=objection, held_on=by.day), by)


def release_award(proposal: Proposal, *, calendar: Calendar, by: Mandate) -> None:
    """Lets the notice run on for the working days that it had left (S19)."""
    stage = proposal.after("release-award")
    assert proposal.ends is not None
    assert proposal.held_on is not None
    ends = moved(proposal.ends, proposal.held_on, by.day, calendar)
    proposal.record(e.AwardReleased(stage=stage, ends=ends), by)


def moved(ends: date, held_on: date, released_on: date, calendar: Calendar) -> date:
    """The last day of a notice that stood still; one that was over when it was held stays so."""
    if held_on > ends:
        return ends
    held = calendar.working_days_between(held_on + DAY, released_on)
    return calendar.after_working_days(ends, held)


def revoke_award(proposal: Proposal, *, upheld: int, by: Mandate) -> None:
    """Takes the intended award back (S20); what was held and pledged for it ends (P4r, P15r)."""
    stage = proposal.after("revoke-award")
    check(
        holds("S20.upheld", upheld > 0, "No objection to this award has been upheld."),
        no_interest("S20.interest", by, proposal.organisation, *proposal.partners),
    )
    event = e.AwardRevoked(stage=stage, decided_on=by.day)
    proposal.record(event, by, proposal.gives_back())


def contest(proposal: Proposal, *, appeal: str, round: Round, by: Mandate) -> None:
    """Takes up an appeal against the decision on the proposal (S24)."""
    stage = proposal.after("contest")
    check(holds("S24.round", not round.is_final, "The round is closed."))
    event = e.Contested(stage=stage, appeal=appeal, stage_left=proposal.stage)
    proposal.record(event, by)


def step_reopened(proposal: Proposal, round: Round) -> str:
    """Where a granted appeal leads: back into intake while there is one, or to the waiting list."""
    left_intake = proposal.stage_left == Stage.INELIGIBLE
    return (
        "readmit-to-intake" if left_intake and round.stage in TAKING_IN else "readmit-to-waitlist"
    )


def readmit_to_intake(proposal: Proposal, *, round: Round, by: Mandate) -> None:
    """Hands the proposal in again (S24a); the match money is pledged again (P15)."""
    stage = proposal.after("readmit-to-intake")
    check(
        holds(
            "S24a.left",
            proposal.stage_left == Stage.INELIGIBLE,
            "Only a proposal that was found ineligible goes back into intake.",
        ),
        in_stage("S24a.round", round, *TAKING_IN),
    )
    event = e.ReadmittedToIntake(stage=stage)
    proposal.record(event, by, proposal.posts("P15", proposal.match_minor))


HEAD = 0
"""The place before the first of the waiting list."""


def readmit_to_waitlist(proposal: Proposal, *, round: Round, by: Mandate) -> None:
    """Puts the proposal at the head of the waiting list (S24b); match money is pledged (P15)."""
    stage = proposal.after("readmit-to-waitlist")
    until = by.day + timedelta(days=round.asks.waitlist_days)
    event = e.ReadmittedToWaitlist(stage=stage, waits_at=HEAD, until=until)
    proposal.record(event, by, proposal.posts("P15", proposal.match_minor))


def keep_decision(proposal: Proposal, *, by: Mandate) -> None:
    """Lets the contested decision stand (S24c)."""
    proposal.record(e.DecisionKept(stage=proposal.after("keep-decision")), by)


def block(proposal: Proposal, *, cause: str, by: Mandate) -> None:
    """Stops the proposal for a cause that lies in its organisation (S30)."""
    proposal.record(e.Blocked(stage=proposal.after("block"), cause=cause), by)


def unblock(proposal: Proposal, *, parties: tuple[Organisation, ...], by: Mandate) -> None:
    """Lets the proposal go on, once no cause is left in any organisation behind it (S31)."""
    stage = proposal.after("unblock")
    check(
        holds(
            "S31.cause",
            not any(party.barred_by for party in parties),
            "The organisation is on a list, suspended or being deregistered.",
        )
    )
    proposal.record(e.Unblocked(stage=stage), by)

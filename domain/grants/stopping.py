"""How a grant is stopped for a while, and how its termination is proposed or dropped."""

from __future__ import annotations

from datetime import date

from domain.calendar import Calendar
from domain.errors import check
from domain.grants import stopping_events as e
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.policies import holds, other_hands
from domain.rounds.round import Round


def suspend(grant: Grant, *, cause: str, scope: str, until: date | None, by: Mandate) -> None:
    """Blocks the payments of a grant for a cause (G10); its own dates run on."""
    stage = grant.after("suspend")
    check(
        holds(
            "G10.until",
            until is None or until > by.day,
            "A suspension ends on a later day.",
            field="/until",
        )
    )
    event = e.Suspended(
        stage=stage,
        cause=cause,
        scope=scope,
        until=until,
        stage_left=grant.stage,
        suspenders=tuple(sorted(by.hands)),
    )
    grant.record(event, by)


def resume(grant: Grant, *, organisation: Organisation, by: Mandate) -> None:
    """Lets a suspended grant go on from the stage it left (G11), by others than who stopped it."""
    stage = grant.after("resume")
    check(
        other_hands("G11.suspender", by, grant.suspenders),
        holds(
            "G11.organisation",
            organisation.is_live and not organisation.barred_by,
            "The organisation itself is suspended, listed or gone.",
        ),
    )
    grant.record(e.Resumed(stage=stage), by)


def propose_termination(
    grant: Grant, *, cause: str, round: Round, calendar: Calendar, by: Mandate
) -> None:
    """Proposes to end a grant before its plan (G21).

    The grantee may be heard and may appeal for as many working days as the round allows for
    appeals; a grantee that asks for the end itself waits for nothing.
    """
    stage = grant.after("propose-termination")
    is_own_wish = by.actor.role == "legal_representative"
    ends = calendar.after_working_days(by.day, round.asks.appeal_days)
    event = e.TerminationProposed(
        stage=stage,
        cause=cause,
        hearing_ends=None if is_own_wish else ends,
        stage_left=grant.stage,
        proposers=tuple(sorted(by.hands)),
    )
    grant.record(event, by)


def drop_termination(grant: Grant, *, by: Mandate) -> None:
    """Gives the termination up (G21b); the grant goes back to the stage it left."""
    grant.record(e.TerminationDropped(stage=grant.after("drop-termination")), by)

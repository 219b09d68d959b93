"""What the standing of an organisation does to its grants, in the same save."""

from __future__ import annotations

from typing import Any

from application.docket import Docket
from domain.grants import stopping
from domain.grants.grant import Grant
from domain.grants.lifecycle import LIVE, RUNNING
from domain.kernel import Mandate, Record
from domain.rounds.round import Round


def grants_of(record: Record[Any], docket: Docket, stages: tuple[str, ...]) -> tuple[Grant, ...]:
    """The grants in those stages of the organisation that the record is about."""
    id = record.originator_id.partition(":")[2]
    return docket.find(Grant, organisation=id, stage=tuple(str(stage) for stage in stages))


def cause_of(record: Record[Any]) -> str:
    """The decision that bars the organisation: its number, its basis, or the reason given."""
    event = record.event
    return getattr(event, "decision", "") or getattr(event, "basis", "") or record.reason


def suspend_grants(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Blocks the payments of every grant of an organisation that is barred now (G10).

    A grant whose own failure has put its grantee on the list goes on to its audit and settlement;
    no money is paid on it any more.
    """
    cause, scope = cause_of(record), getattr(record.event, "scope", "")
    for grant in grants_of(record, docket, RUNNING):
        if cause != grant.stream:
            stopping.suspend(grant, cause=cause, scope=scope, until=None, by=by)


def propose_ends(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Proposes to end every grant of an organisation that is made to end itself (G21)."""
    if not record.event.forced:
        return
    for grant in grants_of(record, docket, LIVE):
        round = docket.load(Round, grant.round)
        calendar = docket.calendar(round.asks.calendar)
        stopping.propose_termination(
            grant, cause=cause_of(record), round=round, calendar=calendar, by=by
        )

"""How a role follows from what an organisation's record says, without anybody granting it."""

from __future__ import annotations

from datetime import date

from domain.kernel import Mandate
from domain.people.holding import is_apart
from domain.people.person import GrantedRole, Person, RoleGranted, RoleWithdrawn


def take_seat(person: Person, *, role: str, organisation: str, by: Mandate) -> None:
    """Gives somebody the role that a record names them for, without a last day (J2).

    Whoever holds it already, or is to hold it, keeps what they were given. Whoever has been let
    go gets none, nor does anybody who may hold no other role, or who would give it to themself:
    what is decided about an organisation does not depend on the offices of its people.
    """
    is_there = any(
        held.is_for(role, "", organisation) and (held.until or date.max) >= by.day
        for held in person.current
    )
    if is_there or "grant-role" not in person.lifecycle.allows(person.stage):
        return
    if any(reason is not None for reason in is_apart(person, role, by)):
        return
    event = RoleGranted(
        stage=person.after("grant-role"),
        no=len(person.held) + 1,
        role=role,
        place="",
        organisation=organisation,
        starts=by.day,
    )
    person.record(event, by)


def leave_seat(person: Person, *, role: str, organisation: str, by: Mandate) -> None:
    """Takes the role back from whoever the record names no longer, from this day on (J3)."""
    if "withdraw-role" not in person.lifecycle.allows(person.stage):
        return
    for no in [one.no for one in left(person, role, organisation)]:
        stage = person.after("withdraw-role")
        person.record(RoleWithdrawn(stage=stage, no=no, ended=by.day), by)


def left(person: Person, role: str, organisation: str) -> tuple[GrantedRole, ...]:
    """The roles of that name that somebody holds for the organisation."""
    return tuple(one for one in person.current if one.is_for(role, "", organisation))

"""How roles are given to people and taken from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.errors import Reason, Word, check
from domain.kernel import Mandate
from domain.people.person import GrantedRole, Person, RoleGranted, RoleWithdrawn
from domain.policies import holds
from domain.roles import ALONE, OF_ORGANISATION, OFFERED


def grant_role(
    person: Person,
    *,
    role: str,
    place: str,
    organisation: str,
    starts: date | None,
    until: date | None,
    by: Mandate,
) -> None:
    """Gives somebody a role for a place or an organisation, from a day to a day (J2)."""
    stage = person.after("grant-role")
    first = starts or by.day
    check(
        *is_held_for_something(role, place, organisation),
        *lasts(person, GrantedRole(0, role, place, organisation, first, until), by),
        *is_apart(person, role, by),
    )
    event = RoleGranted(
        stage=stage,
        no=len(person.held) + 1,
        role=role,
        place=place,
        organisation=organisation,
        starts=first,
        until=until,
    )
    person.record(event, by)


def is_held_for_something(role: str, place: str, organisation: str) -> Iterable[Reason | None]:
    """It is a role of people, for an organisation or for a place as the role has it (J2)."""
    yield holds("J2.role", role in OFFERED, "There is no such role for people.", field="/role")
    is_theirs = role in OF_ORGANISATION
    yield holds(
        "J2.organisation",
        bool(organisation) == is_theirs,
        "This role is held for an organisation, and the others are not.",
        field="/organisation",
    )
    yield holds(
        "J2.place",
        bool(place) != is_theirs,
        "This role is held for a place, unless it is one of an organisation.",
        field="/place",
    )


def lasts(person: Person, asked: GrantedRole, by: Mandate) -> Iterable[Reason | None]:
    """The days are in their order and not over, and the person has not got the role yet (J2)."""
    last = asked.until or date.max
    yield holds(
        "J2.days",
        asked.starts is not None and asked.starts <= last and by.day <= last,
        "The last day is neither over nor before the first.",
        field="/until",
    )
    same = (
        held
        for held in person.current
        if held.is_for(asked.role, asked.place, asked.organisation)
        and (held.until or date.max) >= (asked.starts or date.min)
        and (held.starts or date.min) <= last
    )
    yield holds("J2.once", not any(same), "The person holds this role for these days already.")


def is_apart(person: Person, role: str, by: Mandate) -> Iterable[Reason | None]:
    """Nobody gives themself a role, and who administers or audits has no other one (J2)."""
    yield holds("J2.self", by.person != person.stream, "Nobody gives a role to themself.")
    others = {held.role for held in person.current if (held.until or date.max) >= by.day} - {role}
    yield holds(
        "J2.alone",
        not others or not ({role} | others) & ALONE,
        "Who administers or audits the system holds no other role; this person is {roles}.",
        roles=tuple(Word("role", other) for other in sorted(others)),
    )


def withdraw_role(person: Person, *, no: int, by: Mandate) -> None:
    """Takes a role back, from this day on (J3)."""
    stage = person.after("withdraw-role")
    check(
        holds(
            "J3.held",
            any(held.no == no for held in person.current),
            "The person holds no role of this number.",
            field="/no",
        )
    )
    person.record(RoleWithdrawn(stage=stage, no=no, ended=by.day), by)

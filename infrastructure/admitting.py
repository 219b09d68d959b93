"""Lets people in from the machine itself: its operator's commands, like anybody's, are events."""

from __future__ import annotations

from concurrent.futures import Future

from application.decide import Sent
from application.desk import Answer, Desk
from application.people import AdmitPerson, GrantRole, RoleAsked
from application.principals import Held, Principal
from application.told import said
from domain.people.person import Person
from infrastructure.identity import Identity
from infrastructure.store import DatabaseStore

OPERATOR = Principal("operator", (Held("administrator"),))
"""Whoever works at the command line of the machine: the only way to the first administrator."""


def admit(
    desk: Desk, store: DatabaseStore, identity: Identity, person: str, name: str, *held: Held
) -> list[Future[Answer]]:
    """Lets somebody in under a name, or gives the roles that somebody known does not hold yet.

    What comes back are the commands on their way; they are decided in their order.
    """
    identity.add_person(person, name)
    with store.shelf() as shelf:
        known = shelf.fetch((person,)).get(person)
    if known is None:
        command = AdmitPerson(person=person, roles=tuple(asked(one) for one in held))
        return [desk.post(Sent(noun="person", verb="admit", command=command, by=OPERATOR))]
    assert isinstance(known, Person)
    missing = [one for one in held if not any(has.is_for(*reach(one)) for has in known.current)]
    return [
        desk.post(
            Sent(
                noun="person",
                verb="grant-role",
                command=GrantRole(**said(asked(one))),
                by=OPERATOR,
                id=known.id,
            )
        )
        for one in missing
    ]


def reach(held: Held) -> tuple[str, str, str]:
    """What makes a role another one."""
    return held.role, held.place, held.organisation


def asked(held: Held) -> RoleAsked:
    """The role as it is asked for."""
    return RoleAsked(
        role=held.role, place=held.place or None, organisation=held.organisation or None
    )

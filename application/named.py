"""Roles that an organisation's own record gives: to its founder and its leader, before any other.

Whoever starts a filing holds no role for an organisation that stands in no register yet. Until it
does, what it says of itself is enough for the steps of this table, and for no other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from application.docket import Docket
from application.principals import Held, Principal
from application.seats import NAMES
from domain.kernel import Aggregate
from domain.organisations import Organisation
from domain.organisations.lifecycle import UNENTERED

Find = Callable[[Any, Aggregate | None, Docket], Organisation | None]
"""From a command and the thing it is told to: the organisation concerned, if there is one."""


def itself(command: Any, thing: Aggregate | None, docket: Docket) -> Organisation | None:
    """The organisation that is told something."""
    return thing if isinstance(thing, Organisation) else None


def its_subject(command: Any, thing: Aggregate | None, docket: Docket) -> Organisation | None:
    """The organisation that a document is about."""
    noun, _, id = command.subject.partition(":")
    return found(id, docket) if noun == Organisation.noun else None


def contested(command: Any, thing: Aggregate | None, docket: Docket) -> Organisation | None:
    """The organisation whose filing was rejected, where an appeal is against that."""
    return found(command.contested, docket) if command.decision == "O6" else None


def appellant(command: Any, thing: Aggregate | None, docket: Docket) -> Organisation | None:
    """The organisation that has made the appeal."""
    return found(getattr(thing, "organisation", ""), docket)


def found(id: str, docket: Docket) -> Organisation | None:
    """The organisation of that id; whether there is one is said elsewhere."""
    return next(iter(docket.find(Organisation, id=id)), None)


NAMED: dict[tuple[str, str], Find] = {
    ("organisation", "request-filing"): itself,
    ("organisation", "abandon-filing"): itself,
    ("document", "store"): its_subject,
    ("appeal", "file"): contested,
    ("appeal", "withdraw"): appellant,
}
"""The commands for which it is enough to be named, and where the name stands."""


def as_named(
    principal: Principal,
    noun: str,
    verb: str,
    command: Any,
    thing: Aggregate | None,
    docket: Docket,
) -> Principal:
    """The person with the roles too that the organisation concerned gives by naming them."""
    find = NAMED.get((noun, verb))
    organisation = find(command, thing, docket) if find else None
    if organisation is None:
        return principal
    return replace(principal, held=principal.held + given(organisation, principal.person))


def given(organisation: Organisation, person: str) -> tuple[Held, ...]:
    """The roles that an organisation gives by naming somebody, until it stands in a register."""
    if organisation.stage not in UNENTERED:
        return ()
    return tuple(
        Held(role, organisation=organisation.id)
        for field, role in NAMES
        if getattr(organisation, field) == person
    )

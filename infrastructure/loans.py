"""Roles that are on loan: what delegations add to the roles that people hold of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import sqlalchemy as sa

from application.principals import Held
from domain.people.person import RoleStage
from infrastructure.people import is_in_force
from infrastructure.views.delegations import table
from infrastructure.views.roles import table as roles

COLUMNS = ("role", "place", "id", "holder", "starts", "until")
"""What is asked of a delegation, in the order in which it is read."""

NOTHING = sa.literal("")


def on_loan(row: Sequence[str], today: Callable[[], date]) -> Iterator[Held]:
    """The role that a delegation lends, if it does so today."""
    role, place, id, holder, starts, until = row
    if starts <= today().isoformat() <= until:
        yield Held(role, place, delegation=id, lender=holder)


def known_roles(
    connection: sa.Connection, today: Callable[[], date], person: str = ""
) -> dict[str, tuple[Held, ...]]:
    """Everybody's roles, or one person's: their own, then those lent today; one statement."""
    held, lent = roles.c, table.c
    blanks = (NOTHING.label(name) for name in COLUMNS[2:4])
    own = sa.select(
        held.person,
        held.held_organisation.label("organisation"),
        held.role,
        held.held_place.label("place"),
        *blanks,
        held.starts,
        held.until,
    ).where(held.stage == RoleStage.HELD)
    borrowed = sa.select(lent.to_person, NOTHING, *(lent[name] for name in COLUMNS))
    borrowed = borrowed.where(lent.stage == "granted")
    if person:
        own, borrowed = own.where(held.person == person), borrowed.where(lent.to_person == person)
    both = sa.union_all(own, borrowed).subquery().c
    order = (both.person, both.id, both.role, both.place, both.organisation)
    found: dict[str, tuple[Held, ...]] = {}
    for who, organisation, *row in connection.execute(sa.select(*both).order_by(*order)):
        brought = on_loan(row, today) if row[2] else their_own(row, organisation, today)
        found[who] = (*found.get(who, ()), *brought)
    return found


def their_own(row: Sequence[str], organisation: str, today: Callable[[], date]) -> Iterator[Held]:
    """The role that somebody holds, if they do so today."""
    role, place, _, _, starts, until = row
    if is_in_force(starts, until, today()):
        yield Held(role, place, organisation)

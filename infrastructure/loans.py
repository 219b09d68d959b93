"""Roles that are on loan: what delegations add to the roles that people hold of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import sqlalchemy as sa

from application.principals import Held
from infrastructure.views.delegations import table

COLUMNS = ("role", "place", "id", "holder", "starts", "until")
"""What is asked of a delegation, in the order in which it is read."""


def on_loan(row: Sequence[str], today: Callable[[], date]) -> Iterator[Held]:
    """The role that a delegation lends, if it does so today."""
    role, place, id, holder, starts, until = row
    if starts <= today().isoformat() <= until:
        yield Held(role, place, delegation=id, lender=holder)


def lent_to(
    connection: sa.Connection, today: Callable[[], date], person: str = ""
) -> dict[str, tuple[Held, ...]]:
    """The roles lent today, by borrower; to everybody where no person is named."""
    query = sa.select(table.c.to_person, *(table.c[name] for name in COLUMNS))
    query = query.where(table.c.stage == "granted").order_by(table.c.born, table.c.id)
    if person:
        query = query.where(table.c.to_person == person)
    found: dict[str, tuple[Held, ...]] = {}
    for borrower, *row in connection.execute(query):
        found[borrower] = (*found.get(borrower, ()), *on_loan(row, today))
    return found

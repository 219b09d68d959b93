"""Which rows of a read model somebody sees: wholly, or what is public of them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from application.visibility import Sight
from infrastructure.veiled import assigned, of_members, of_office, papers_assigned, veils_over
from infrastructure.views.kit import View

VEIL = "veil_"
"""How the column of a veil begins."""

OWNERS = ("member", "owner", "objector")
"""Columns that name the person whose own a thing is."""


def seen_in_full(table: sa.Table, sight: Sight) -> sa.ColumnElement[bool]:
    """The condition under which the asker sees the whole of a row."""
    if not sight.sealed:
        return within(table, sight)
    known = [table.c.place.startswith(place, autoescape=True) for place in sight.unsealed]
    return sa.and_(
        within(table, sight), sa.or_(table.c.stage.not_in(sight.sealed), sa.false(), *known)
    )


def within(table: sa.Table, sight: Sight) -> sa.ColumnElement[bool]:
    """The condition that a row lies within the asker's reach."""
    if sight.everything:
        return sa.true()
    ways: list[sa.ColumnElement[bool]] = [of_office(table, sight)]
    if sight.organisations:
        ways.append(of_members(table, sight))
    if sight.own:
        mine = next(name for name in OWNERS if name in table.c)
        ways.append(table.c[mine] == sight.own)
    if sight.named:
        ways.extend(table.c[name] == sight.named for name in sight.naming)
    if sight.assigned and "subject" in table.c:
        ways.append(table.c.subject.in_(papers_assigned(sight.assigned)))
    elif sight.assigned:
        ways.append(table.c.id.in_(assigned(sight.assigned)))
    return sa.or_(sa.false(), *ways)


def seen(view: View, sight: Sight) -> tuple[sa.Select[Any], sa.ColumnElement[bool]]:
    """The rows that the asker sees at all, each with whether it is seen in full, and its veils."""
    table = view.table
    full = seen_in_full(table, sight)
    visible = sa.or_(full, table.c.stage.in_(sight.public)) if sight.public else full
    veils = [over.label(f"{VEIL}{veil}") for veil, over in veils_over(view, sight).items()]
    return sa.select(table, full.label("full"), *veils).where(visible), visible

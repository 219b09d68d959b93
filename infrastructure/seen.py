"""Which rows of a read model somebody sees: wholly, or what is public of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from application.visibility import Sight
from domain.reviews.lifecycle import LEFT, RECUSED
from infrastructure.views import VIEWS
from infrastructure.views.kit import View

OWNERS = ("member", "owner", "objector")
"""Columns that name the person whose own a thing is."""

REVIEWS = VIEWS["reviews"].table


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
    ways: list[sa.ColumnElement[bool]] = [
        sa.and_(table.c.place.startswith(place, autoescape=True)) for place in sight.places
    ]
    if sight.organisations:
        ways.append(table.c.organisation.in_(sight.organisations))
        if "new_ref" in table.c:
            asked = table.c.new_ref.in_(sight.organisations)
            ways.append(sa.and_(table.c.pending_change == "fiscal_agent", asked))
        if "partners" in table.c:
            # A list of ids as JSON: with its quotes an id matches no longer one.
            ways.extend(
                table.c.partners.contains(f'"{one}"', autoescape=True)
                for one in sight.organisations
            )
    if sight.keeping:
        ways.extend(entrusted(table, sight.keeping))
    if sight.own:
        mine = next(name for name in OWNERS if name in table.c)
        ways.append(table.c[mine] == sight.own)
    if sight.named:
        ways.extend(table.c[name] == sight.named for name in sight.naming)
    if sight.assigned:
        ways.append(table.c.id.in_(reviewed_by(sight.assigned, REVIEWS.c.stage.not_in(LEFT))))
    return sa.and_(sa.or_(sa.false(), *ways), *withheld(table, sight))


def reviewed_by(person: str, where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The proposals of the person's reviews that the condition holds for."""
    return sa.select(REVIEWS.c.proposal).where(REVIEWS.c.member == person, where)


def withheld(table: sa.Table, sight: Sight) -> list[sa.ColumnElement[bool]]:
    """What a recused reviewer sees in no other role either: the proposal, what others score it."""
    recused = REVIEWS.c.stage.in_(RECUSED)
    if sight.assigned:
        return [table.c.id.not_in(reviewed_by(sight.assigned, recused))]
    if table is REVIEWS and sight.own:
        others = table.c.proposal.not_in(reviewed_by(sight.own, recused))
        return [sa.or_(table.c.member == sight.own, others)]
    return []


def entrusted(table: sa.Table, agents: tuple[str, ...]) -> Iterator[sa.ColumnElement[bool]]:
    """The conditions under which a row is about money that one of these fiscal agents keeps."""
    kept = VIEWS["custody-accounts"].table
    of_these = kept.c.agent.in_(agents)
    if "agent" in table.c:
        yield table.c.agent.in_(agents)
    if table is VIEWS["organisations"].table:
        still = sa.select(kept.c.organisation).where(of_these, kept.c.stage == "open")
        yield sa.or_(table.c.fiscal_agent.in_(agents), table.c.id.in_(still))
    grants = VIEWS["grants"].table
    paid_in = grants.c.custody_account.in_(sa.select(kept.c.id).where(of_these))
    if table is grants:
        yield paid_in
    if table is VIEWS["tranches"].table:
        yield table.c.grant.in_(sa.select(grants.c.id).where(paid_in))


def seen(view: View, sight: Sight) -> tuple[sa.Select[Any], sa.ColumnElement[bool]]:
    """The rows that the asker sees at all, each with whether it is seen in full."""
    table = view.table
    full = seen_in_full(table, sight)
    visible = sa.or_(full, table.c.stage.in_(sight.public)) if sight.public else full
    return sa.select(table, full.label("full")).where(visible), visible

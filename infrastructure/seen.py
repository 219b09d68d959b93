"""Which rows of a read model somebody sees: wholly, or what is public of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from application.visibility import Sight
from domain.reviews.lifecycle import RECUSED
from infrastructure.veiled import assigned, of_members, of_office, papers_assigned, veils_over
from infrastructure.views import VIEWS
from infrastructure.views.kit import View

VEIL = "veil_"
"""How the column of a veil begins."""

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
    ways: list[sa.ColumnElement[bool]] = [of_office(table, sight)]
    if sight.organisations:
        ways.append(of_members(table, sight))
        if "new_ref" in table.c:
            asked = table.c.new_ref.in_(sight.organisations)
            ways.append(sa.and_(table.c.pending_change == "fiscal_agent", asked))
    if sight.keeping:
        ways.extend(entrusted(table, sight.keeping))
    if sight.own:
        mine = next(name for name in OWNERS if name in table.c)
        ways.append(table.c[mine] == sight.own)
    if sight.named:
        ways.extend(table.c[name] == sight.named for name in sight.naming)
    if sight.assigned and "subject" in table.c:
        ways.append(table.c.subject.in_(papers_assigned(sight.assigned)))
    elif sight.assigned:
        ways.append(table.c.id.in_(assigned(sight.assigned)))
    return sa.and_(sa.or_(sa.false(), *ways), *withheld(table, sight))


def recused_from(person: str) -> sa.Select[Any]:
    """The proposals that the person was recused from."""
    return sa.select(REVIEWS.c.proposal).where(
        REVIEWS.c.member == person, REVIEWS.c.stage.in_(RECUSED)
    )


def withheld(table: sa.Table, sight: Sight) -> list[sa.ColumnElement[bool]]:
    """What a recused reviewer sees in no other role either: the proposal, what others score it."""
    if sight.assigned and "subject" in table.c:
        about = sa.select(
            sa.literal("proposal:").concat(recused_from(sight.assigned).subquery().c.proposal)
        )
        return [table.c.subject.not_in(about)]
    if sight.assigned:
        return [table.c.id.not_in(recused_from(sight.assigned))]
    if table is REVIEWS and sight.own:
        others = table.c.proposal.not_in(recused_from(sight.own))
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
    """The rows that the asker sees at all, each with whether it is seen in full, and its veils."""
    table = view.table
    full = seen_in_full(table, sight)
    visible = sa.or_(full, table.c.stage.in_(sight.public)) if sight.public else full
    veils = [over.label(f"{VEIL}{veil}") for veil, over in veils_over(view, sight).items()]
    return sa.select(table, full.label("full"), *veils).where(visible), visible

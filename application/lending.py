"""Lent roles: which may be lent, and which of those that somebody brings are in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec

from application.docket import Docket
from application.permissions import PERMISSIONS
from application.principals import Held, Principal
from domain.delegations import Delegation
from domain.envelope import OnBehalfOf
from domain.roles import EVERYWHERE, OF_ORGANISATION, ROLES
from domain.values import covers


def pairs() -> dict[str, frozenset[str]]:
    """For each role those that are the other hand of a pair with it in some row."""
    found: dict[str, set[str]] = {}
    for verbs in PERMISSIONS.values():
        for permission in verbs.values():
            for first in permission.first:
                for second in permission.second:
                    if first != second:
                        found.setdefault(first, set()).add(second)
                        found.setdefault(second, set()).add(first)
    return {role: frozenset(others) for role, others in found.items()}


PAIRED = pairs()


def lendable(role: str) -> bool:
    """Whether a role is held for a place, so that it can be lent for one."""
    return role in ROLES and role not in OF_ORGANISATION | EVERYWHERE


def in_force(principal: Principal, docket: Docket, day: date) -> Principal:
    """The person with their own roles, and with those lent ones that the chronicle confirms.

    What a principal brings may be older than the end of a delegation; what counts is how the
    delegation stands where the command is decided.
    """
    if not any(held.delegation for held in principal.held):
        return principal
    held = tuple(
        h for h in principal.held if not h.delegation or is_lent(h, principal, docket, day)
    )
    return replace(principal, held=held)


def is_lent(held: Held, principal: Principal, docket: Docket, day: date) -> bool:
    """Whether the delegation says exactly this, is in force, and the lender still has the role."""
    delegation = docket.load(Delegation, held.delegation)
    said = (delegation.role, delegation.place, delegation.holder, delegation.to_person)
    if said != (held.role, held.place, held.lender, principal.person):
        return False
    own = docket.shelf.held_by(held.lender, day)
    keeps = any(h.role == held.role and covers(h.place, held.place) for h in own)
    return keeps and delegation.is_in_force(day)


def lent_by(held: Held, behalf: OnBehalfOf | None) -> OnBehalfOf | None:
    """For whom it is done, with whoever lent the role that it is done in."""
    if not held.lender and (behalf is None or not behalf.delegated_by):
        return behalf
    lent = msgspec.structs.replace(behalf or OnBehalfOf(), delegated_by=held.lender)
    return None if lent == OnBehalfOf() else lent

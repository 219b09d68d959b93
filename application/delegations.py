"""What may be told to delegations: a role is lent, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.docket import Docket
from application.lending import PAIRED, lendable
from application.principals import Held
from application.told import Handlers, NoFields, said
from domain import delegations
from domain.delegations import Delegation, Loan, Stage
from domain.kernel import Mandate
from domain.values import Id, Name, Place, covers


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantDelegation:
    """Lends a role of one person to another, for a place, from day to day."""

    role: Name
    holder: Id
    to_person: Id
    place: Place
    starts: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDelegation(NoFields):
    """Takes a lent role back."""


def grant(command: GrantDelegation, docket: Docket, id: str, by: Mandate) -> Delegation:
    own = docket.shelf.held_by(command.holder, by.day)
    is_held = any(h.role == command.role and covers(h.place, command.place) for h in own)
    return docket.add(
        delegations.grant(
            docket.new_id(),
            loan=Loan(**said(command)),
            is_lendable=lendable(command.role),
            is_held=is_held,
            other_hand=other_hand(command, docket, by),
            by=by,
        )
    )


def other_hand(command: GrantDelegation, docket: Docket, by: Mandate) -> str:
    """A role of the borrower, of their own or lent, that makes a pair with the one to be lent."""
    lent = docket.find(Delegation, to_person=command.to_person, stage=Stage.GRANTED)
    roles = (
        *docket.shelf.held_by(command.to_person, by.day),
        *(Held(d.role, d.place) for d in lent),
    )
    against = PAIRED.get(command.role, frozenset())
    found = {
        held.role
        for held in roles
        if held.role in against
        and (covers(held.place, command.place) or covers(command.place, held.place))
    }
    return min(found, default="")


def end(command: EndDelegation, docket: Docket, id: str, by: Mandate) -> Delegation:
    delegation = docket.load(Delegation, id)
    delegations.end(delegation, by_clock=by.actor.role == "clock", by=by)
    return delegation


HANDLERS: Handlers = {"grant": (GrantDelegation, grant), "end": (EndDelegation, end)}

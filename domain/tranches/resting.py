"""How long a new account rests before money goes there, and what is as good as waiting.

Money follows a new account only when the account has rested, or was verified once more: a change
shortly before a payment is how it is stolen. It counts whether the grant was given another payee
or the organisation itself changed its account to the one that the grant pays to.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from domain.calendar import Calendar
from domain.documents import Document
from domain.errors import Reason
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.policies import holds, unless_set_aside
from domain.tranches.tranche import Tranche

RESTING_DAYS = 5
"""How many working days a new account must have stood unchanged."""


class Moved(NamedTuple):
    """A change of the account that a grant is paid to: when, and by whose hands."""

    day: date
    at: datetime
    hands: frozenset[str]


def last_move(grant: Grant, organisation: Organisation) -> Moved | None:
    """The last change of the account, with the hands of every one; None where it never changed."""
    moves = []
    if grant.payee_changed and grant.payee_changed_at:
        hands = frozenset(grant.payee_hands)
        moves.append(Moved(grant.payee_changed, grant.payee_changed_at, hands))
    changed, changed_at = organisation.account_changed, organisation.account_changed_at
    if changed and changed_at and organisation.account == grant.account:
        moves.append(Moved(changed, changed_at, frozenset(organisation.account_hands)))
    if not moves:
        return None
    last = max(moves, key=lambda moved: moved.at)
    return last._replace(hands=frozenset().union(*(moved.hands for moved in moves)))


def is_verified(moved: Moved, tranche: Tranche, grant: Grant, proof: Document | None) -> bool:
    """Whether an officer of the fund has filed a proof of the account since it was changed."""
    if proof is None or proof.effective_at is None:
        return False
    is_later = proof.effective_at > moved.at
    officers = {grant.manager, tranche.checker}.difference(moved.hands)
    return is_later and proof.subject == grant.stream and proof.owner in officers


def has_rested(
    rule: str,
    tranche: Tranche,
    grant: Grant,
    organisation: Organisation,
    *,
    calendar: Calendar,
    proof: Document | None,
    by: Mandate,
) -> Iterator[Reason]:
    """Unless an override says otherwise, the account has stood for five working days (T4, T7c).

    A proof that was filed since is as good.
    """
    moved = last_move(grant, organisation)
    if moved is None or is_verified(moved, tranche, grant, proof):
        return
    last = calendar.after_working_days(moved.day, RESTING_DAYS)
    rested = holds(
        f"{rule}.rested",
        by.day > last,
        "The payee was changed on {changed}; until {last} is over a payment needs a proof of the "
        "account that the fund's manager has filed since.",
        changed=moved.day,
        last=last,
    )
    yield from unless_set_aside(tranche, by, (rested,))


def stood_since_approval(rule: str, tranche: Tranche, organisation: Organisation) -> Reason | None:
    """The organisation has not changed to this account after the payment was approved (T5)."""
    changed, approved = organisation.account_changed_at, tranche.effective_at
    is_later = changed is not None and approved is not None and changed > approved
    return holds(
        f"{rule}.rested",
        not (is_later and organisation.account == tranche.account),
        "The organisation changed its account to this one after the payment was approved; give "
        "the request back and have it approved anew.",
    )

"""Things that ask something of people to whose organisations they do not belong."""

from __future__ import annotations

from collections.abc import Callable

from application.principals import Held
from domain.kernel import Aggregate


def every_applicant(held: Held, thing: Aggregate) -> bool:
    """A call is addressed to every organisation."""
    return True


def its_partners(held: Held, thing: Aggregate) -> bool:
    """A joint proposal is addressed to the partners that it names."""
    return held.organisation in getattr(thing, "partners", ())


def its_new_agent(held: Held, thing: Aggregate) -> bool:
    """A change of fiscal agent is addressed to the organisation that it names."""
    return held.organisation == getattr(thing, "new_ref", "")


ADDRESSED: dict[tuple[str, str], Callable[[Held, Aggregate], bool]] = {
    ("round", "ask-question"): every_applicant,
    ("proposal", "consent"): its_partners,
    ("organisation", "accept-agency"): its_new_agent,
}
"""The commands that are told for another organisation than the thing's own: who may tell them."""

"""What a walk says to people and places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.roles import OF_ORGANISATION, ROLES
from tests.district import DISTRICT

if TYPE_CHECKING:
    from tests.application.near import Fields, Wish
    from tests.application.walk import Walk


def role(walk: Walk, thing: Any) -> Fields:
    """A role for the district or for an organisation, now and then for the wrong one."""
    asked = walk.random.choice(ROLES)
    known = walk.things("organisation")
    is_theirs = (asked in OF_ORGANISATION) != (walk.random.random() < 0.05)
    if is_theirs and known:
        return {"role": asked, "organisation": walk.random.choice(known).id}
    return {"role": asked, "place": DISTRICT}


def person(walk: Walk, thing: Any) -> Fields:
    return {"roles": [role(walk, thing)]} if walk.random.random() < 0.5 else {}


def withdrawal(walk: Walk, person: Any) -> Fields:
    held = [each.no for each in getattr(person, "current", ())]
    return {"no": walk.random.choice(held or [1]), "reason": "调离"}


def place(walk: Walk, thing: Any) -> Fields:
    """A code below a place that is recorded, or the district itself."""
    above = [known.id for known in walk.things("place", "recorded") if len(known.id) < 15]
    below = f"{walk.random.choice(above)}{walk.random.randrange(1_000):03d}" if above else DISTRICT
    return {"code": below, "name": "民康街道"}


def closing(walk: Walk, place: Any) -> Fields:
    others = [known.id for known in walk.things("place", "recorded") if known.id != place.id]
    return {"successor": walk.random.choice(others) if others else None, "reason": "撤并"}


CREATIONS_OF_PEOPLE: dict[tuple[str, str], Wish] = {
    ("person", "admit"): person,
    ("place", "record"): place,
}

OF_PEOPLE: dict[tuple[str, str], Wish] = {
    ("person", "grant-role"): role,
    ("person", "withdraw-role"): withdrawal,
    ("person", "consent"): lambda walk, thing: {"purpose": "contact", "version": walk.number()},
    ("person", "withdraw-consent"): lambda walk, thing: {"purpose": "contact"},
    ("person", "release"): lambda walk, thing: {"reason": "离职"},
    ("place", "rename"): lambda walk, thing: {"name": "新名"},
    ("place", "close"): closing,
}

"""Places, organisations and what is held for them, and who reaches what by the contract alone."""

from __future__ import annotations

from typing import NamedTuple

from application.principals import Held

DISTRICT, STREET, COMMUNITY, GRID = "220102", "220102006", "220102006001", "220102006001003"

ABOVE = {
    DISTRICT: "",
    STREET: DISTRICT,
    COMMUNITY: STREET,
    GRID: COMMUNITY,
    "220102006002": STREET,
    "220102007": DISTRICT,
    "220102007001": "220102007",
    "220103": "",
    "220103001": "220103",
}
"""The places of the tests, each with the one that it lies in, written down by hand."""

OURS, THEIRS = "ours", "theirs"

OF_ORGANISATIONS = ("applicant", "legal_representative", "fiscal_agent")
EVERYWHERE = ("administrator", "clock")

EVERY_APPLICANT = {"R5a"}
"""Rows by which every organisation may speak: a call is open to all."""

PARTNERS_ONLY = {"S3b", "O7c"}
"""Rows by which a partner speaks, or who is to be the agent, and not the organisation itself."""


class Spot(NamedTuple):
    """Where a thing belongs: a place, an organisation, and one that is its partner or its agent."""

    place: str
    organisation: str
    partner: str = ""


SPOTS = tuple(
    Spot(place, organisation, partner)
    for place in (*ABOVE, "")
    for organisation, partner in ((OURS, THEIRS), (THEIRS, OURS), (THEIRS, ""), ("", ""))
)
"""Every place, and none, with our organisation, another one and none."""


def spot_of(row: str, place: str, organisation: str) -> Spot:
    """Where a thing of that row belongs; what is in custody is kept by the other organisation."""
    other = THEIRS if organisation == OURS else OURS
    return Spot(place, organisation, other if row.startswith("C") else "")


def holdings(role: str) -> tuple[Held, ...]:
    """The role as it may be held: at every level, and for the wrong kind of thing."""
    if role in EVERYWHERE:
        return (Held(role),)
    if role in OF_ORGANISATIONS:
        return (Held(role, organisation=OURS), Held(role, place=DISTRICT))
    levels = (DISTRICT, STREET, COMMUNITY, GRID)
    return (*(Held(role, place) for place in levels), Held(role, organisation=OURS))


def lies_in(place: str, other: str) -> bool:
    """Whether a place is the other or lies somewhere below it."""
    while place:
        if place == other:
            return True
        place = ABOVE[place]
    return False


def reaches(held: Held, spot: Spot, row: str) -> bool:
    """Whether a role that is held covers a thing, by the rule of reach."""
    if held.role in EVERYWHERE:
        return True
    if held.role not in OF_ORGANISATIONS:
        return bool(held.place) and lies_in(spot.place, held.place)
    if not held.organisation:
        return False
    if row in EVERY_APPLICANT:
        return True
    whose = spot.partner if row in PARTNERS_ONLY else spot.organisation
    if held.role == "fiscal_agent":
        # An agent speaks for itself where it keeps money, and the client does not.
        whose = spot.partner or spot.organisation
    return whose == held.organisation


def relation(held: Held, spot: Spot) -> str:
    """How a thing lies to what a role is held for, in a word for people."""
    if held.organisation:
        words = {held.organisation: "own organisation", "": "no organisation"}
        return words.get(spot.organisation, "other organisation")
    if not spot.place or not held.place:
        return "nowhere"
    if spot.place == held.place:
        return "own place"
    if lies_in(spot.place, held.place):
        return "below"
    if lies_in(held.place, spot.place):
        return "above"
    return "beside" if spot.place.startswith(DISTRICT) else "other district"

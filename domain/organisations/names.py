"""Names of organisations: how they are compared, and where one stands in the way of another."""

from __future__ import annotations

import unicodedata

from domain.values import covers

SUBDISTRICT = 9
"""How many digits the code of a subdistrict has."""

COMMUNITY = 12
"""How many digits the code of a community has; what lies inside it has more."""


def spelt(name: str) -> str:
    """A name as it is compared: width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_community(place: str) -> bool:
    """Whether the place is a community or lies inside one."""
    return len(place) >= COMMUNITY and place.isascii() and place.isdigit()


def are_neighbours(place: str, other: str) -> bool:
    """Whether two places lie in one subdistrict, or one of them is all of it or more."""
    mine, theirs = place[:SUBDISTRICT], other[:SUBDISTRICT]
    return covers(mine, theirs) or covers(theirs, mine)

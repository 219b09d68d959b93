"""Panels for tests: a list of experts that an officer keeps, and the draw from it."""

from __future__ import annotations

from typing import Any

from tests.district import DISTRICT, District

FAR = "220102099"
"""A subdistrict in which none of the organisations of the tests is."""


def listed(
    district: District, *people: str, keeper: str = "district_officer", **ties: Any
) -> dict[str, Any]:
    """A list of these people, without ties unless they are said; what a draw says of it."""
    pool = district.tell(keeper, "pools", "create", name="评审专家库", place=DISTRICT).id
    version = 1
    for person in people:
        said = {"person": person, "place": FAR, **ties.get(person.removeprefix("person:"), {})}
        version = district.tell(keeper, "pools", "add-expert", pool, expert=said).version
    return {"pool_id": pool, "pool_version": version}


def draw_panel(
    district: District, round: str, *people: str, size: int = 1, **ties: Any
) -> dict[str, Any]:
    """A panel is drawn for a round from a list of these people; what the draw said."""
    said = {"round": round, "size": size, **listed(district, *people, **ties)}
    district.pair("round_secretary", "oversight_officer", "panels", "draw", **said)
    return said

"""Roles as they are listed: one row for each that somebody was given."""

from __future__ import annotations

from typing import Any

from domain.people.person import Person
from infrastructure.views.kit import View, day, number, text, view_table

table = view_table(
    "roles",
    number("no"),
    text("person"),
    text("role"),
    text("held_place"),
    text("held_organisation"),
    day("starts"),
    day("until"),
    day("ended"),
    index=("person",),
)


def expand(person: Person) -> list[dict[str, Any]]:
    """A row for every role of the person."""
    return [
        {
            "id": f"{person.id}:{held.no}",
            "stage": held.stage,
            "no": held.no,
            "person": person.stream,
            "role": held.role,
            "held_place": held.place,
            "held_organisation": held.organisation,
            "starts": held.starts,
            "until": held.until,
            "ended": held.ended,
        }
        for held in person.held
    ]


VIEW = View("roles", "person", table, search=("role",), expand=expand, of="held")

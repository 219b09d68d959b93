"""Places as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, text, view_table

table = view_table(
    "places",
    text("name"),
    text("level"),
    text("parent"),
    text("successor"),
    day("closed_on"),
    index=("parent",),
)

VIEW = View("places", "place", table, search=("name", "id"))

"""Places as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, text, view_table

table = view_table(
    "places",
    text("name"),
    text("level"),
    text("above"),
    text("successor"),
    day("closed_on"),
    index=("above",),
)

VIEW = View("places", "place", table, search=("name", "id"))

"""Delegations as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, text, view_table

table = view_table(
    "delegations",
    text("role"),
    text("holder"),
    text("to_person"),
    day("starts"),
    day("until"),
    index=("to_person",),
)

VIEW = View("delegations", "delegation", table)

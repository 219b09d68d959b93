"""Policies as they are listed: every version is a row."""

from __future__ import annotations

from infrastructure.views.kit import View, day, text, view_table

table = view_table(
    "policies",
    text("name"),
    text("edition"),
    day("starts"),
    day("until"),
    index=("name",),
)

VIEW = View("policies", "policy", table, search=("name",))

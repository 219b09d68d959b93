"""Overrides as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, text, view_table

table = view_table(
    "overrides",
    text("rule"),
    text("subject"),
    text("owner"),
    text("second"),
    index=("subject",),
)

VIEW = View("overrides", "override", table, search=("rule",))

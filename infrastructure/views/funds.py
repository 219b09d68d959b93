"""Funds as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, number, text, view_table

table = view_table(
    "funds",
    text("name"),
    text("kind"),
    text("identifier"),
    number("year"),
    day("day"),
)

VIEW = View(
    "funds",
    "fund",
    table,
    search=("name", "identifier"),
    kept_out=frozenset(
        [
            "contributions",
            "documents",
            "bank_lines",
            "allocations",
            "posted",
            "closing_lines",
            "year_ends",
        ]
    ),
)

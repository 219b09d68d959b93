"""Organisations as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, text, view_table

table = view_table(
    "organisations",
    text("name"),
    text("uscc"),
    text("filing_no"),
    text("identifier"),
    text("fiscal_agent"),
    text("leader"),
    text("listings"),
    index=("uscc", "identifier"),
)

VIEW = View(
    "organisations", "organisation", table, search=("name", "uscc", "filing_no", "identifier")
)

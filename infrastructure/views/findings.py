"""Findings as they are listed; what an informant wrote and who it was stands in no column."""

from __future__ import annotations

from infrastructure.views.kit import View, day, money, text, view_table

table = view_table(
    "findings",
    text("subject"),
    text("severity"),
    text("statement"),
    text("owner"),
    text("raiser"),
    money("amount_minor"),
    day("due"),
    index=("subject", "owner"),
)

VIEW = View("findings", "finding", table, search=("statement",))

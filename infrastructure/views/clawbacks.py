"""Clawbacks as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, money, text, view_table

table = view_table(
    "clawbacks",
    text("grant"),
    text("round"),
    text("fund"),
    money("amount_minor"),
    money("repaid_minor"),
    day("due"),
    index=("grant", "fund", "stage"),
)

VIEW = View("clawbacks", "clawback", table)

"""Tranches as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, money, number, text, view_table

table = view_table(
    "tranches",
    number("no"),
    text("grant"),
    text("round"),
    text("fund"),
    text("condition"),
    money("amount_minor"),
    day("value_date"),
    index=("grant", "fund", "stage"),
)

VIEW = View("tranches", "tranche", table)

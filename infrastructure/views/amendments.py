"""Amendments as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, money, number, text, view_table

table = view_table(
    "amendments",
    number("no"),
    text("grant"),
    text("round"),
    text("fund"),
    text("requester"),
    money("delta_minor"),
    index=("grant", "round"),
)

VIEW = View("amendments", "amendment", table)

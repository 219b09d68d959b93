"""Amendments as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, money, number, text, view_table

table = view_table(
    "amendments",
    number("no"),
    text("grant"),
    text("requester"),
    money("delta_minor"),
    index=("grant",),
)

VIEW = View("amendments", "amendment", table)

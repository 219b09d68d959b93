"""Orders as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, money, text, view_table

table = view_table(
    "orders",
    text("kind"),
    text("purpose"),
    text("payee"),
    text("round"),
    text("line"),
    text("fund"),
    text("panel"),
    text("member"),
    money("amount_minor"),
    money("accepted_minor"),
    day("value_date"),
    index=("round", "fund", "panel", "stage"),
)

VIEW = View("orders", "order", table, search=("purpose", "payee"))

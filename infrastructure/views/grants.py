"""Grants as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, money, text, view_table

table = view_table(
    "grants",
    text("no"),
    text("proposal"),
    text("round"),
    text("fund"),
    text("custody_account"),
    text("grade"),
    text("import_id"),
    text("fingerprint"),
    money("amount_minor"),
    day("sign_due"),
    day("starts"),
    day("ends"),
    day("midterm"),
    day("due"),
    day("awarded_on"),
    index=("round", "fund", "proposal"),
)

VIEW = View("grants", "grant", table, search=("no",), kept_out=frozenset(["source"]))

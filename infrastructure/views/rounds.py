"""Rounds as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, moment, text, view_table

table = view_table(
    "rounds",
    text("no"),
    text("title"),
    text("kind"),
    text("fund"),
    text("parent"),
    text("identifier"),
    moment("opens"),
    moment("closes"),
    day("starts"),
    day("ends"),
    index=("fund", "no", "parent"),
)

VIEW = View("rounds", "round", table, search=("no", "title"), kept_out=frozenset({"sheets"}))

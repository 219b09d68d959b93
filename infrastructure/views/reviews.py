"""Reviews as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, number, text, view_table

table = view_table(
    "reviews",
    text("panel"),
    text("round"),
    text("proposal"),
    text("member"),
    number("total_milli"),
    day("due"),
    index=("proposal", "member"),
)

VIEW = View("reviews", "review", table, kept_out=frozenset({"asked_by", "askers"}))

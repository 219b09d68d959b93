"""Appeals as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, text, view_table

table = view_table(
    "appeals",
    text("decision"),
    text("contested"),
    text("round"),
    text("step"),
    day("until"),
    day("answer_due"),
    index=("contested",),
)

VIEW = View("appeals", "appeal", table)

"""Objections as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, text, view_table

table = view_table(
    "objections",
    text("proposal"),
    text("round"),
    text("objector"),
    text("handler"),
    text("outcome"),
    day("answer_due"),
    index=("proposal", "objector"),
)

VIEW = View("objections", "objection", table)

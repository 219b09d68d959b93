"""Approvals as they are listed: what waits for a second hand."""

from __future__ import annotations

from infrastructure.views.kit import View, day, text, view_table

table = view_table(
    "approvals",
    text("thing_noun"),
    text("thing"),
    text("verb"),
    text("roles"),
    text("agent"),
    text("prepared_by"),
    text("preparer_role"),
    day("due"),
    index=("stage",),
)

VIEW = View("approvals", "approval", table)

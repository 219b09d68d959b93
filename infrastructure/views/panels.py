"""Panels as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, text, view_table

table = view_table(
    "panels",
    text("round"),
    text("seed"),
    text("members"),
    index=("round",),
)

VIEW = View("panels", "panel", table, kept_out=frozenset({"candidates"}))

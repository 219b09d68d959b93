"""Imports as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, number, text, view_table

table = view_table(
    "imports",
    text("file_sha"),
    text("mapping"),
    number("accepted"),
    number("refused"),
)

VIEW = View("imports", "import", table)

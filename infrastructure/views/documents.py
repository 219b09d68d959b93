"""Documents as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, number, text, view_table

table = view_table(
    "documents",
    text("sha256"),
    text("media_type"),
    text("subject"),
    text("agent"),
    text("owner"),
    number("size"),
    index=("subject",),
)

VIEW = View("documents", "document", table)

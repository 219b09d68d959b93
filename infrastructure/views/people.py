"""People as they are listed: by reference; what they are called is kept elsewhere."""

from __future__ import annotations

from infrastructure.views.kit import View, number, view_table

table = view_table("persons", number("sign_ins"))

VIEW = View("people", "person", table)

"""Pools of experts as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, text, view_table

table = view_table("pools", text("name"))

VIEW = View("pools", "pool", table, search=("name",), kept_out=frozenset({"keepers"}))

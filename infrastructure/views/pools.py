"""Pools of experts as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, number, text, view_table

table = view_table("pools", text("name"), number("pool_version"))

VIEW = View("pools", "pool", table, search=("name",), kept_out=frozenset({"keepers"}))

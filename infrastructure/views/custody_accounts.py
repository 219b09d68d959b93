"""Custody accounts as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, text, view_table

table = view_table(
    "custody_accounts",
    text("agent"),
    text("fund"),
    index=("organisation", "agent", "fund"),
)

VIEW = View("custody-accounts", "custody_account", table)

"""Costs as they are listed: the lines that grantees report, one row each."""

from __future__ import annotations

from typing import Any

from domain.grants.grant import Grant
from infrastructure.views.kit import View, money, number, text, view_table

table = view_table(
    "costs",
    number("no"),
    text("grant"),
    text("fund"),
    text("line"),
    text("voucher"),
    text("description"),
    text("cause"),
    money("amount_minor"),
    index=("grant",),
)


def expand(grant: Grant) -> list[dict[str, Any]]:
    """A row for every cost of the grant."""
    return [
        {
            "id": f"{grant.id}:{cost.no}",
            "stage": cost.stage,
            "no": cost.no,
            "grant": grant.id,
            "fund": grant.fund,
            "line": cost.line,
            "voucher": cost.voucher,
            "description": cost.description,
            "cause": cost.cause,
            "amount_minor": cost.amount_minor,
        }
        for cost in grant.costs
    ]


VIEW = View("costs", "grant", table, search=("voucher", "description"), expand=expand, of="costs")

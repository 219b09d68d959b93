"""Contributions as they are listed: what funds were promised and received, one row each."""

from __future__ import annotations

from typing import Any

from domain.funds.fund import Fund
from infrastructure.views.kit import View, money, number, text, view_table

table = view_table(
    "contributions",
    number("no"),
    text("fund"),
    text("contributor"),
    text("source"),
    text("purposes"),
    text("bank_ref"),
    text("letter"),
    money("amount_minor"),
    money("received_minor"),
    money("withdrawn_minor"),
    index=("fund",),
)


def expand(fund: Fund) -> list[dict[str, Any]]:
    """A row for every contribution to the fund."""
    return [
        {
            "id": f"{fund.id}:{no}",
            "stage": str(contribution.stage),
            "no": no,
            "fund": fund.id,
            "contributor": contribution.contributor,
            "source": contribution.source,
            "purposes": contribution.purposes,
            "bank_ref": contribution.bank_ref,
            "letter": contribution.letter,
            "amount_minor": contribution.amount_minor,
            "received_minor": contribution.received_minor,
            "withdrawn_minor": contribution.withdrawn_minor,
        }
        for no, contribution in enumerate(fund.contributions, start=1)
    ]


VIEW = View(
    "contributions",
    "fund",
    table,
    search=("contributor", "bank_ref"),
    expand=expand,
    of="contributions",
)

"""What each client says over and over, and what a whole command leaves in the chronicle."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any
from uuid import uuid4

from tests.chaos.prepared import Prepared
from tests.district import DISTRICT
from tests.played import ACCOUNT

WHOLE: dict[str, tuple[tuple[str, ...], int]] = {
    "fund.proposed": (("fund.proposed",), 0),
    "fund.opened": (("fund.opened",), 0),
    "approval.prepared": (("approval.prepared",), 0),
    "fund.appropriation_recorded": (("fund.appropriation_recorded", "approval.granted"), 2),
    "fund.contribution_received": (("fund.contribution_received", "approval.granted"), 4),
    "tranche.requested": (("tranche.requested",), 0),
    "tranche.checked": (("tranche.checked",), 0),
    "tranche.approved": (("tranche.approved", "ledger.moved", "ledger.moved"), 2),
    "tranche.request_returned": (("tranche.request_returned", "ledger.moved", "ledger.moved"), 2),
}
"""By the first event of a command: all its events in order, and how many ledger entries it has."""

ROUNDS_OF_A_FUND = 5

Said = tuple[str, str, dict[str, Any]]
"""Who says it, to which address, with which fields."""

Script = Generator[Said, dict[str, Any], None]
"""Yields what is said next and is sent the answer to it."""


def pays(prepared: Prepared) -> Script:
    """A payment that is asked for, checked, approved and given back, over and over."""
    tranche = f"/tranches/{prepared.tranche}"
    while True:
        yield "applicant", f"{tranche}/request", {"account": ACCOUNT, "invoice_no": "1"}
        yield "fund_manager", f"{tranche}/check", {}
        yield "finance_approver", f"{tranche}/approve", {}
        yield "fund_manager", f"{tranche}/return-request", {"reason": "票据有误"}


def receives(prepared: Prepared, name: str) -> Script:
    """Funds of one's own that are opened and filled; every fifth sum goes to the common fund."""
    while True:
        made = yield "fund_manager", "/funds", a_fund(name)
        yield "finance_approver", f"/funds/{made['id']}/open", {}
        waiting = yield "fund_manager", f"/funds/{made['id']}/record-appropriation", appropriation()
        yield "finance_approver", f"/approvals/{waiting['approval']}/approve", {}
        for turn in range(ROUNDS_OF_A_FUND):
            fund = made["id"] if turn else prepared.fund
            waiting = yield "cashier", f"/funds/{fund}/receive-contribution", contribution()
            yield "reconciler", f"/approvals/{waiting['approval']}/approve", {}


def a_fund(name: str) -> dict[str, Any]:
    """A fund that anybody may open."""
    return {
        "name": name,
        "kind": "dedicated",
        "place": DISTRICT,
        "year": 2026,
        "currency": "CNY",
        "purposes": ["创投"],
        "reuse": True,
    }


def appropriation() -> dict[str, Any]:
    """The right to commit that the fund's money needs."""
    return {"doc_no": "南财〔2026〕1号", "amount_minor": 1_000_000, "year": 2026}


def contribution() -> dict[str, Any]:
    """One yuan that comes in."""
    return {
        "contributor": "财政局",
        "source": "donation",
        "amount_minor": 100,
        "purposes": ["创投"],
        "bank_ref": uuid4().hex,
    }

"""Clawbacks over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "order": {
        "grant": "0198c0de-0000-7000-8000-000000000001",
        "basis": "结项审计决定第3号。",
        "due": "2026-12-31",
    },
    "record-repayment": {"amount": "1000.00", "bank_ref": "20261220-004"},
    "close": {},
    "write-off": {
        "proof": "0198c0de-0000-7000-8000-000000000001",
        "reason": "债务人已注销，多次催收无果。",
    },
    "record-late-recovery": {"amount": "500.00", "bank_ref": "20270310-001"},
    "withdraw": {"appeal": "0198c0de-0000-7000-8000-000000000001"},
}

router = noun_router("clawbacks", EXAMPLES, creates="order")

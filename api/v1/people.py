"""People over HTTP: by reference, with their roles; signing in is recorded by the system."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "admit": {
        "roles": [{"role": "cashier", "place": "220102", "starts": "2026-04-01"}],
    },
    "grant-role": {
        "role": "fund_manager",
        "place": "220102006",
        "starts": "2026-04-01",
        "until": "2027-03-31",
    },
    "withdraw-role": {"no": 1, "reason": "调离岗位。"},
    "release": {"reason": "已离职。"},
    "erase": {},
    "consent": {"purpose": "contact", "version": "2026-1"},
    "withdraw-consent": {"purpose": "contact"},
}

router = noun_router("people", EXAMPLES, creates="admit")

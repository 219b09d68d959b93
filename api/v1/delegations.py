"""Delegations over HTTP: roles that are lent."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "grant": {
        "role": "cashier",
        "holder": "person:0198c0de-0000-7000-8000-000000000001",
        "to_person": "person:0198c0de-0000-7000-8000-000000000002",
        "place": "220102",
        "starts": "2026-05-06",
        "until": "2026-05-20",
    },
    "end": {},
}

router = noun_router("delegations", EXAMPLES, creates="grant")

"""Panels over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "draw": {
        "round": "0198c0de-0000-7000-8000-000000000001",
        "pool_id": "0198c0de-0000-7000-8000-000000000001",
        "pool_version": 12,
        "size": 5,
    },
    "assign-reviews": {
        "readings": [{"proposal": "0198c0de-0000-7000-8000-000000000001", "members": [0, 2]}],
        "swaps": [
            {
                "proposal": "0198c0de-0000-7000-8000-000000000001",
                "former": 0,
                "instead": 1,
                "reason": "原评委当周出差，无法按期评审。",
            }
        ],
        "bound": 2,
        "method": "highs",
        "working": "0198c0de-0000-7000-8000-000000000002",
    },
    "require-third-review": {},
    "hold-deliberation": {
        "votes": [
            {"member": "person:0198c0de-0000-7000-8000-000000000001", "choice": "against"},
        ],
        "dissents": [
            {
                "member": "person:0198c0de-0000-7000-8000-000000000001",
                "text": "预算偏高，建议压减后再资助。",
            },
        ],
    },
}

router = noun_router("panels", EXAMPLES, creates="draw")

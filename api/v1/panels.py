"""Panels over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "draw": {
        "round": "0198c0de-0000-7000-8000-000000000001",
        "pool": ["person:0198c0de-0000-7000-8000-000000000001"],
        "size": 1,
        "seed": "20260323-福彩",
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

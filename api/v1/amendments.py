"""Amendments over HTTP: changes of an agreement, asked for and agreed."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "request": {
        "grant": "0198c0de-0000-7000-8000-000000000001",
        "amount": "72000.00",
        "tranches": [{"no": 2, "amount": "24000.00"}],
        "ends": "2026-11-30",
        "reason": "服务人数减少，缩减经费并延期一个月。",
    },
    "approve": {},
    "refuse": {"reason": "变更理由不充分。"},
    "withdraw": {},
}

router = noun_router("amendments", EXAMPLES)

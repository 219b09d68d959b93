"""Funds over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "propose": {
        "name": "街道创新专项经费",
        "kind": "dedicated",
        "place": "220102",
        "year": 2026,
        "currency": "CNY",
        "purposes": ["公益创投"],
        "reuse": True,
    },
    "open": {},
    "refuse": {"reason": "与现有资金重复。"},
    "record-appropriation": {"doc_no": "南财〔2026〕1号", "amount": "3000000.00", "year": 2026},
    "record-opening-balance": {"bank_minor": 0, "available_minor": 0},
    "amend-appropriation": {"doc_no": "南财〔2026〕9号", "amount": "100000.00"},
    "receive-contribution": {
        "contributor": "区财政局",
        "source": "appropriation",
        "amount": "3000000.00",
        "purposes": ["公益创投"],
        "bank_ref": "20260105-001",
    },
    "freeze": {"decision": "南监〔2026〕2号", "reason": "核查。"},
    "unfreeze": {"reason": "核查结束。"},
    "close-day": {"day": "2026-03-31"},
    "close-period": {"period": "2026-03"},
    "start-closing": {},
    "close": {},
}

router = noun_router("funds", EXAMPLES, creates="propose")

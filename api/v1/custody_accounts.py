"""Custody accounts over HTTP: what fiscal agents keep for filed organisations."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "open": {
        "client": "0198c0de-0000-7000-8000-000000000001",
        "fund": "0198c0de-0000-7000-8000-000000000002",
        "document": "0198c0de-0000-7000-8000-000000000003",
    },
    "pay-out": {
        "grant": "0198c0de-0000-7000-8000-000000000001",
        "payee": "文具店",
        "amount": "1200.00",
        "voucher": "0031",
    },
    "return": {
        "grant": "0198c0de-0000-7000-8000-000000000001",
        "amount": "300.00",
        "bank_ref": "20261118-007",
    },
    "charge-agent": {
        "grant": "0198c0de-0000-7000-8000-000000000001",
        "amount": "300.00",
        "reason": "代管方多次催告仍不支付，也不退回。",
    },
    "close": {},
}

router = noun_router("custody-accounts", EXAMPLES)

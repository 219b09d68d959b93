"""Tranches over HTTP: payments step by step."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "make-eligible": {},
    "request": {"account": "account:0198c0de-0000-7000-8000-000000000001", "invoice_no": "000123"},
    "check": {},
    "approve": {},
    "return-request": {"reason": "票据有误。"},
    "send": {"batch": "2026-05-01", "bank_ref": "20260508-011"},
    "confirm": {
        "bank_txn": "T0001",
        "value_date": "2026-05-08",
        "amount": "48000.00",
        "account": "account:0198c0de-0000-7000-8000-000000000001",
    },
    "record-bank-return": {"code": "账号不符"},
    "record-late-return": {"code": "账号不符"},
    "retry": {"account": "account:0198c0de-0000-7000-8000-000000000001"},
    "reconcile": {"statement_line": "2026-05-31/7"},
    "hold": {"reason": "收到举报，先行核查。"},
    "cancel": {"cause": "不再实施该阶段。"},
    "release": {},
}

router = noun_router("tranches", EXAMPLES)

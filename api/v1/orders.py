"""Orders over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "draft": {
        "kind": "organiser",
        "purpose": "第四届公益创投组织服务",
        "payee": "同创社会工作服务中心",
        "account": "account:0198c0de-0000-7000-8000-000000000001",
        "amount": "10000.00",
        "round": "0198c0de-0000-7000-8000-000000000001",
        "line": "organiser",
    },
    "draft-fee": {
        "reviews": ["0198c0de-0000-7000-8000-000000000001"],
        "each": "300.00",
        "account": "account:0198c0de-0000-7000-8000-000000000002",
        "line": "evaluation",
    },
    "approve": {},
    "sign": {"document": "0198c0de-0000-7000-8000-000000000001"},
    "accept-delivery": {
        "amount": "8000.00",
        "proof": "0198c0de-0000-7000-8000-000000000001",
        "invoice_no": "000123",
        "account": "account:0198c0de-0000-7000-8000-000000000001",
    },
    "undo-acceptance": {"reason": "验收材料有误。"},
    "send": {"batch": "2026-05-02", "bank_ref": "20260508-012"},
    "confirm": {
        "bank_txn": "T0002",
        "value_date": "2026-05-08",
        "amount": "8000.00",
        "account": "account:0198c0de-0000-7000-8000-000000000001",
    },
    "record-bank-return": {"code": "账号不符"},
    "record-late-return": {"code": "账号不符"},
    "close": {"statement_line": "2026-05-31/8"},
    "cancel": {"reason": "服务方放弃。"},
}

router = noun_router("orders", EXAMPLES, creates="draft")

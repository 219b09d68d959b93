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
    "pledge-contribution": {
        "contributor": "区民政局",
        "source": "pooled",
        "amount": "500000.00",
        "purposes": ["公益创投"],
        "letter": "南民函〔2026〕3号",
        "binding": True,
    },
    "withdraw-pledge": {"pledge": 2, "amount": "200000.00"},
    "apply-allocation-rule": {
        "to": "0198c0de-0000-7000-8000-000000000002",
        "rule_version": "统筹办法2026-1",
        "document": "0198c0de-0000-7000-8000-000000000003",
        "basis": "1234567.00",
        "percent": 3,
        "moves": "both",
    },
    "transfer": {
        "to": "0198c0de-0000-7000-8000-000000000002",
        "authority": "100000.00",
        "cash": "100000.00",
        "split": [{"contributor": "区财政局", "authority": "100000.00", "cash": "100000.00"}],
    },
    "freeze": {"decision": "南监〔2026〕2号", "reason": "核查。"},
    "unfreeze": {"reason": "核查结束。"},
    "reverse-entry": {"entry": 4, "reason": "金额录入错误。"},
    "close-day": {"day": "2026-03-31"},
    "close-period": {"period": "2026-03"},
    "carry-over": {
        "to": "0198c0de-0000-7000-8000-000000000002",
        "authority": "50000.00",
        "cash": "50000.00",
    },
    "lapse-authority": {"amount": "20000.00"},
    "close-year": {"year": 2026},
    "start-closing": {},
    "close": {},
    "reopen": {"basis": "bank_fact", "reference": "20270105-001"},
    "return-money": {"amount": "3000.00", "bank_ref": "20270110-002"},
    "declare-left-over": {"amount": "3000.00"},
    "record-interest": {"amount": "123.45", "bank_ref": "20260321-001"},
    "record-bank-fee": {"amount": "15.00", "bank_ref": "20260331-004"},
    "park-receipt": {"payer": "付款人不详", "amount": "800.00", "bank_ref": "20260412-002"},
    "send-back-receipt": {"receipt": 1, "amount": "300.00", "bank_ref": "20260420-001"},
    "assign-receipt": {
        "receipt": 1,
        "amount": "500.00",
        "stands_for": "contribution",
        "contribution": {
            "contributor": "净月商会",
            "source": "donation",
            "purposes": ["公益创投"],
        },
    },
}

router = noun_router("funds", EXAMPLES, creates="propose")

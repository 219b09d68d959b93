"""Findings and tips over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

GRANT = "grant:0198c0de-0000-7000-8000-000000000001"

EXAMPLES: Examples = {
    "tip": {"subject": GRANT, "tip": "三次活动的签到表笔迹相同，疑似代签。"},
    "dismiss-tip": {"reason": "经核实，签到表由本人签署。"},
    "adopt-tip": {
        "severity": "serious",
        "owner": "person:0198c0de-0000-7000-8000-000000000002",
        "statement": "三次活动的签到表笔迹相同，未能说明原因。",
        "due": "2026-07-10",
    },
    "raise": {
        "subject": GRANT,
        "severity": "serious",
        "owner": "person:0198c0de-0000-7000-8000-000000000002",
        "statement": "第7号凭证无发票，金额与银行流水不符。",
        "amount": "1200.00",
        "refs": ["tranche:0198c0de-0000-7000-8000-000000000003"],
    },
    "respond": {"reply": "发票遗失，已请开票方补开。"},
    "order-rectification": {"due": "2026-07-31"},
    "rectify": {
        "measures": "已补齐发票，并建立凭证交接登记。",
        "document": "0198c0de-0000-7000-8000-000000000004",
    },
    "verify": {},
    "escalate": {"to": "leader"},
    "return-to-owner": {"due": "2026-08-15"},
    "hand-over": {"body": "区纪委监委"},
}

router = noun_router("findings", EXAMPLES)

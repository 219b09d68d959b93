"""Grants over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "sign-agreement": {
        "document": "0198c0de-0000-7000-8000-000000000001",
        "account": "account:0198c0de-0000-7000-8000-000000000001",
        "starts": "2026-05-01",
        "ends": "2026-10-31",
        "midterm": "2026-07-31",
    },
    "activate": {},
    "report-progress": {
        "period": "2026-Q2",
        "sessions": 12,
        "indicators": [{"name": "服务", "unit": "person_times", "target": 300}],
        "cost_lines": [
            {"line": "activity", "amount": "12000.00", "voucher": "0007", "description": "活动物资"}
        ],
    },
    "accept-costs": {"lines": [1]},
    "question-cost": {"cost": 1, "cause": "缺发票。"},
    "allow-cost": {"cost": 1, "reply": "已补票。"},
    "disallow-cost": {"cost": 1, "reply": "未能补票。"},
    "open-midterm": {},
    "submit-midterm": {"report": "已完成过半。"},
    "record-midterm": {"score_milli": 85000, "findings": []},
    "end-period": {},
    "submit-final": {"results": "全部完成。", "surplus": "0.00"},
    "return-final": {"defects": ["缺照片。"], "due": "2026-11-20"},
    "evaluate-final": {"score_milli": 92000, "satisfaction_percent": 95, "sample": 30},
    "record-audit": {
        "document": "0198c0de-0000-7000-8000-000000000001",
        "opinion": "unqualified",
        "findings": [],
    },
    "waive-audit": {"reason": "低于审计起点金额。"},
    "settle": {},
    "close": {},
    "record-refund": {"amount": "1000.00", "bank_ref": "20261120-003"},
    "publish-result": {},
    "cancel": {"cause": "放弃。"},
    "record-match": {
        "amount": "5000.00",
        "document": "0198c0de-0000-7000-8000-000000000001",
    },
    "record-visit": {
        "kind": "unannounced",
        "visitors": [
            "person:0198c0de-0000-7000-8000-000000000001",
            "person:0198c0de-0000-7000-8000-000000000002",
        ],
        "notes": "现场有四十位老人参加活动。",
        "faults": ["没有签到表。"],
    },
    "change-payee": {
        "account": "account:0198c0de-0000-7000-8000-000000000002",
        "document": "0198c0de-0000-7000-8000-000000000001",
        "reason": "开户行变更。",
    },
    "suspend": {"cause": "账目不清。", "scope": "全部拨付", "until": "2026-09-30"},
    "resume": {"reason": "账目已整改。"},
    "fail-midterm": {"score_milli": 41000, "findings": ["服务人次不足。"]},
    "close-unilaterally": {"basis": "逾期未报结项材料。", "repay_by": "2027-06-30"},
    "propose-termination": {"cause": "项目无法继续实施。"},
    "terminate": {"repay_by": "2026-12-31"},
    "drop-termination": {"reason": "申辩成立。"},
    "record-post-closeout": {
        "amount": "1000.00",
        "finding": "0198c0de-0000-7000-8000-000000000001",
        "basis": "审计发现重复报账。",
        "repay_by": "2027-12-31",
    },
}

router = noun_router("grants", EXAMPLES)

"""Proposals over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "draft": {
        "round": "0198c0de-0000-7000-8000-000000000001",
        "organisation": "0198c0de-0000-7000-8000-000000000001",
        "title": "空巢老人心灵慰藉",
    },
    "edit": {
        "summary": "每周入户陪伴。",
        "budget": [
            {"line": "activity", "amount": "95000.00"},
            {"line": "management", "amount": "5000.00"},
        ],
        "requested": "80000.00",
        "match": "20000.00",
        "indicators": [{"name": "服务", "unit": "person_times", "target": 900}],
        "starts": "2026-05-01",
        "ends": "2026-10-31",
    },
    "submit": {},
    "consent": {},
    "take-back": {},
    "take-intake": {},
    "return-for-correction": {"defects": [{"part": "summary", "text": "请写明服务地点。"}]},
    "resubmit": {"summary": "每周在民康街道入户陪伴。"},
    "lapse": {},
    "reject-intake": {"rule": "S3.period", "reason": "不在本轮期限内。"},
    "pass-budget-check": {"adjusted_lines": []},
    "admit": {},
    "ask-recusal": {
        "member": "person:0198c0de-0000-7000-8000-000000000001",
        "basis": "kinship",
        "statement": "该评委与我单位负责人系近亲属。",
    },
    "record-score": {},
    "ask-optimisation": {"improvements": ["请细化活动频次。"], "due": "2026-04-10"},
    "submit-optimised": {"summary": "每周两次入户陪伴，每次一小时。"},
    "lapse-optimisation": {},
    "propose-award": {"amount": "80000.00", "conditions": ["每月报送服务记录。"]},
    "decline": {"feedback": "名额有限。"},
    "revoke-award": {"reason": "异议成立。"},
    "waitlist": {"waits_at": 1},
    "promote": {},
    "expire-wait": {},
    "confirm-award": {},
    "withdraw": {"reason": "人员变动。"},
    "expire-draft": {},
    "disqualify": {
        "basis": "false_material",
        "heard_on": "2026-04-08",
        "hearing": "申报单位承认服务名单系伪造。",
        "reason": "申报材料不实。",
    },
}

router = noun_router("proposals", EXAMPLES, creates="draft")

"""Rounds over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "plan": {
        "no": "2026-1",
        "title": "第四届公益创投",
        "kind": "micro",
        "place": "220102",
        "themes": ["为老服务"],
        "rules": {
            "cap_minor": 10000000,
            "cap_percent": 80,
            "match_min_percent": 20,
            "per_organisation_limit": 2,
            "line_caps": [{"line": "management", "percent": 10}],
            "line_shift_percent": 10,
            "corrections_max": 2,
            "correction_days": 5,
            "reviewers_min": 1,
            "rubric": [
                {"code": "need", "title": "需求", "weight": 40},
                {"code": "plan", "title": "方案", "weight": 60},
            ],
            "aggregation": "mean",
            "notice_days": 5,
            "sign_days": 30,
            "tranches": [
                {"percent": 60, "condition": "signature"},
                {"percent": 40, "condition": "midterm"},
            ],
            "payment_threshold_minor": 20000000,
            "final_days": 30,
            "audit_threshold_minor": 5000000,
            "grade_bands": [
                {"grade": "pass", "from_milli": 60000},
                {"grade": "fail", "from_milli": 0},
            ],
            "unspent": "reuse",
            "calendar": "CN-2026.1",
        },
    },
    "allot-budget": {
        "fund": "0198c0de-0000-7000-8000-000000000001",
        "lines": [{"line": "grants", "amount": "500000.00"}],
    },
    "allot-from-parent": {"lines": [{"line": "grants", "amount": "120000.00"}]},
    "add-budget": {"lines": [{"line": "grants", "amount": "50000.00"}]},
    "publish-call": {
        "rules_version": "2026-1.1",
        "opens": "2026-03-09T09:00:00+08:00",
        "closes": "2026-03-20T17:00:00+08:00",
    },
    "open": {},
    "extend-deadline": {
        "closes": "2026-03-27T17:00:00+08:00",
        "reason": "应申报单位要求，延长一周。",
    },
    "ask-question": {"text": "人员补贴可以列支志愿者交通费吗？"},
    "publish-clarification": {
        "question": "志愿者交通费列支在哪个科目？",
        "answer": "列入业务活动费，凭票据据实报销。",
        "asked": 1,
    },
    "close-intake": {},
    "start-review": {},
    "allocate": {
        "given": [{"proposal": "0198c0de-0000-7000-8000-000000000001", "percent": 100}],
        "bound": 8500000,
        "method": "highs",
        "working": "0198c0de-0000-7000-8000-000000000002",
        "keeps_waiting": True,
    },
    "fix-ranking": {},
    "publish-notice": {
        "starts": "2026-04-07",
        "ends": "2026-04-13",
        "contact": "民政局社会组织科 0431-00000000",
    },
    "publish-supplementary-notice": {"starts": "2026-05-18", "ends": "2026-05-22"},
    "conclude-notice": {},
    "start-execution": {},
    "close": {},
    "cancel": {"reason": "财政资金未能到位，本届停止举办。"},
}

router = noun_router("rounds", EXAMPLES, creates="plan")

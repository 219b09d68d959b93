"""Organisations over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "import": {
        "name": "同创社会工作服务中心",
        "uscc": "52220102MJY0000019",
        "place": "220102006",
        "leader": "person:0198c0de-0000-7000-8000-000000000001",
        "account": "account:0198c0de-0000-7000-8000-000000000001",
        "registered_on": "2019-05-20",
        "annual_checks": [{"year": 2024, "result": "passed"}],
    },
    "import-filed": {
        "name": "夕阳红合唱队",
        "filing_no": "南备2026-001",
        "place": "220102006001",
        "leader": "person:0198c0de-0000-7000-8000-000000000001",
    },
    "start-filing": {
        "name": "夕阳红合唱队",
        "kind": "culture_sports",
        "place": "220102006001",
    },
    "start-filing-for": {
        "name": "夕阳红合唱队",
        "kind": "culture_sports",
        "place": "220102006001",
        "leader": "person:0198c0de-0000-7000-8000-000000000001",
        "founder": "person:0198c0de-0000-7000-8000-000000000002",
    },
    "request-filing": {
        "charter": "0198c0de-0000-7000-8000-000000000003",
        "member_count": 12,
        "aims": "组织社区老人参加文艺活动。",
        "calendar": "CN-2026.1",
    },
    "return-filing": {"defects": ["章程缺少经费条款。"], "calendar": "CN-2026.1"},
    "abandon-filing": {},
    "pass-first-check": {"opinion": "材料齐全，同意上报。"},
    "approve-filing": {"filing_no": "南备2026-002", "valid_from": "2026-03-16"},
    "reject-filing": {
        "reason": "宗旨不符合备案条件。",
        "remedy": "可在十个工作日内向区民政局申诉。",
        "calendar": "CN-2026.1",
    },
    "request-change": {
        "change": "address",
        "new_ref": "南关区和平路7号",
        "document": "0198c0de-0000-7000-8000-000000000003",
    },
    "approve-change": {},
    "accept-agency": {},
    "refuse-change": {"reason": "证明材料不全。"},
    "start-upgrade": {},
    "abandon-upgrade": {},
    "confirm-registration": {
        "uscc": "52220102MJY0000019",
        "authority": "南关区民政局",
        "certificate": "0198c0de-0000-7000-8000-000000000003",
    },
    "submit-annual-check": {"year": 2025},
    "conclude-annual-check": {"year": 2025, "result": "passed"},
    "record-credit": {
        "kind": "warning",
        "basis": "民政局〔2026〕12号",
        "happened_on": "2026-03-02",
        "calendar": "CN-2026.1",
    },
    "place-on-list": {
        "list": "exclusion",
        "basis": "民政局〔2026〕12号",
        "until": "2029-03-02",
    },
    "remove-from-list": {"list": "exclusion", "reason": "已完成整改并验收。"},
    "suspend": {
        "decision": "民政局〔2026〕13号",
        "scope": "暂停承接资助项目。",
        "appeal_until": "2026-05-02",
        "until": "2026-09-02",
    },
    "reinstate": {"reason": "整改完成。"},
    "request-deregistration": {"reason": "完成宗旨，不再活动。"},
    "confirm-deregistration": {"asset_disposal": "剩余财产转赠同类公益组织。"},
    "drop-deregistration": {"reason": "理事会撤回决议。"},
    "grade": {"grade": "3A"},
    "lower-grade": {"grade": "2A", "cause": "内部治理长期不规范，评估复核决定降级。"},
    "record-health-check": {
        "scores": [
            {"dimension": "party_work", "points": 80},
            {"dimension": "governance", "points": 75},
            {"dimension": "finance", "points": 70},
            {"dimension": "activities", "points": 90},
            {"dimension": "team", "points": 65},
            {"dimension": "impact", "points": 85},
        ]
    },
    "start-incubation": {
        "incubator": "0198c0de-0000-7000-8000-000000000001",
        "incubated_until": "2027-03-01",
        "goals": "建立财务制度，独立承接一个微项目。",
    },
    "end-incubation": {"outcome": "graduated", "reason": "孵化目标已达成，经评估出壳。"},
    "record-inspection": {
        "kind": "routine_inspection",
        "result": "faults_found",
        "inspected_on": "2026-03-02",
        "inspectors": [
            "person:0198c0de-0000-7000-8000-000000000002",
            "person:0198c0de-0000-7000-8000-000000000003",
        ],
        "faults": [
            {
                "statement": "活动台账缺少三次签到表。",
                "severity": "minor",
                "owner": "person:0198c0de-0000-7000-8000-000000000001",
                "due": "2026-04-02",
            }
        ],
    },
}

router = noun_router("organisations", EXAMPLES, creates="import")

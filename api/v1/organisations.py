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
    "refuse-change": {"reason": "证明材料不全。"},
    "start-upgrade": {},
    "abandon-upgrade": {},
    "confirm-registration": {
        "uscc": "52220102MJY0000019",
        "authority": "南关区民政局",
        "certificate": "0198c0de-0000-7000-8000-000000000003",
    },
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
}

router = noun_router("organisations", EXAMPLES, creates="import")

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
}

router = noun_router("organisations", EXAMPLES, creates="import")

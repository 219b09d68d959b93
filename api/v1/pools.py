"""Pools of experts over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXPERT = {
    "person": "person:0198c0de-0000-7000-8000-000000000001",
    "place": "220102006",
    "employer": "0198c0de-0000-7000-8000-000000000001",
    "relations": ["0198c0de-0000-7000-8000-000000000002"],
    "left": [{"organisation": "0198c0de-0000-7000-8000-000000000003", "day": "2025-06-30"}],
    "expertise": ["为老服务", "财务"],
}

EXAMPLES: Examples = {
    "create": {"name": "区公益项目评审专家库", "place": "220102"},
    "add-expert": {"expert": EXPERT},
    "change-expert": {"expert": {**EXPERT, "relations": []}},
    "remove-expert": {
        "person": "person:0198c0de-0000-7000-8000-000000000001",
        "reason": "本人申请退出。",
    },
    "close": {"reason": "专家库换届，另建新库。"},
}

router = noun_router("pools", EXAMPLES, creates="create")

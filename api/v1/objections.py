"""Objections over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "file": {
        "proposal": "0198c0de-0000-7000-8000-000000000001",
        "statement": "该项目与上年度已资助项目内容重复。",
        "is_protected": True,
    },
    "accept": {},
    "refuse": {"reason": "所述事项与本次公示无关。"},
    "investigate": {},
    "uphold": {"result": "经核实，申报材料中的服务记录不实。"},
    "dismiss": {"result": "经核实，两个项目的服务对象与内容不同。"},
    "notify": {"document": "0198c0de-0000-7000-8000-000000000001"},
}

router = noun_router("objections", EXAMPLES, creates="file")

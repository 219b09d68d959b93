"""Overrides over HTTP: a named rule set aside for one thing, once."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "use": {
        "rule": "S6.due",
        "subject": "proposal:0198c0de-0000-7000-8000-000000000001",
        "reason": "材料于截止日当天送达，经办人当日外出未及时登记。",
    },
}

router = noun_router("overrides", EXAMPLES, creates="use")

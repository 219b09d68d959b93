"""Policies over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "publish": {
        "name": "公益创投资金管理办法",
        "edition": "2026",
        "place": "220102",
        "starts": "2026-04-01",
        "document": "南民发〔2026〕3号",
        "sha256": "ab" * 32,
    },
    "supersede": {"until": "2026-12-31"},
}

router = noun_router("policies", EXAMPLES, creates="publish")

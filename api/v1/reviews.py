"""Reviews over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "invite": {"due": "2026-03-27"},
    "accept": {"declaration": "本人与申报单位无利害关系。"},
    "start-scoring": {},
    "submit-score": {
        "scores": [{"criterion": "need", "points": 90}, {"criterion": "plan", "points": 85}],
        "comment": "需求明确。",
    },
    "lock": {},
}

router = noun_router("reviews", EXAMPLES)

"""Reviews over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "invite": {"due": "2026-03-27"},
    "accept": {"declaration": "本人与申报单位无利害关系。"},
    "refuse-invitation": {},
    "replace": {},
    "request-recusal": {"basis": "employment", "statement": "两年前曾在申报单位任职。"},
    "recuse": {"basis": "employment", "reason": "曾在申报单位任职，应当回避。"},
    "refuse-recusal": {"reason": "离职已满五年，不影响公正评审。"},
    "pass-on-request": {},
    "start-scoring": {},
    "submit-score": {
        "scores": [{"criterion": "need", "points": 90}, {"criterion": "plan", "points": 85}],
        "comment": "需求明确。",
    },
    "lock": {},
    "reopen": {"error": "arithmetic", "reason": "方案一项的得分与评审记录不符。"},
}

router = noun_router("reviews", EXAMPLES)

"""Approvals over HTTP: what waits for a second hand."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "approve": {},
    "decline": {"reason": "附件不全。"},
    "withdraw": {},
    "expire": {},
}

router = noun_router("approvals", EXAMPLES)

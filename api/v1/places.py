"""Places over HTTP."""

from __future__ import annotations

from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "record": {"code": "220102006", "name": "民康街道"},
    "rename": {"name": "民康街道"},
    "close": {"successor": "220102007", "reason": "街道合并。"},
}

router = noun_router("places", EXAMPLES, creates="record")

"""Appeals over HTTP."""

from __future__ import annotations

from typing import Any

from api.v1.kit import Examples, noun_router

VOTES: list[dict[str, Any]] = [
    {
        "member": f"person:0198c0de-0000-7000-8000-00000000000{number}",
        "is_for": number < 3,
        "document": f"0198c0de-0000-7000-8000-00000000000{number}",
    }
    for number in (1, 2, 3)
]

EXAMPLES: Examples = {
    "file": {
        "decision": "S8",
        "contested": "0198c0de-0000-7000-8000-000000000001",
        "statement": "本单位登记证书在有效期内，已附复印件。",
    },
    "admit": {"members": [vote["member"] for vote in VOTES]},
    "refuse": {"reason": "申诉事项不属于可申诉的决定。"},
    "hear": {"minutes": "0198c0de-0000-7000-8000-000000000001"},
    "grant": {"votes": VOTES, "step": "readmit-to-intake"},
    "deny": {"votes": VOTES},
    "withdraw": {},
    "notify": {"document": "0198c0de-0000-7000-8000-000000000001"},
}

router = noun_router("appeals", EXAMPLES, creates="file")

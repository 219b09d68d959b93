"""What somebody would type who asks that a reviewer steps out, or decides on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.application.near import Fields, Wish

if TYPE_CHECKING:
    from tests.application.walk import Walk

REVIEWERS = ["person:reviewer", "person:second reviewer", "person:nobody"]


def basis(walk: Walk, thing: Any) -> Fields:
    return {"basis": walk.random.choice(["kinship", "employment", "other"])}


def request(walk: Walk, thing: Any) -> Fields:
    return {**basis(walk, thing), "statement": "曾在申报单位任职"}


def of_somebody(walk: Walk, thing: Any) -> Fields:
    return {**request(walk, thing), "member": walk.random.choice(REVIEWERS)}


OF_RECUSALS: dict[tuple[str, str], Wish] = {
    ("proposal", "ask-recusal"): of_somebody,
    ("review", "request-recusal"): request,
    ("review", "recuse"): lambda walk, thing: {**basis(walk, thing), "reason": "应当回避"},
    ("review", "refuse-recusal"): lambda walk, thing: {"reason": "不影响公正"},
    ("review", "reopen"): lambda walk, thing: {"error": "arithmetic", "reason": "加总有误"},
}
"""What is typed for each verb."""

"""What somebody would type about findings, tips and overrides who wants to succeed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.overrides import MAY_BE_SET_ASIDE
from tests.application.near import Fields, Wish, in_days, reason

if TYPE_CHECKING:
    from tests.application.walk import Walk

SUBJECTS = ("fund", "round", "proposal", "grant", "tranche", "organisation")


def subject(walk: Walk, *nouns: str) -> str:
    """The stream of some thing of these nouns."""
    found = [t.stream for t in walk.replayed.things.values() if t.noun in nouns]
    return walk.random.choice(found) if found else "fund:none"


def owner(walk: Walk) -> str:
    """Mostly the applicant or a fund manager, who then answer."""
    return walk.random.choice(["person:applicant", "person:fund_manager", "person:nobody"])


def tip(walk: Walk, thing: Any) -> Fields:
    return {"subject": subject(walk, *SUBJECTS), "tip": "听说有问题"}


def adopted(walk: Walk, thing: Any) -> Fields:
    due = walk.random.choice([None, in_days(walk, 2)])
    said = {"severity": "serious", "owner": owner(walk), "statement": "经查有问题"}
    return {**said, "due": due} if due else said


def raised(walk: Walk, thing: Any) -> Fields:
    return {
        "subject": subject(walk, *SUBJECTS), "severity": "minor", "owner": owner(walk),
        "statement": "凭证不全", "amount_minor": walk.random.choice([0, 1_000]),
        "refs": [subject(walk, *SUBJECTS)],
    }  # fmt: skip


def rectified(walk: Walk, finding: Any) -> Fields | None:
    about = (finding.stream, getattr(finding, "subject", ""))
    kept = [d.id for d in walk.things("document") if getattr(d, "subject", "") in about]
    return {"measures": "已补齐", "document": kept[-1]} if kept else None


def override(walk: Walk, thing: Any) -> Fields:
    rule = walk.random.choice(sorted(MAY_BE_SET_ASIDE))
    return {"rule": rule, "subject": subject(walk, MAY_BE_SET_ASIDE[rule][0]), "reason": "特殊情况"}


CREATIONS_OF_FINDINGS: dict[tuple[str, str], Wish] = {
    ("finding", "tip"): tip,
    ("finding", "raise"): raised,
    ("override", "use"): override,
}

OF_FINDINGS: dict[tuple[str, str], Wish] = {
    ("finding", "dismiss-tip"): reason,
    ("finding", "adopt-tip"): adopted,
    ("finding", "respond"): lambda walk, thing: {"reply": "已说明"},
    ("finding", "order-rectification"): lambda walk, thing: {"due": in_days(walk, 3)},
    ("finding", "rectify"): rectified,
    ("finding", "escalate"): lambda walk, thing: {"to": "leader"},
    ("finding", "return-to-owner"): lambda walk, thing: {"due": in_days(walk, 3)},
    ("finding", "hand-over"): lambda walk, thing: {"body": "区纪委监委"},
}

"""What somebody would type who wants a change of a round or a turn of a proposal to succeed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.application.near import Fields, Wish, in_days, reason
from tests.played import CONTENT

if TYPE_CHECKING:
    from tests.application.walk import Walk


def above(walk: Walk) -> str | None:
    """Mostly no round above it, sometimes one of those there are."""
    rounds = walk.things("round")
    return walk.random.choice(rounds).id if rounds and walk.random.random() < 0.4 else None


def handed_down(walk: Walk, thing: Any) -> Fields:
    minor = walk.random.choice([1, 1_000_000, 8_000_000, 60_000_000])
    return {"lines": [{"line": "grants", "amount_minor": minor}]}


def later(walk: Walk, round: Any) -> Fields:
    closes = round.closes or walk.district.system.clock.now()
    return {"closes": closes + timedelta(days=walk.random.choice([0, 1, 3])), "reason": "应要求"}


def answer(walk: Walk, round: Any) -> Fields:
    numbers = [question.no for question in round.questions]
    asked = walk.random.choice([*numbers, None])
    return {"question": "志愿者交通费怎样列支？", "answer": "列入活动费", "asked": asked}


def further_notice(walk: Walk, thing: Any) -> Fields:
    ends = in_days(walk, walk.random.choice([7, 10, 12]))
    return {"starts": walk.district.today, "ends": ends}


def optimisation(walk: Walk, thing: Any) -> Fields:
    return {"improvements": ["请细化"], "due": in_days(walk, walk.random.choice([1, 3]))}


def improved(walk: Walk, proposal: Any) -> Fields:
    less = walk.random.choice([0, 0, 1_000_000])
    activity = {"line": "activity", "amount_minor": 9_500_000 - less}
    budget = [activity, {"line": "management", "amount_minor": 500_000}]
    lower = {"budget": budget, "requested_minor": 8_000_000 - less}
    return walk.random.choice([{"summary": CONTENT["summary"] + "，更细"}, lower])


def hearing(walk: Walk, thing: Any) -> Fields:
    heard_on = in_days(walk, walk.random.choice([0, -1, 1]))
    said = {"heard_on": heard_on, "hearing": "已陈述", "reason": "材料虚假"}
    return {"basis": "false_material", **said}


def meeting(walk: Walk, panel: Any) -> Fields:
    choices = [walk.random.choice(["for", "for", "against", "abstain"]) for _ in panel.members]
    votes = [
        {"member": member, "choice": choice}
        for member, choice in zip(panel.members, choices, strict=True)
    ]
    against = [vote["member"] for vote in votes if vote["choice"] == "against"]
    said = {"votes": votes, "dissents": [{"member": each, "text": "预算偏高"} for each in against]}
    is_equal = choices.count("for") == len(against)
    return {**said, "casting": "for"} if is_equal else said


OF_ROUNDS: dict[tuple[str, str], Wish] = {
    ("round", "allot-from-parent"): handed_down,
    ("round", "add-budget"): handed_down,
    ("round", "extend-deadline"): later,
    ("round", "ask-question"): lambda walk, thing: {"text": "可以列支交通费吗？"},
    ("round", "publish-clarification"): answer,
    ("round", "publish-supplementary-notice"): further_notice,
    ("round", "cancel"): reason,
    ("proposal", "ask-optimisation"): optimisation,
    ("proposal", "submit-optimised"): improved,
    ("proposal", "waitlist"): lambda walk, thing: {"waits_at": walk.random.choice([1, 1, 2, 3])},
    ("proposal", "disqualify"): hearing,
    ("panel", "hold-deliberation"): meeting,
}

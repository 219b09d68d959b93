"""The draw order comes to its end: somebody declines, and nobody is left to step in."""

from __future__ import annotations

from typing import Any

from tests.application.refusing import refused, rules
from tests.story.test_draws import Drawn, drawn

__all__ = ["drawn"]


def everybody_declines(drawn: Drawn) -> str:
    """One after the other declines until nobody is left; the review that is declined last."""
    waiting = list(drawn.panel.members)
    for successor in drawn.free():
        declines(drawn, waiting[0])
        drawn.path.tell("round_secretary", "reviews", "replace", drawn.review_of(waiting.pop(0)))
        waiting.append(successor)
    return declines(drawn, waiting[0])


def declines(drawn: Drawn, person: str) -> str:
    """Somebody is invited and says no; their review."""
    review = drawn.invite(person)
    drawn.answers(person, "refuse-invitation", review)
    return review


def test_when_nobody_is_left_a_witness_agrees_to_go_on_with_enough(sqlite_url: str) -> None:
    drawn = Drawn(sqlite_url, size=3)
    last = everybody_declines(drawn)
    waiting = drawn.district.tell("round_secretary", "reviews", "replace", last)
    assert waiting.prepared
    assert drawn.stage(last) == "declined"
    drawn.path.tell("oversight_officer", "approvals", "approve", waiting.id)
    assert drawn.stage(last) == "replaced"
    assert len(drawn.district.all("reviews", stage="drawn")) == 2
    drawn.district.close()


def test_fewer_reviews_than_the_round_asks_for_take_an_override(drawn: Drawn) -> None:
    district, path, last = drawn.district, drawn.path, everybody_declines(drawn)
    refusal = refused(district, "round_secretary", "reviews", "replace", last)
    assert rules(refusal) == ["V4.minimum"]
    use: dict[str, Any] = {
        "rule": "V4.minimum",
        "subject": f"review:{last}",
        "reason": "专家库已用尽",
    }
    path.pair("leader", "oversight_officer", "overrides", "use", **use)
    path.pair("round_secretary", "oversight_officer", "reviews", "replace", last)
    assert drawn.stage(last) == "replaced"

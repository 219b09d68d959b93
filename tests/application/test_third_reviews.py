"""Scores that lie too far apart, scores with an error, and a vote that not all take part in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from application.docket import Docket
from application.principals import Held
from domain.errors import Refusal
from domain.reviews.panel import order_of_draw
from tests.district import DISTRICT, RULES, District
from tests.drawn import draw_panel
from tests.played import Path, with_checked_proposal

LIMITED = {**RULES, "reviewers_min": 2, "spread_limit_milli": 10_000, "quorum_percent": 60}
POOL = ("person:reviewer", "person:second", "person:third")
SEED = "88"
FIRST, SECOND, THIRD = (one.removeprefix("person:") for one in order_of_draw(SEED, POOL))
ERROR = {"error": "arithmetic", "reason": "方案一项加总有误"}


def with_two_reviewers(district: District, *, pool: tuple[str, ...] = POOL) -> Path:
    """A round under review by the first two of a pool, which sets a limit to the spread."""
    path = with_checked_proposal(district, rules=LIMITED)
    for name in ("second", "third"):
        district.person(name, Held("reviewer", DISTRICT))
    district.wait(days=11)
    with patch.object(Docket, "new_seed", lambda docket: SEED):
        draw_panel(district, path.round, *pool, size=2)
    path.tell("round_secretary", "proposals", "admit", path.proposal)
    path.tell("round_secretary", "rounds", "start-review", path.round)
    return path


def review_of(path: Path, who: str) -> str:
    return path.district.only("reviews", member=f"person:{who}")


def sheet(points: int) -> dict[str, Any]:
    given = [{"criterion": code, "points": points} for code in ("need", "plan")]
    return {"scores": given, "comment": "可行"}


def hand_in(path: Path, who: str, points: int) -> None:
    """A review from the invitation to the score; the same points on both criteria are the total."""
    review, due = review_of(path, who), path.district.today + timedelta(days=3)
    path.tell("round_secretary", "reviews", "invite", review, due=due)
    path.tell(who, "reviews", "accept", review, declaration="无")
    path.tell(who, "reviews", "start-scoring", review)
    path.tell(who, "reviews", "submit-score", review, **sheet(points))


def lock(path: Path, *reviewers: str) -> None:
    for who in reviewers:
        path.tell("panel_chair", "reviews", "lock", review_of(path, who))


def state(path: Path, noun: str, id: str) -> Any:
    with path.district.system.store.shelf() as shelf:
        return shelf.fetch([f"{noun}:{id}"])[f"{noun}:{id}"]


def rules(path: Path, who: str, nouns: str, verb: str, id: str, **fields: Any) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        path.tell(who, nouns, verb, id, **fields)
    return [reason.rule for reason in refusal.value.reasons]


def votes(**choices: str) -> list[dict[str, str]]:
    return [{"member": f"person:{who}", "choice": choice} for who, choice in choices.items()]


def test_a_divided_panel_calls_the_next_of_the_draw(district: District) -> None:
    """60 and 90 lie 30 points apart; with 75 the mean of three is 75."""
    path = with_two_reviewers(district)
    hand_in(path, FIRST, 60)
    hand_in(path, SECOND, 90)
    district.wait(hours=1)

    third = state(path, "review", review_of(path, THIRD))
    assert (third.stage, third.is_third) == ("drawn", True)
    chair = ("panel_chair", "reviews", "lock", review_of(path, FIRST))
    assert rules(path, *chair) == ["V6.all"]

    hand_in(path, THIRD, 75)
    lock(path, FIRST, SECOND)
    district.wait(hours=1)
    assert district.all("proposals", stage="scored") == []
    lock(path, THIRD)
    district.wait(hours=1)

    proposal = state(path, "proposal", path.proposal)
    assert (proposal.stage, proposal.score_milli) == ("scored", 75_000)
    assert len(district.all("reviews")) == 3


def test_a_panel_that_agrees_calls_nobody(district: District) -> None:
    """80 and 90 lie ten points apart, which is the limit, not more."""
    path = with_two_reviewers(district)
    hand_in(path, FIRST, 80)
    hand_in(path, SECOND, 90)
    lock(path, FIRST, SECOND)
    district.wait(hours=1)

    assert state(path, "proposal", path.proposal).score_milli == 85_000
    assert len(district.all("reviews")) == 2


def test_where_nobody_is_left_the_spread_is_set_aside_by_two_hands(district: District) -> None:
    path = with_two_reviewers(district, pool=(f"person:{FIRST}", f"person:{SECOND}"))
    hand_in(path, FIRST, 60)
    hand_in(path, SECOND, 90)
    lock(path, FIRST, SECOND)
    district.wait(hours=1)
    assert state(path, "proposal", path.proposal).stage == "under_review"

    path.pair(
        "leader", "oversight_officer", "overrides", "use", rule="S11.spread",
        subject=f"proposal:{path.proposal}", reason="评委库已无其他人员",
    )  # fmt: skip
    district.wait(hours=1)

    assert state(path, "proposal", path.proposal).score_milli == 75_000


@pytest.fixture
def scored(district: District) -> Path:
    """Two reviewers gave 80 and 90; the proposal is scored with 85."""
    path = with_two_reviewers(district)
    hand_in(path, FIRST, 80)
    hand_in(path, SECOND, 90)
    lock(path, FIRST, SECOND)
    district.wait(hours=1)
    assert state(path, "proposal", path.proposal).stage == "scored"
    return path


def test_a_score_with_an_error_is_taken_up_again_and_the_old_one_stays_on_record(
    scored: Path,
) -> None:
    """88 in place of 80: the mean is 89, no longer 85."""
    review = review_of(scored, FIRST)
    scored.pair("panel_chair", "oversight_officer", "reviews", "reopen", review, **ERROR)

    sent_back = state(scored, "proposal", scored.proposal)
    assert (sent_back.stage, sent_back.score_milli, sent_back.rank) == ("under_review", None, 0)
    scored.district.wait(hours=1)
    assert state(scored, "proposal", scored.proposal).stage == "under_review"

    scored.tell(FIRST, "reviews", "submit-score", review, **sheet(88))
    lock(scored, FIRST)
    scored.district.wait(hours=1)

    (old,) = state(scored, "review", review).old_scores
    assert (old.total_milli, old.error, old.reason) == (80_000, "arithmetic", ERROR["reason"])
    again = state(scored, "proposal", scored.proposal)
    assert (again.stage, again.score_milli) == ("scored", 89_000)


def test_nobody_has_their_own_score_taken_up_again(scored: Path) -> None:
    scored.district.person(
        FIRST, Held("panel_chair", DISTRICT), Held("oversight_officer", DISTRICT)
    )
    reopen = ("reviews", "reopen", review_of(scored, FIRST))
    assert rules(scored, FIRST, *reopen, **ERROR) == ["V7.hands"]
    waiting = scored.tell("panel_chair", *reopen, **ERROR)
    assert rules(scored, FIRST, "approvals", "approve", waiting) == ["V7.hands"]
    scored.tell("oversight_officer", "approvals", "approve", waiting)


def test_no_score_is_taken_up_again_when_the_panel_has_voted_on_it(scored: Path) -> None:
    panel = scored.district.only("panels")
    said = votes(**{FIRST: "for", SECOND: "for"})
    scored.tell("panel_chair", "panels", "hold-deliberation", panel, votes=said)
    reopen = ("panel_chair", "reviews", "reopen", review_of(scored, FIRST))
    assert rules(scored, *reopen, **ERROR) == ["V7.panel"]

    scored.pair("panel_chair", "leader", "proposals", "propose-award", scored.proposal,
                amount_minor=1)  # fmt: skip
    scored.pair("panel_chair", "leader", "rounds", "fix-ranking", scored.round)
    assert rules(scored, *reopen, **ERROR) == ["V7.proposal", "V7.round", "V7.panel"]


def test_too_few_votes_are_no_deliberation_and_a_tie_is_the_chairs(scored: Path) -> None:
    """One of two members are 50%, and 60% have to vote."""
    hold = ("panel_chair", "panels", "hold-deliberation", scored.district.only("panels"))
    alone = votes(**{FIRST: "for"})
    assert rules(scored, *hold, votes=alone) == ["V9.quorum"]
    tied = votes(**{FIRST: "for", SECOND: "against"})
    assert rules(scored, *hold, votes=tied) == ["V9.tie"]
    agreed = votes(**{FIRST: "for", SECOND: "abstain"})
    assert rules(scored, *hold, votes=agreed, casting="for") == ["V9.tie"]

    scored.tell(*hold, votes=tied, casting="against")
    assert state(scored, "panel", hold[3]).casting == "against"

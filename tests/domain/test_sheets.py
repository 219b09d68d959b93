"""The score sheet, the vote of a panel on a list, and the next in the order of a draw."""

from __future__ import annotations

from typing import Any

import pytest

from domain.reviews import deliberating, recusing, review, thirds
from domain.reviews.panel import Outside, Panel, Vote, next_free, order_of_draw
from domain.reviews.review import Review, Score
from domain.rounds import decision
from tests.district import RULES
from tests.domain.test_decisions import fund, mandate, refused, round_in
from tests.domain.turns import CALENDAR, NOTICE, proposal_in, rules

OFFERED = {**RULES, "bonuses": [{"code": "party", "title": "党建引领", "max_points": 5}]}
REMARK = "现场核实，材料齐全，群众反映好"


def reviewing(**changes: Any) -> Any:
    """A round under review whose rules say something else beside the usual."""
    return round_in("reviewing", rules(**{**OFFERED, **changes}))


def score(criterion: str, points: int, comment: str = "") -> Score:
    return Score(criterion=criterion, points=points, comment=comment)


def scoring() -> Review:
    return Review(id="r", stage="scoring", member=mandate("reviewer").person)


@pytest.mark.parametrize(
    ("need", "bonuses", "rule"),
    [
        (score("need", 0), (), "V5a.extremes"),
        (score("need", 100), (), "V5a.extremes"),
        (score("need", 100, "好 好 好 好 好 好"), (), "V5a.extremes"),
        (score("need", 90), (score("party", 6, REMARK),), "V5a.bonuses"),
        (score("need", 90), (score("party", 0, REMARK),), "V5a.bonuses"),
        (score("need", 90), (score("other", 1, REMARK),), "V5a.bonuses"),
        (score("need", 90), (score("party", 1, REMARK),) * 2, "V5a.bonuses"),
        (score("need", 90), (score("party", 1, "好"),), "V5a.shown"),
    ],
)
def test_extremes_and_bonus_points_are_explained(
    need: Score, bonuses: tuple[Score, ...], rule: str
) -> None:
    said = {"scores": (need, score("plan", 80)), "comment": "可行", "bonuses": bonuses}
    found = refused(review.submit_score, scoring(), **said, round=reviewing())
    assert found == [rule]


def test_bonus_points_come_on_top_of_the_weighted_total() -> None:
    """100 × 40% + 100 × 60% are 100 points, and 5 more are 105."""
    sheet = scoring()
    full = (score("need", 100, REMARK), score("plan", 100, REMARK))
    review.submit_score(
        sheet, scores=full, comment="可行", bonuses=(score("party", 5, REMARK),),
        feedback="请补充预算说明", round=reviewing(), by=mandate("reviewer"),
    )  # fmt: skip
    assert (sheet.total_milli, sheet.feedback) == (105_000, "请补充预算说明")


def test_a_member_takes_no_part_in_the_vote_on_a_proposal_they_were_recused_from() -> None:
    """Of three members two vote on it: 66%."""
    all_vote = tuple(Vote(member=member, choice="for") for member in "abc")
    recused = (Outside(member="a", proposal="p"), Outside(member="z", proposal="p"))
    said: dict[str, Any] = {
        "votes": all_vote, "dissents": (), "casting": "", "recused": recused, "unlocked": 0,
        "sitting": frozenset("abc"),
    }  # fmt: skip
    panel = Panel(id="v", stage="drawn", members=("a", "b", "c"))
    hold = deliberating.hold_deliberation
    assert refused(hold, panel, **said, round=reviewing(quorum_percent=67)) == ["V9.quorum"]
    hold(panel, **said, round=reviewing(quorum_percent=66), by=mandate("panel_chair"))
    assert panel.outside == recused[:1]


def test_the_next_in_the_order_of_the_draw_is_nobody_who_is_taken() -> None:
    pool = ("a", "b", "c", "d")
    order = order_of_draw("88", pool)
    panel = Panel(id="v", seed="88", pool=pool, draw_order=order)
    assert next_free(panel, order[:2]) == order[2]
    assert next_free(panel, (order[0], order[2])) == order[1]
    assert next_free(panel, pool) == ""


@pytest.mark.parametrize(("stage", "is_there"), [("locked", True), ("replaced", False)])
def test_a_third_reviewer_who_left_settles_no_difference(stage: str, is_there: bool) -> None:
    two = [Review(id=id, stage="locked", total_milli=milli) for id, milli in (("a", 6), ("b", 9))]
    third = Review(id="c", stage=stage, is_third=True)
    assert thirds.has_third([*two, third]) is is_there
    assert thirds.spread_milli([*two, third]) == 3


@pytest.mark.parametrize(
    ("stage", "asked_by", "is_open"),
    [
        ("invited", "person:a", True),
        ("invited", "", False),
        ("recused", "", True),
        ("declined", "person:a", True),
        ("replaced", "person:a", False),
    ],
)
def test_a_place_is_open_until_it_is_decided_who_reviews(
    stage: str, asked_by: str, is_open: bool
) -> None:
    sheet = Review(id="r", stage=stage, asked_by=asked_by)
    assert recusing.is_undecided(sheet, proposal_in("under_review")) is is_open


@pytest.mark.parametrize(("is_published", "named"), [(True, ("person:a",)), (False, ())])
def test_reviewers_are_named_on_a_notice_only_where_the_rules_publish_them(
    is_published: bool, named: tuple[str, ...]
) -> None:
    round = round_in("deliberated", rules(reviewers_published=is_published))
    by = mandate("district_officer")
    decision.publish_notice(
        round, notice=NOTICE, items=(), undecided=0, panel_members=("person:a",),
        fund=fund(), calendar=CALENDAR, by=by,
    )  # fmt: skip
    assert by.records[-1].event.panel_members == named

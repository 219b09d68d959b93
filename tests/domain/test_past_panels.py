"""Scores of a panel held elsewhere, and the ranking of a round whose reviewers share little."""

from dataclasses import replace
from typing import Any

import pytest

from domain.proposals.proposal import Proposal
from domain.proposals.ranking import fixed_ranking
from domain.rounds import past
from domain.rounds.round import Round
from domain.scoring.elsewhere import Mark, Scale
from domain.scoring.fixing import Adjusted, Effect
from domain.scoring.sheet import Given, Sheet
from tests.domain.states import RULES
from tests.domain.test_decisions import mandate, refused, standing

SAID: dict[str, Any] = {"import_id": "i", "reviewer": "R1", "scale": Scale("0", "10", True)}


def past_round(stage: str = "historical") -> Round:
    found: Round = standing(Round, stage=stage)
    return found


def test_a_mark_is_kept_with_the_score_that_it_stands_for() -> None:
    round = past_round()
    marks = (Mark("p", 2, "2.5", 1), Mark("q", 3, "", 2), Mark("r", 4, "10"))
    past.import_scores(round, **SAID, marks=marks, by=mandate())
    (sheet,) = round.sheets
    assert [mark.score_milli for mark in sheet.marks] == [75_000, None, 0]
    assert Scale("1", "4").milli("2") == 33_333


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"scale": Scale("10", "0")}, ["I8.scale"]),
        ({"scale": Scale("low", "9")}, ["I8.scale"]),
        ({"marks": (Mark("p", 2, "10.1"),)}, ["I8.rating"]),
        ({"marks": (Mark("p", 2, "ten"), Mark("q", 3))}, ["I8.rating", "I8.says"]),
        ({"marks": (Mark("p", 2, rank=1),)}, []),
    ],
)
def test_a_mark_says_something_on_the_scale_of_its_panel(
    changes: dict[str, Any], rules: list[str]
) -> None:
    said = {**SAID, "marks": (Mark("p", 2, "10"),), **changes}
    if rules:
        assert refused(past.import_scores, past_round(), **said) == rules
    else:
        past.import_scores(past_round(), **said, by=mandate())


def test_a_round_that_is_judged_here_takes_no_scores_from_a_file() -> None:
    said = {**SAID, "marks": (Mark("p", 2, "1"),)}
    assert refused(past.import_scores, past_round("reviewing"), **said) == ["I8.stage"]


def scored_proposal(id: str, score_milli: int, **changes: Any) -> Proposal:
    return Proposal(id=id, no=id, stage="scored", score_milli=score_milli, **changes)


RATINGS = {"A": {"p": 80, "q": 70}, "B": {"p": 60, "r": 60}, "C": {"x": 50, "y": 50, "z": 90}}
"""A and B share one proposal; C's share nothing with theirs."""


def test_what_shares_no_reviewer_is_ranked_apart_and_ties_go_by_the_rules() -> None:
    found = [
        *(scored_proposal("p", 70_000), scored_proposal("q", 70_000)),
        *(scored_proposal("r", 60_000, match_minor=9), scored_proposal("x", 50_000)),
        *(scored_proposal("y", 50_000, match_minor=1), scored_proposal("w", 10_000)),
    ]
    given = (
        Given(reviewer, proposal, 1_000 * points)
        for reviewer, row in RATINGS.items()
        for proposal, points in row.items()
    )
    rules = replace(RULES, aggregation="additive", tie_break=("match",))
    ranking, adjusted = fixed_ranking(found[::-1], rules, Sheet(tuple(given)))
    assert [(item.proposal, item.rank, item.score_milli) for item in ranking] == [
        # A is ten points above B's level; p and r are worth as much, and r brings match money.
        *(("r", 1, 70_000), ("p", 2, 70_000), ("q", 3, 60_000)),
        # z was withdrawn.
        *(("y", 1, 50_000), ("x", 2, 50_000)),
        # Nobody's locked score says anything of w.
        ("w", 1, 10_000),
    ]
    effects = (Effect("A", 10_000), Effect("B", -10_000), Effect("C", 0))
    raw = (60_000, 70_000, 70_000, 50_000, 50_000, 10_000)
    assert adjusted == Adjusted("additive", raw, (3, 2), effects)

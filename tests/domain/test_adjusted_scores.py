"""Adjusted scores: as least squares has them, exact, and the same in whatever order they come."""

import random
import time
from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scoring.additive import fitted
from domain.scoring.agreement import NO_SPREAD, TOO_FEW, agreement
from domain.scoring.methods import METHODS, scored
from domain.scoring.sheet import Given, Sheet, half_up


def sheet(**rows: dict[str, int]) -> Sheet:
    """A sheet of points: for each reviewer the points of proposals."""
    return Sheet(
        tuple(
            Given(reviewer, proposal, 1_000 * points)
            for reviewer, given_points in rows.items()
            for proposal, points in given_points.items()
        )
    )


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Sheets with gaps; they may fall apart."""
    cells = st.tuples(st.sampled_from("ABCDE"), st.sampled_from("pqrstu"))
    chosen = draw(st.lists(cells, min_size=1, max_size=20, unique=True))
    return Sheet(tuple(Given(r, p, draw(st.integers(0, 100_000))) for r, p in chosen))


def least_squares(part: Sheet) -> tuple[dict[str, float], dict[str, float]]:
    """The same model by numpy, with the constraint as one more equation."""
    proposals, reviewers = list(part.of_proposals), list(part.of_reviewers)
    rows = numpy.zeros((len(part.given) + 1, len(proposals) + len(reviewers)))
    right = numpy.zeros(len(part.given) + 1)
    for row, one in enumerate(part.given):
        rows[row, proposals.index(one.proposal)] = 1
        rows[row, len(proposals) + reviewers.index(one.reviewer)] = 1
        right[row] = one.milli / 1_000
    rows[-1, len(proposals) :] = 1
    found = numpy.linalg.lstsq(rows, right, rcond=None)[0]
    return (
        dict(zip(proposals, found, strict=False)),
        dict(zip(reviewers, found[len(proposals) :], strict=True)),
    )


def close(exact: dict[str, Fraction], found: dict[str, float]) -> bool:
    return exact.keys() == found.keys() and all(
        abs(float(value) / 1_000 - found[name]) < 1e-9 for name, value in exact.items()
    )


@given(sheets())
def test_the_additive_model_is_that_of_least_squares(given_sheet: Sheet) -> None:
    worth, lenience = fitted(given_sheet)
    for part in given_sheet.parts:
        proposals, reviewers = least_squares(given_sheet.of(part))
        assert close({p: worth[p] for p in proposals}, proposals)
        assert close({r: lenience[r] for r in reviewers}, reviewers)
        assert sum(lenience[r] for r in reviewers) == 0


def test_a_large_round_is_as_exact_and_takes_less_than_two_seconds() -> None:
    chance = random.Random(20_260_301)
    people = [f"r{number}" for number in range(60)]
    large = Sheet(
        tuple(
            Given(reviewer, f"p{number}", chance.randrange(100_001))
            for number in range(500)
            for reviewer in chance.sample(people, 5)
        )
    )
    started = time.process_time()
    worth, lenience = fitted(large)
    assert time.process_time() - started < 2
    proposals, reviewers = least_squares(large)
    assert close(worth, proposals)
    assert close(lenience, reviewers)


@given(sheets(), st.randoms(use_true_random=False), st.sampled_from(METHODS))
def test_the_order_and_the_names_of_rows_and_reviewers_say_nothing(
    given_sheet: Sheet, chance: random.Random, method: str
) -> None:
    rows = list(given_sheet.given)
    chance.shuffle(rows)
    names = list(given_sheet.of_reviewers)
    others = dict(zip(names, chance.sample(names, len(names)), strict=True))
    renamed = Sheet(tuple(Given(others[r.reviewer], r.proposal, r.milli) for r in rows))
    before, after = scored(given_sheet, method), scored(renamed, method)
    assert (before.scores, before.parts) == (after.scores, after.parts)
    assert {others[r]: effect for r, effect in before.effects.items()} == after.effects
    assert agreement(given_sheet) == agreement(renamed)


@given(sheets(), st.integers(-50_000, 50_000))
def test_a_more_severe_reviewer_changes_no_difference_in_the_additive_model(
    given_sheet: Sheet, shift: int
) -> None:
    severe = given_sheet.given[0].reviewer
    moved = Sheet(
        tuple(
            Given(g.reviewer, g.proposal, g.milli + shift * (g.reviewer == severe))
            for g in given_sheet.given
        )
    )
    (before, _), (after, effects) = fitted(given_sheet), fitted(moved)
    for part in given_sheet.parts:
        assert len({after[proposal] - before[proposal] for proposal in part}) == 1
        assert sum(effects[r] for r in moved.of(part).of_reviewers) == 0


@given(sheets(), st.integers(1, 5), st.integers(-9_000, 9_000))
def test_a_z_score_forgets_scale_and_severity(given_sheet: Sheet, wider: int, shift: int) -> None:
    other = given_sheet.given[0].reviewer
    moved = Sheet(
        tuple(
            Given(
                g.reviewer, g.proposal, g.milli * wider + shift if g.reviewer == other else g.milli
            )
            for g in given_sheet.given
        )
    )
    before, after = scored(given_sheet, "z_score"), scored(moved, "z_score")
    assert (before.left_out, before.parts) == (after.left_out, after.parts)
    for one in before.scores:
        for two in before.scores:
            gap = before.scores[one] - before.scores[two]
            if gap > 2:
                assert after.scores[one] >= after.scores[two] - 1


def test_parts_that_share_no_reviewer_are_not_ranked_together() -> None:
    apart = sheet(A={"p": 90, "q": 80}, B={"p": 70, "q": 60}, C={"r": 10, "s": 20, "t": 30})
    assert apart.parts == (("r", "s", "t"), ("p", "q"))
    found = scored(apart, "additive")
    assert found.parts == apart.parts
    assert found.effects == {"A": 10_000, "B": -10_000, "C": 0}
    assert found.scores == {"p": 80_000, "q": 70_000, "r": 10_000, "s": 20_000, "t": 30_000}


def test_severity_is_taken_away_where_reviewers_saw_different_proposals() -> None:
    # B gives 20 points less than A to the one proposal that both saw.
    found = scored(sheet(A={"p": 80, "q": 70}, B={"p": 60, "r": 60}), "additive")
    assert found.scores == {"p": 70_000, "q": 60_000, "r": 70_000}
    assert found.effects == {"A": 10_000, "B": -10_000}
    assert scored(sheet(A={"p": 80, "q": 70}, B={"p": 60, "r": 60}), "mean").scores["r"] == 60_000


def test_who_gave_one_score_or_always_the_same_compares_nothing_by_z_score() -> None:
    found = scored(sheet(A={"p": 80, "q": 60}, B={"q": 90}, C={"q": 50, "r": 50}), "z_score")
    # Five scores, mean 66, and A's z-scores are the root of one half above and below.
    assert set(found.effects) == {"A"}
    assert found.left_out == ("r",)
    assert found.scores["p"] + found.scores["q"] == 2 * 66_000
    assert half_up(Fraction(found.scores["p"] - 66_000)) == 12_845
    assert scored(sheet(A={"p": 80}), "z_score").left_out == ("p",)


def test_the_single_score_of_a_reviewer_moves_no_proposal_of_the_additive_model() -> None:
    panel = {"A": {"p": 80, "q": 60}, "B": {"p": 70, "q": 40}}
    without, beside = fitted(sheet(**panel))[0], fitted(sheet(**panel, C={"q": 100}))[0]
    assert without["p"] - without["q"] == beside["p"] - beside["q"] == 25_000


def test_agreement_is_that_of_the_textbook() -> None:
    # Shrout and Fleiss, 1979: six targets, four judges; ICC(1,1) = .17 and ICC(2,1) = .29.
    judges = {"A": (9, 6, 8, 7, 10, 6), "B": (2, 1, 4, 1, 5, 2)}
    judges |= {"C": (5, 3, 6, 2, 6, 4), "D": (8, 2, 8, 6, 9, 7)}
    rows = {j: dict(zip("pqrstu", points, strict=True)) for j, points in judges.items()}
    found = agreement(sheet(**rows))
    assert (found.icc_one_way.milli, found.icc_two_way.milli) == (166, 290)
    assert (found.kendall_w.reviewers, found.kendall_w.proposals) == (4, 6)


def test_kendalls_w_counts_ties() -> None:
    same = agreement(sheet(A={"p": 1, "q": 2, "r": 2}, B={"p": 5, "q": 8, "r": 8}))
    assert same.kendall_w.milli == 1_000
    against = agreement(sheet(A={"p": 1, "q": 2, "r": 3}, B={"p": 3, "q": 2, "r": 1}))
    assert against.kendall_w.milli == 0
    # The rank sums are 2.5, 4.5 and 5; so S = 3.5, and W = 42 / (4 × 24 − 2 × 6) = 0.5.
    tied = agreement(sheet(A={"p": 1, "q": 1, "r": 2}, B={"p": 1, "q": 3, "r": 2}))
    assert tied.kendall_w.milli == 500


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ({"A": {"p": 1, "q": 2}}, TOO_FEW),
        ({"A": {"p": 1}, "B": {"p": 2}}, TOO_FEW),
        ({"A": {"p": 3, "q": 3}, "B": {"p": 3, "q": 3}}, NO_SPREAD),
    ],
)
def test_agreement_that_has_no_meaning_says_why(
    rows: dict[str, dict[str, int]], reason: str
) -> None:
    found = agreement(sheet(**rows))
    for measure in (found.icc_one_way, found.icc_two_way, found.kendall_w):
        assert (measure.milli, measure.reason) == (None, reason)


def test_the_complete_part_is_the_largest_without_gaps() -> None:
    found = agreement(
        sheet(A={"p": 1, "q": 2, "r": 3}, B={"p": 1, "q": 3, "r": 2}, C={"p": 9}, D={"q": 1})
    )
    assert (found.kendall_w.reviewers, found.kendall_w.proposals) == (2, 3)

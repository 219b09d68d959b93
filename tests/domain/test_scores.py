"""Scores and draws: exact to the thousandth of a point, and the same for everybody who asks."""

from fractions import Fraction
from itertools import permutations
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reviews.panel import order_of_draw
from domain.reviews.review import aggregate_milli, total_milli
from domain.rounds.rules import Criterion

PEOPLE = tuple(f"person:{number}" for number in range(1, 9))
totals = st.lists(st.integers(0, 100_000), min_size=1, max_size=9)


def rubric(*weights_and_most: tuple[int, int]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(code=f"c{no}", title=f"标准{no}", weight=weight, max_points=most)
        for no, (weight, most) in enumerate(weights_and_most)
    )


@pytest.mark.parametrize(
    ("points", "criteria", "milli"),
    [
        ({"c0": 90, "c1": 85}, rubric((40, 100), (60, 100)), 87_000),
        ({"c0": 10, "c1": 5}, rubric((50, 10), (50, 5)), 100_000),
        ({"c0": 0, "c1": 0}, rubric((50, 10), (50, 5)), 0),
        ({"c0": 1}, rubric((100, 3)), 33_333),
        ({"c0": 2}, rubric((100, 3)), 66_667),
        ({"c0": 3, "c1": 3, "c2": 3}, rubric((33, 7), (33, 7), (34, 7)), 42_857),
    ],
)
def test_a_total_weighs_the_share_of_the_points_of_each_criterion(
    points: dict[str, int], criteria: tuple[Criterion, ...], milli: int
) -> None:
    assert total_milli(points, criteria) == milli


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100)), min_size=1, max_size=6))
def test_a_total_is_rounded_once_and_half_up(given_points: list[tuple[int, int]]) -> None:
    criteria = rubric(*((7, most) for _, most in given_points))
    points = {f"c{no}": min(score, most) for no, (score, most) in enumerate(given_points)}
    exact = sum(Fraction(points[c.code] * c.weight * 1_000, c.max_points) for c in criteria)
    assert total_milli(points, criteria) == floor(exact + Fraction(1, 2))


@pytest.mark.parametrize(
    ("method", "given_totals", "milli"),
    [
        ("mean", [80_000, 90_000], 85_000),
        ("mean", [80_000, 80_001], 80_001),
        ("median", [10_000, 80_000, 90_000], 80_000),
        ("median", [70_000, 80_000], 75_000),
        ("trimmed_mean", [0, 80_000, 84_000, 100_000], 82_000),
        ("trimmed_mean", [80_000, 90_000], 85_000),
        ("trimmed_mean", [80_000], 80_000),
    ],
)
def test_the_totals_become_one_score_by_the_method_of_the_round(
    method: str, given_totals: list[int], milli: int
) -> None:
    assert aggregate_milli(given_totals, method) == milli


@given(totals, st.sampled_from(["mean", "median", "trimmed_mean"]))
def test_a_score_lies_between_the_totals_and_does_not_depend_on_their_order(
    given_totals: list[int], method: str
) -> None:
    score = aggregate_milli(given_totals, method)
    assert min(given_totals) <= score <= max(given_totals)
    assert score == aggregate_milli(given_totals[::-1], method)


def test_the_order_of_a_draw_does_not_depend_on_the_order_of_the_list() -> None:
    drawn = {order_of_draw("88", list(listed)) for listed in permutations(PEOPLE[:4])}
    assert len(drawn) == 1


def test_a_draw_takes_each_person_once() -> None:
    assert sorted(order_of_draw("88", PEOPLE + PEOPLE)) == sorted(PEOPLE)


def test_another_seed_draws_in_another_order() -> None:
    assert len({order_of_draw(str(seed), PEOPLE) for seed in range(20)}) > 1


def test_a_draw_can_be_run_again_by_hand() -> None:
    # SHA-256 of "88:person:1" … "88:person:3", smallest first.
    assert order_of_draw("88", PEOPLE[:3]) == ("person:2", "person:3", "person:1")

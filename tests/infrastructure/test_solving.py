"""What a solver works out: the best there is, the same every time, and never taken on trust."""

from __future__ import annotations

import time
from itertools import product
from random import Random

import pytest

from domain.errors import Refusal
from domain.reviews.assignment import Load, loads_of, torn_by
from domain.rounds.allocation import (
    Asked,
    Given,
    Problem,
    amount_of,
    keeps_to,
    value_of,
    working_sha,
)
from domain.rounds.rules import LeastShare
from infrastructure.solving import SMALL, Solver, allocating, assigning, branching, flowing


def a_problem(random: Random, count: int, least_percent: int, *shares: LeastShare) -> Problem:
    """Proposals with points and amounts as they come, in three streets."""
    asked = tuple(
        Asked(
            proposal=f"p{number:03}",
            score_milli=random.randrange(40_000, 99_000),
            most_minor=random.randrange(20_000, 100_001),
            place=f"22010200{random.randrange(3)}",
        )
        for number in range(count)
    )
    return Problem(
        budget_minor=random.randrange(50_000, 300_000),
        least_percent=least_percent,
        least_shares=shares,
        asked=asked,
    )


def best_by_trying_all(problem: Problem) -> int | None:
    """The highest value of all allocations; None where none keeps to the rules."""
    best = None
    for percents in product((0, *problem.levels), repeat=len(problem.asked)):
        given = tuple(
            Given(proposal=asked.proposal, percent=percent)
            for asked, percent in zip(problem.asked, percents, strict=True)
            if percent
        )
        if not any(keeps_to("try", problem, given)):
            best = max(best or 0, value_of(problem, given))
    return best


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("count", "least_percent"), [(9, 100), (4, 70)])
def test_both_ways_find_the_best_of_all_allocations(
    seed: int, count: int, least_percent: int
) -> None:
    share = LeastShare(kind="place", key="220102001", amount_minor=40_000)
    problem = a_problem(Random(seed), count, least_percent, share)
    best = best_by_trying_all(problem)
    if best is None:
        for allocate in (allocating.allocate, branching.allocate):
            with pytest.raises(Refusal) as refused:
                allocate(problem)
            assert [reason.rule for reason in refused.value.reasons] == ["allocation.none"]
        return
    for allocate in (allocating.allocate, branching.allocate):
        solution = allocate(problem)
        assert (solution.value, solution.bound) == (best, best)
        assert not any(keeps_to("try", problem, solution.given))


@pytest.mark.parametrize("least_percent", [100, 50])
def test_500_proposals_with_ten_least_shares_are_allocated_best_in_under_five_seconds(
    least_percent: int,
) -> None:
    random = Random(1)
    streets = [f"2201020{number:02}" for number in range(10)]
    asked = tuple(
        Asked(
            proposal=f"0198c0de-0000-7000-8000-{number:012}",
            score_milli=random.randrange(40_000, 99_000),
            most_minor=random.randrange(20_000, 100_001) * 100,
            place=random.choice(streets),
        )
        for number in range(500)
    )
    shares = tuple(LeastShare(kind="place", key=s, amount_minor=60_000_000) for s in streets)
    problem = Problem(
        budget_minor=1_000_000_000, least_percent=least_percent, least_shares=shares, asked=asked
    )

    started = time.perf_counter()
    solution = allocating.allocate(problem)
    took = time.perf_counter() - started

    assert solution.bound == solution.value == value_of(problem, solution.given)
    assert not any(keeps_to("try", problem, solution.given))
    assert took < 5
    again = allocating.allocate(problem)
    assert working_sha(problem, again) == working_sha(problem, solution)


def test_money_in_odd_fen_is_never_overspent() -> None:
    asked = tuple(
        Asked(proposal=f"p{n}", score_milli=50_000 + n, most_minor=900_719_925_474_099 + n)
        for n in range(8)
    )
    problem = Problem(
        budget_minor=3 * 900_719_925_474_099 + 2, least_percent=100, least_shares=(), asked=asked
    )
    solution = allocating.allocate(problem)
    assert sum(amount_of(a, 100) for a in asked if a.proposal in paid(solution.given)) <= (
        problem.budget_minor
    )
    assert not any(keeps_to("try", problem, solution.given))


def paid(given: tuple[Given, ...]) -> set[str]:
    """The proposals that get something."""
    return {item.proposal for item in given}


def test_without_the_solver_small_rounds_are_exact_and_large_ones_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    small = a_problem(Random(3), 12, 100)
    assert Solver().allocate(small).method == "exact"
    with pytest.raises(Refusal) as refused:
        Solver().allocate(a_problem(Random(3), SMALL + 1, 100))
    assert [reason.rule for reason in refused.value.reasons] == ["allocation.solver"]
    assert Solver().assign(a_load(Random(3), 6, 4, 2)).method == "exact"


def a_load(random: Random, proposals: int, members: int, each: int) -> Load:
    """Proposals to be read, with conflicts and fields as they come."""
    pairs = [(p, m) for p in range(proposals) for m in range(members)]
    barred = tuple(sorted(random.sample(pairs, len(pairs) // 12)))
    return Load(
        members=tuple(f"m{number}" for number in range(members)),
        proposals=tuple(f"p{number}" for number in range(proposals)),
        each=each,
        most=proposals,
        barred=barred,
        expert=tuple(sorted(random.sample(pairs, len(pairs) // 4))),
    )


@pytest.mark.parametrize("seed", range(60))
def test_both_ways_assign_as_evenly_and_as_fittingly(seed: int) -> None:
    random = Random(seed)
    load = a_load(random, random.randrange(1, 22), random.randrange(4, 9), random.randrange(1, 4))
    try:
        plan = assigning.assign(load)
    except Refusal:
        with pytest.raises(Refusal):
            flowing.assign(load)
        return
    other = flowing.assign(load)
    assert (plan.spread, plan.fitting) == (other.spread, other.fitting)
    assert plan.bound == plan.fitting


def test_500_proposals_with_five_readers_each_are_assigned_in_under_ten_seconds() -> None:
    load = a_load(Random(7), 500, 60, 5)

    started = time.perf_counter()
    plan = assigning.assign(load)
    took = time.perf_counter() - started

    loads = loads_of(load, plan.readings)
    assert max(loads) - min(loads) <= 1
    assert plan.spread == max(loads) - min(loads)
    assert all(len(set(reading.members)) == 5 for reading in plan.readings)
    assert not [*torn_by(load, plan.readings)]
    assert plan.fitting == plan.bound > 0
    assert took < 10
    assert assigning.assign(load) == plan


def test_what_members_read_already_counts_when_loads_are_made_even() -> None:
    load = Load(
        members=("a", "b", "c"), proposals=("p1", "p2", "p3"), each=1, most=5, held=(3, 0, 1)
    )
    for assign in (assigning.assign, flowing.assign):
        loads = loads_of(load, assign(load).readings)
        assert loads == (3, 2, 2)


def test_a_proposal_that_nobody_may_read_is_named() -> None:
    load = Load(members=("a", "b"), proposals=("p1", "p2"), each=1, most=5, barred=((1, 0), (1, 1)))
    for assign in (assigning.assign, flowing.assign):
        with pytest.raises(Refusal) as refused:
            assign(load)
        (reason,) = refused.value.reasons
        assert (reason.rule, reason.values["proposals"]) == ("assignment.free", "p2")

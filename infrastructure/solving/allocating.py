"""Allocations by HiGHS: one column for every proposal and percentage that it may get."""

from __future__ import annotations

import math

from domain.errors import check, refuse
from domain.rounds.allocation import (
    Given,
    Problem,
    Solution,
    amount_of,
    counts_for,
    keeps_to,
    value_of,
)
from infrastructure.solving.program import Program, maximise

TRIES = 20
"""How often an answer that breaks a rule by a rounding is ruled out and asked for again."""

Choice = tuple[int, int]
"""A proposal by its place in the problem, and a percentage."""


def allocate(problem: Problem) -> Solution:
    """The best allocation, with the bound that the solver proved; refused where there is none."""
    program, choices = program_of(problem)
    for _ in range(TRIES):
        found = maximise(program)
        if found is None:
            raise refuse(
                "allocation.none",
                "No allocation keeps to the budget and gives every place and theme its least "
                "share; lower a share or add to the budget.",
            )
        taken = [index for index, value in enumerate(found.values) if value > 0.5]
        given = tuple(
            Given(proposal=problem.asked[i].proposal, percent=percent)
            for i, percent in (choices[index] for index in taken)
        )
        if not any(keeps_to("allocation", problem, given)):
            value = value_of(problem, given)
            bound = max(value, math.floor(found.bound + 0.5) if found.bound < 2**52 else value)
            return Solution(given=given, value=value, bound=bound, method="highs")
        # The columns were a hair off whole, and money adds up to more than the hair allows.
        program.row(-math.inf, len(taken) - 1, dict.fromkeys(taken, 1))
    check(*keeps_to("allocation", problem, given))
    raise AssertionError("An allocation that keeps to every rule was ruled out.")


def program_of(problem: Problem) -> tuple[Program, list[Choice]]:
    """The problem as a program, and which choice each of its columns stands for."""
    program = Program()
    choices = [(i, percent) for i in range(len(problem.asked)) for percent in problem.levels]
    amounts = [amount_of(problem.asked[i], percent) for i, percent in choices]
    for i, percent in choices:
        program.column(problem.asked[i].score_milli * percent)
    width = len(problem.levels)
    if width > 1:
        for i in range(len(problem.asked)):
            program.row(-math.inf, 1, dict.fromkeys(range(i * width, (i + 1) * width), 1))
    unit = math.gcd(*amounts) or 1
    program.row(
        -math.inf, problem.budget_minor // unit, {n: a // unit for n, a in enumerate(amounts)}
    )
    for share in problem.least_shares:
        parts = {
            n: amounts[n] // unit
            for n, (i, _) in enumerate(choices)
            if counts_for(problem.asked[i], share)
        }
        program.row(-(-share.amount_minor // unit), math.inf, parts)
    return program, choices

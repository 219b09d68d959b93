"""Allocations without a solver: every choice is tried, but for those that cannot be the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from domain.errors import refuse
from domain.rounds.allocation import (
    Asked,
    Given,
    Problem,
    Solution,
    amount_of,
    counts_for,
    value_of,
)

MOST_STEPS = 3_000_000
"""How many choices are tried before the search is given up."""


@dataclass(slots=True)
class Search:
    """A depth-first search over the proposals, those first that give most for their money."""

    problem: Problem
    order: list[Asked]
    best: int = -1
    found: tuple[Given, ...] | None = None
    steps: int = 0
    taken: list[Given] = field(default_factory=list)

    def go(self, at: int, left: int, value: int, owed: Sequence[int]) -> None:
        """Tries every percentage for the proposal at a place of the order, the highest first."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise refuse(
                "allocation.effort",
                "Without a solver this allocation takes too long; award the amounts by hand.",
            )
        if at == len(self.order):
            if value > self.best and not any(due > 0 for due in owed):
                self.best, self.found = value, tuple(self.taken)
            return
        if value + self.at_most(at, left) <= self.best or not self.can_still(at, left, owed):
            return
        asked = self.order[at]
        for percent in (*reversed(self.problem.levels), 0):
            amount = amount_of(asked, percent)
            if amount > left:
                continue
            if percent:
                self.taken.append(Given(proposal=asked.proposal, percent=percent))
            shares = self.problem.least_shares
            rest = [
                due - amount * counts_for(asked, share)
                for due, share in zip(owed, shares, strict=True)
            ]
            self.go(at + 1, left - amount, value + asked.score_milli * percent, rest)
            if percent:
                self.taken.pop()

    def at_most(self, at: int, left: int) -> int:
        """What the rest of the order could add if the last award could be cut anywhere."""
        added, rest = Fraction(0), Fraction(left)
        for asked in self.order[at:]:
            cost = price(asked, self.problem)
            if cost > rest:
                return int(added + asked.score_milli * 100 * rest / cost)
            added += asked.score_milli * 100
            rest -= cost
        return int(added)

    def can_still(self, at: int, left: int, owed: Sequence[int]) -> bool:
        """Whether what is left of the order and of the money can still meet each least share."""
        return all(
            due <= min(left, sum(a.most_minor for a in self.order[at:] if counts_for(a, share)))
            for due, share in zip(owed, self.problem.least_shares, strict=True)
        )


def price(asked: Asked, problem: Problem) -> Fraction:
    """What the whole proposal costs at the cheapest of its percentages."""
    return min(Fraction(amount_of(asked, level) * 100, level) for level in problem.levels)


def allocate(problem: Problem) -> Solution:
    """The best allocation of all; refused where none keeps to the rules."""
    order = sorted(
        problem.asked,
        key=lambda a: (price(a, problem) / max(a.score_milli, 1), a.proposal),
    )
    search = Search(problem, order)
    search.go(0, problem.budget_minor, 0, [share.amount_minor for share in problem.least_shares])
    if search.found is None:
        raise refuse(
            "allocation.none",
            "No allocation keeps to the budget and gives every place and theme its least "
            "share; lower a share or add to the budget.",
        )
    places = {asked.proposal: place for place, asked in enumerate(problem.asked)}
    given = tuple(sorted(search.found, key=lambda item: places[item.proposal]))
    value = value_of(problem, given)
    return Solution(given=given, value=value, bound=value, method="exact")

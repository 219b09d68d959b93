"""Allocation: which proposals are funded and how far, so that the panel's points go furthest.

Everything is a whole number: points in thousandths, money in minor units, shares in percent. So
whoever has the inputs can add up any allocation by hand, and no solver has to be believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from domain.errors import Reason
from domain.money import percent_of
from domain.policies import holds
from domain.rounds.rules import LeastShare
from domain.values import Id, Name, covers

STEP_PERCENT = 5
"""By how many percent of what was asked for an award may be made smaller, where it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A scored proposal as an allocation sees it: its points, and the most that it may get."""

    proposal: str
    score_milli: int
    most_minor: int
    place: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is to be allocated, and what every allocation has to keep to.

    `least_percent` is the smallest share of what was asked for that still makes sense; at 100
    a proposal gets the whole or nothing.
    """

    budget_minor: int
    least_percent: int
    least_shares: tuple[LeastShare, ...]
    asked: tuple[Asked, ...]

    @property
    def levels(self) -> tuple[int, ...]:
        """The percentages that an award may have, the smallest first."""
        return (*range(self.least_percent, 100, STEP_PERCENT), 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a proposal gets of what it asked for, in percent."""

    proposal: Id
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """An allocation, its value, and the value that no allocation can exceed.

    Values are sums of points in thousandths times percent. Where `bound` equals `value`, nothing
    better exists. `method` names what found it.
    """

    given: tuple[Given, ...]
    value: int
    bound: int
    method: Name


def counts_for(asked: Asked, share: LeastShare) -> bool:
    """Whether an award to the proposal counts towards a least share."""
    return asked.theme == share.key if share.kind == "theme" else covers(share.key, asked.place)


def amount_of(asked: Asked, percent: int) -> int:
    """What a percentage of the proposal comes to, rounded down to the minor unit."""
    return percent_of(asked.most_minor, percent)


def value_of(problem: Problem, given: Iterable[Given]) -> int:
    """The points that an allocation buys: each proposal's, times the percentage it gets."""
    points = {asked.proposal: asked.score_milli for asked in problem.asked}
    return sum(points[item.proposal] * item.percent for item in given)


def keeps_to(rule: str, problem: Problem, given: Sequence[Given]) -> Iterable[Reason | None]:
    """Every way in which an allocation breaks what it has to keep to."""
    asked = {each.proposal: each for each in problem.asked}
    yield from is_of_scored(rule, asked, given)
    known = [item for item in given if item.proposal in asked]
    yield holds(
        f"{rule}.levels",
        all(item.percent in problem.levels for item in known),
        "A proposal gets one of these percentages of what it asked for: {levels}.",
        field="/given",
        levels=", ".join(str(level) for level in problem.levels),
    )
    amounts = [(asked[i.proposal], amount_of(asked[i.proposal], i.percent)) for i in known]
    yield holds(
        f"{rule}.budget",
        sum(amount for _, amount in amounts) <= problem.budget_minor,
        "The allocation gives more than the round still has.",
        field="/given",
    )
    for share in problem.least_shares:
        yield gives_least(rule, share, amounts)


def is_of_scored(
    rule: str, asked: Collection[str], given: Sequence[Given]
) -> Iterable[Reason | None]:
    """An allocation gives to scored proposals, and to each of them once."""
    strange = [item.proposal for item in given if item.proposal not in asked]
    yield holds(
        f"{rule}.scored",
        not strange,
        "These are not scored proposals of this round: {proposals}.",
        field="/given",
        proposals=", ".join(strange[:5]),
    )
    yield holds(
        f"{rule}.once",
        len({item.proposal for item in given}) == len(given),
        "Each proposal is given something once.",
        field="/given",
    )


def gives_least(
    rule: str, share: LeastShare, amounts: Iterable[tuple[Asked, int]]
) -> Reason | None:
    """A place or a theme gets what the rules give it at least."""
    reached = sum(amount for asked, amount in amounts if counts_for(asked, share))
    return holds(
        f"{rule}.least",
        reached >= share.amount_minor,
        "The rules give at least {least} minor units to {key}, and the allocation {reached}.",
        field="/given",
        least=share.amount_minor,
        key=share.key,
        reached=reached,
    )


def working(problem: Problem, solution: Solution) -> bytes:
    """The working paper: inputs, solution and bound as one line of JSON, the same every time."""
    paper = {"problem": problem, "solution": solution}
    return msgspec.json.encode(paper, order="sorted")


def working_sha(problem: Problem, solution: Solution) -> str:
    """The SHA-256 of the working paper."""
    return hashlib.sha256(working(problem, solution)).hexdigest()

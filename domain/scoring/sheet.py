"""The score sheet of a panel: who gave which proposal how many points, with gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Given:
    """The score that a reviewer gave a proposal, in thousandths of a point."""

    reviewer: str
    proposal: str
    milli: int


@dataclass(frozen=True)
class Sheet:
    """Every score of a panel, at most one of a reviewer for a proposal."""

    given: tuple[Given, ...]

    @cached_property
    def of_proposals(self) -> dict[str, dict[str, int]]:
        """For each proposal its score from each reviewer who gave one."""
        found: dict[str, dict[str, int]] = {}
        for one in sorted(self.given, key=lambda one: (one.proposal, one.reviewer)):
            found.setdefault(one.proposal, {})[one.reviewer] = one.milli
        return found

    @cached_property
    def of_reviewers(self) -> dict[str, dict[str, int]]:
        """For each reviewer the scores that they gave, by proposal."""
        found: dict[str, dict[str, int]] = {}
        for one in sorted(self.given, key=lambda one: (one.reviewer, one.proposal)):
            found.setdefault(one.reviewer, {})[one.proposal] = one.milli
        return found

    def of(self, proposals: Iterable[str]) -> Sheet:
        """What the sheet says of some proposals alone."""
        wanted = frozenset(proposals)
        return Sheet(tuple(one for one in self.given if one.proposal in wanted))

    @cached_property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The proposals, apart where no chain of shared reviewers leads from one to the other.

        The part with the most proposals comes first, of equal ones that with the first proposal.
        """
        left, found = dict.fromkeys(self.of_proposals), []
        while left:
            reached, edge = set[str](), [next(iter(left))]
            while edge:
                proposal = edge.pop()
                if proposal in reached:
                    continue
                reached.add(proposal)
                del left[proposal]
                for reviewer in self.of_proposals[proposal]:
                    edge += [other for other in self.of_reviewers[reviewer] if other in left]
            found.append(tuple(sorted(reached)))
        return tuple(sorted(found, key=lambda part: (-len(part), part)))


def half_up(value: Fraction | int) -> int:
    """The nearest whole number, and of two the higher."""
    return floor(value + HALF)


def mean_of(values: Iterable[Fraction | int]) -> Fraction:
    """The sum of one value or more, divided by how many there are."""
    each = list(values)
    return Fraction(sum(each, Fraction(0)), len(each))

"""Score sheets of panels held elsewhere: what a file states, on a scale of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

from domain.scoring.sheet import Given, Sheet, half_up
from domain.values import Count

NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)
"""How a rating or the end of a scale is written."""

HIGHEST = 100_000
"""The best score there is, in thousandths of a point."""

Number = Annotated[str, MinLen(1), MaxLen(20)]
Pseudonym = Annotated[str, MinLen(1), MaxLen(20)]
Label = Annotated[str, MinLen(1), MaxLen(100)]


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of the scale of a panel, and whether a lower rating is a better one."""

    low: Number = "0"
    high: Number = "100"
    lower_is_better: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether both ends are numbers, the higher above the lower."""
        return all(map(NUMBER.fullmatch, (self.low, self.high))) and self.span > 0

    @property
    def span(self) -> Fraction:
        """How far the ends are apart."""
        return Fraction(self.high) - Fraction(self.low)

    def holds(self, rating: str) -> bool:
        """Whether the rating is a number between the ends."""
        if not NUMBER.fullmatch(rating):
            return False
        return Fraction(self.low) <= Fraction(rating) <= Fraction(self.high)

    def milli(self, rating: str) -> int:
        """The rating as thousandths of a point of 100, the best always highest, half up."""
        share = (Fraction(rating) - Fraction(self.low)) / self.span
        return half_up(HIGHEST * (1 - share if self.lower_is_better else share))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reviewer says of a proposal, as a row of the file states it.

    `rating` is empty where the row has a rank alone. `rank` is the reviewer's own, 1 the best.
    """

    proposal: Label
    row: Count
    rating: Annotated[str, MaxLen(20)] = ""
    rank: Annotated[int, Ge(1), Le(10_000)] | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark as it is recorded: with the score that the rating stands for."""

    proposal: str
    row: int
    rating: str = ""
    rank: int | None = None
    score_milli: int | None = None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The marks of one reviewer, who is told by a pseudonym, and their scale."""

    reviewer: str
    scale: Scale
    marks: tuple[Marked, ...]


def said(sheets: Iterable[ScoreSheet]) -> frozenset[tuple[object, ...]]:
    """What sheets say, wherever in the file it stood."""
    return frozenset(
        (sheet.reviewer, sheet.scale, mark.proposal, mark.rating, mark.rank)
        for sheet in sheets
        for mark in sheet.marks
    )


def sheet_of(sheets: Iterable[ScoreSheet]) -> Sheet:
    """The scores of sheets, without the rows that have a rank alone."""
    return Sheet(
        tuple(
            Given(sheet.reviewer, mark.proposal, mark.score_milli)
            for sheet in sheets
            for mark in sheet.marks
            if mark.score_milli is not None
        )
    )


def ranks_of(sheets: Iterable[ScoreSheet]) -> dict[str, tuple[int, ...]]:
    """The ranks that reviewers gave each proposal themselves, the best first."""
    found: dict[str, list[int]] = {}
    for sheet in sheets:
        for mark in sheet.marks:
            if mark.rank is not None:
                found.setdefault(mark.proposal, []).append(mark.rank)
    return {proposal: tuple(sorted(ranks)) for proposal, ranks in found.items()}

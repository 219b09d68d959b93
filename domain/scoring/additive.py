"""The additive model: a score is what the proposal is worth, plus how its reviewer scores.

The values are those of least squares: no others come closer to the scores as they were given.
They are worked out exactly, in whole numbers, by elimination without fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import repeat
from math import lcm

from domain.scoring.sheet import Sheet, mean_of

Table = Mapping[str, Mapping[str, int]]
"""Scores by one side, then by the other."""

Effects = dict[str, Fraction]


def fitted(sheet: Sheet) -> tuple[Effects, Effects]:
    """What each proposal is worth and by how much each reviewer is above it, in thousandths.

    In each part of the sheet the reviewers' effects add up to nought.
    """
    worth: Effects = {}
    lenience: Effects = {}
    for part in sheet.parts:
        proposals, reviewers = solved(sheet.of(part))
        shift = mean_of(reviewers.values())
        worth |= {proposal: value + shift for proposal, value in proposals.items()}
        lenience |= {reviewer: value - shift for reviewer, value in reviewers.items()}
    return worth, lenience


def solved(sheet: Sheet) -> tuple[Effects, Effects]:
    """Values of a connected sheet; the smaller side is solved, and the other follows from it."""
    proposals, reviewers = sheet.of_proposals, sheet.of_reviewers
    if len(reviewers) <= len(proposals):
        fewer = of_fewer(reviewers, proposals)
        return residues(proposals, fewer), fewer
    fewer = of_fewer(proposals, reviewers)
    return fewer, residues(reviewers, fewer)


def residues(table: Table, others: Effects) -> Effects:
    """What is left of the scores of each, on average, without the effects of the other side."""
    return {
        name: mean_of(milli - others[other] for other, milli in row.items())
        for name, row in table.items()
    }


def of_fewer(fewer: Table, more: Table) -> Effects:
    """The effects of the smaller side, the last of which is nought.

    Each one of the larger side is eliminated beforehand: it is the mean of what is left of its
    scores. All is multiplied by a number that makes it whole.
    """
    names = list(fewer)
    whole = lcm(*(len(row) for row in more.values()))
    at = {name: index for index, name in enumerate(names[:-1])}
    size = len(at)
    rows = [[0] * (size + 1) for _ in range(size)]
    for scores in more.values():
        share, total = whole // len(scores), sum(scores.values())
        inside = [at[name] for name in scores if name in at]
        for name, milli in scores.items():
            if name in at:
                row = rows[at[name]]
                row[at[name]] += whole
                row[size] += whole * milli - share * total
                for other in inside:
                    row[other] -= share
    found = dict(zip(names, solution(rows), strict=False))
    return found | {names[-1]: Fraction(0)}


def solution(rows: list[list[int]]) -> Iterator[Fraction]:
    """Solves equations whose matrix is symmetric and positive definite (Bareiss).

    Each row ends with its right side. Every division is exact, so the numbers stay whole.
    """
    size, before = len(rows), 1
    for step in range(size):
        pivot, head = rows[step][step], rows[step]
        for row in rows[step + 1 :]:
            first = row[step]
            row[step] = 0
            for column in range(step + 1, size + 1):
                row[column] = (row[column] * pivot - first * head[column]) // before
        before = pivot
    scaled = [0] * size
    for step in reversed(range(size)):
        row = rows[step]
        known = sum(row[column] * scaled[column] for column in range(step + 1, size))
        scaled[step] = (row[size] * before - known) // row[step]
    return map(Fraction, scaled, repeat(before))

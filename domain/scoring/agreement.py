"""How far reviewers agree: the intraclass correlation, and Kendall's W.

Both say 1 where all agree and nought where the scores say nothing of the proposals; the first may
fall below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.scoring.sheet import Sheet, half_up, mean_of


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure in thousandths, or why there is none; of how many reviewers and proposals."""

    milli: int | None
    reviewers: int
    proposals: int
    reason: str = ""


TOO_FEW = "too_few"
"""There are not two proposals, or nobody beside whom a score could be set."""

NO_SPREAD = "no_spread"
"""Every score is the same, so that there is nothing to agree on."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Three measures, of all scores or of the complete part of a sheet.

    `icc_one_way` is ICC(1) of all scores, gaps allowed: single scores, reviewers not told apart.
    `icc_two_way` is ICC(A,1) of the complete part: single scores, severity counts as disagreement.
    `kendall_w` is of the complete part, corrected for ties.
    """

    icc_one_way: Measure
    icc_two_way: Measure
    kendall_w: Measure


def agreement(sheet: Sheet) -> Agreement:
    """How far the reviewers of a sheet agree."""
    complete = complete_part(sheet)
    return Agreement(icc_one_way(sheet), icc_two_way(complete), kendall_w(complete))


def complete_part(sheet: Sheet) -> Sheet:
    """The largest part without gaps, among those of reviewers with so many scores or more.

    For each number of scores, that is the proposals which all of these reviewers have scored; of
    parts with as many scores, that with more reviewers.
    """
    best, largest = Sheet(()), (0, 0)
    for least in sorted({len(given) for given in sheet.of_reviewers.values()}):
        reviewers = [r for r, given in sheet.of_reviewers.items() if len(given) >= least]
        shared = [p for p, given in sheet.of_proposals.items() if given.keys() >= set(reviewers)]
        cells = (len(reviewers) * len(shared), len(reviewers))
        if len(reviewers) > 1 and len(shared) > 1 and cells > largest:
            chosen = frozenset(reviewers)
            largest = cells
            best = Sheet(tuple(g for g in sheet.of(shared).given if g.reviewer in chosen))
    return best


def squares(values: Iterable[int | Fraction], centre: Fraction) -> Fraction:
    """The sum of the squared distances from a centre."""
    return sum(((value - centre) ** 2 for value in values), Fraction(0))


def measured(sheet: Sheet, share: Fraction | int, whole: Fraction | int, reason: str) -> Measure:
    """The share of the whole as a measure, or the reason why there is none."""
    value = None if reason or not whole else half_up(1_000 * Fraction(share) / whole)
    why = reason or ("" if whole else NO_SPREAD)
    return Measure(value, len(sheet.of_reviewers), len(sheet.of_proposals), why)


def icc_one_way(sheet: Sheet) -> Measure:
    """ICC(1) from a one-way analysis of variance; the groups may be of different sizes."""
    rows = [list(given.values()) for given in sheet.of_proposals.values()]
    count, groups = len(sheet.given), len(rows)
    if groups < 2 or count == groups:
        return measured(sheet, 0, 0, TOO_FEW)
    centre = mean_of(one.milli for one in sheet.given)
    between = sum((len(row) * (mean_of(row) - centre) ** 2 for row in rows), Fraction(0))
    within = sum((squares(row, mean_of(row)) for row in rows), Fraction(0))
    between, within = between / (groups - 1), within / (count - groups)
    usual = (count - Fraction(sum(len(row) ** 2 for row in rows), count)) / (groups - 1)
    return measured(sheet, between - within, between + (usual - 1) * within, "")


def icc_two_way(sheet: Sheet) -> Measure:
    """ICC(A,1) of a sheet without gaps, from a two-way analysis of variance."""
    items, raters = len(sheet.of_proposals), len(sheet.of_reviewers)
    if not sheet.given:
        return measured(sheet, 0, 0, TOO_FEW)
    centre = mean_of(one.milli for one in sheet.given)
    of_items = squares((mean_of(row.values()) for row in sheet.of_proposals.values()), centre)
    of_raters = squares((mean_of(row.values()) for row in sheet.of_reviewers.values()), centre)
    rest = squares((g.milli for g in sheet.given), centre) - raters * of_items - items * of_raters
    error = rest / ((items - 1) * (raters - 1))
    between, columns = raters * of_items / (items - 1), items * of_raters / (raters - 1)
    whole = between + (raters - 1) * error + Fraction(raters, items) * (columns - error)
    return measured(sheet, between - error, whole, "")


def kendall_w(sheet: Sheet) -> Measure:
    """Kendall's W of a sheet without gaps, with the correction for ties."""
    items, raters = len(sheet.of_proposals), len(sheet.of_reviewers)
    if not sheet.given:
        return measured(sheet, 0, 0, TOO_FEW)
    sums = [0] * items
    ties = 0
    for given in sheet.of_reviewers.values():
        doubled, tied = twice_ranks(list(given.values()))
        sums = [total + rank for total, rank in zip(sums, doubled, strict=True)]
        ties += tied
    # The ranks are doubled, to stay whole; so the spread of their sums is four times as large.
    spread = squares(sums, mean_of(sums)) / 4
    whole = raters * (raters * (items**3 - items) - ties)
    return measured(sheet, 12 * spread, whole, "")


def twice_ranks(values: Sequence[int]) -> tuple[list[int], int]:
    """Twice the rank of each value, ties sharing the middle, and the sum of t³ − t over ties."""
    count = Counter(values)
    rank, below = {}, 0
    for value in sorted(count):
        rank[value] = 2 * below + count[value] + 1
        below += count[value]
    return [rank[value] for value in values], sum(t**3 - t for t in count.values())

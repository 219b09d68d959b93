"""How the scores of several reviewers become one, as they were given or adjusted.

The mean, the trimmed mean and the median know the scores of one proposal. The adjusted methods,
z-score and additive, need the whole round: they take away how severe each reviewer is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt

from domain.scoring.additive import fitted
from domain.scoring.sheet import Sheet, half_up, mean_of

SCALE = 10**12
"""To which part of a unit a square root is taken, always downwards."""


def mean(scores: Sequence[int]) -> Fraction:
    """The sum of the scores, divided by how many there are."""
    return mean_of(scores)


def trimmed_mean(scores: Sequence[int]) -> Fraction:
    """The mean without one lowest and one highest score, where there are three or more."""
    ordered = sorted(scores)
    return mean_of(ordered[1:-1] if len(ordered) > 2 else ordered)


def median(scores: Sequence[int]) -> Fraction:
    """The score in the middle, or the mean of the two there."""
    ordered = sorted(scores)
    return mean_of(ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1])


RAW: dict[str, Callable[[Sequence[int]], Fraction]] = {
    "mean": mean,
    "trimmed_mean": trimmed_mean,
    "median": median,
}
"""The methods that need the scores of one proposal alone."""

ADJUSTED = ("z_score", "additive")
"""The methods that need the scores of the whole round."""

METHODS = (*RAW, *ADJUSTED)


@dataclass(frozen=True, slots=True)
class Scored:
    """What a method makes of a sheet, in thousandths of a point, rounded half up.

    `parts` are the proposals that may be ranked together; without a score stay those of which
    nothing can be said (`left_out`). `effects` say by how much a reviewer scores higher than the
    others; reviewers without an effect are not compared by the method.
    """

    method: str
    scores: Mapping[str, int]
    parts: tuple[tuple[str, ...], ...]
    effects: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def raw_method(method: str) -> str:
    """By which method a proposal is scored before the round is adjusted."""
    return "mean" if method in ADJUSTED else method


def raw_milli(scores: Sequence[int], method: str) -> int:
    """One score from those of the reviewers, in thousandths, rounded half up."""
    return half_up(RAW[raw_method(method)](scores))


def scored(sheet: Sheet, method: str) -> Scored:
    """The scores of every proposal of a sheet by a method."""
    if method == "additive":
        return additive(sheet)
    if method == "z_score":
        return z_score(sheet)
    scores = {
        proposal: raw_milli(list(given.values()), method)
        for proposal, given in sheet.of_proposals.items()
    }
    return Scored(method, scores, (tuple(scores),) if scores else ())


def additive(sheet: Sheet) -> Scored:
    """What each proposal is worth, apart from how severe its reviewers are (least squares)."""
    worth, lenience = fitted(sheet)
    return Scored("additive", rounded(worth), sheet.parts, effects=rounded(lenience))


def z_score(sheet: Sheet) -> Scored:
    """The mean of the standardised scores, brought back to the scale of the points.

    Standardised is a score's distance from its reviewer's mean in standard deviations of that
    reviewer (n − 1). Brought back is it by mean and standard deviation of all scores. Who gave one
    score, or the same to all, has no deviation and compares nothing: those scores do not count.
    """
    spreads = {r: root(variance(list(given.values()))) for r, given in sheet.of_reviewers.items()}
    centres = {r: mean_of(given.values()) for r, given in sheet.of_reviewers.items()}
    everything = [one.milli for one in sheet.given]
    centre, spread = (mean_of(everything), root(variance(everything))) if everything else (0, 0)
    found = {
        proposal: [
            (milli - centres[r]) / spreads[r] for r, milli in given.items() if spreads[r] > 0
        ]
        for proposal, given in sheet.of_proposals.items()
    }
    worth = {proposal: centre + spread * mean_of(each) for proposal, each in found.items() if each}
    effects = {r: centres[r] - centre for r, own in spreads.items() if own > 0}
    left_out = tuple(proposal for proposal, each in found.items() if not each)
    parts = (tuple(worth),) if worth else ()
    return Scored("z_score", rounded(worth), parts, rounded(effects), left_out)


def rounded(values: Mapping[str, Fraction]) -> dict[str, int]:
    """The values in whole thousandths."""
    return {name: half_up(value) for name, value in values.items()}


def variance(values: Sequence[int]) -> Fraction:
    """The mean square distance from the mean, for a sample; nought of a single value."""
    centre = mean_of(values)
    squares = sum(((value - centre) ** 2 for value in values), Fraction(0))
    return squares / max(len(values) - 1, 1)


def root(value: Fraction) -> Fraction:
    """The square root, cut off after twelve decimals: the same on every machine."""
    return Fraction(isqrt(value.numerator * SCALE**2 // value.denominator), SCALE)

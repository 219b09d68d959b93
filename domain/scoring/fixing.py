"""What is kept of an adjustment when the ranking of a round is fixed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effect:
    """By how many thousandths of a point a reviewer scores higher than the others."""

    reviewer: str
    effect_milli: int


@dataclass(frozen=True, slots=True)
class Adjusted:
    """How a ranking was adjusted.

    `raw_milli` are the scores as they were given, in the order of the ranking. `parts` says how
    many of the ranking, from the first on, belong together; each part is ranked for itself. What
    the method cannot compare stands behind the last part, with its score as it was given.
    """

    method: str
    raw_milli: tuple[int, ...]
    parts: tuple[int, ...]
    effects: tuple[Effect, ...]

"""The score sheet: what must stand on it before it is handed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from domain.errors import Reason
from domain.policies import holds
from domain.rounds.rules import Bonus, Criterion

if TYPE_CHECKING:
    from domain.reviews.review import Score

REMARK_LEAST = 10
"""How many characters say at least why a criterion gets nothing, or all that it allows."""


def fills_the_sheet(
    scores: tuple[Score, ...], rubric: tuple[Criterion, ...]
) -> Iterable[Reason | None]:
    """Every criterion once, within what it allows, and a word on each extreme (V5a)."""
    most = {criterion.code: criterion.max_points for criterion in rubric}
    known = [score for score in scores if score.criterion in most]
    yield holds(
        "V5a.complete",
        {score.criterion for score in scores} == set(most) and len(scores) == len(most),
        "Score every criterion of the rubric once: {codes}.",
        field="/scores",
        codes=", ".join(most),
    )
    yield holds(
        "V5a.points",
        all(score.points <= most[score.criterion] for score in known),
        "A score may not be higher than its criterion allows.",
        field="/scores",
    )
    yield explains_extremes([s for s in known if s.points in (0, most[s.criterion])])


def explains_extremes(extremes: Iterable[Score]) -> Reason | None:
    """A word on every criterion that gets nothing, or all that it allows (V5a)."""
    bare = [score.criterion for score in extremes if not is_explained(score)]
    return holds(
        "V5a.extremes",
        not bare,
        "Say in {least} characters or more why these get nothing, or all that there is: {codes}.",
        field="/scores",
        least=REMARK_LEAST,
        codes=", ".join(bare),
    )


def is_explained(score: Score) -> bool:
    """Whether the comment on a criterion says enough."""
    return len("".join(score.comment.split())) >= REMARK_LEAST


def earns_bonuses(given: tuple[Score, ...], offered: tuple[Bonus, ...]) -> Iterable[Reason | None]:
    """Bonus points that the round offers, each once, and with a word on what shows them (V5a)."""
    most = {bonus.code: bonus.max_points for bonus in offered}
    codes = [bonus.criterion for bonus in given]
    yield holds(
        "V5a.bonuses",
        len(set(codes)) == len(codes)
        and all(1 <= bonus.points <= most.get(bonus.criterion, 0) for bonus in given),
        "Bonus points are those that the round offers, each once and no more than it allows: "
        "{codes}.",
        field="/bonuses",
        codes=", ".join(most),
    )
    bare = [bonus.criterion for bonus in given if not is_explained(bonus)]
    yield holds(
        "V5a.shown",
        not bare,
        "Say in {least} characters or more what shows these bonus points: {codes}.",
        field="/bonuses",
        least=REMARK_LEAST,
        codes=", ".join(bare),
    )

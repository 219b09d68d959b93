"""The small things that a round keeps lists of: questions, answers, later deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.rounds.rules import Budgeted


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a round, by its number; who asked stands in the envelope of its event alone."""

    no: int
    text: str


@dataclass(frozen=True, slots=True)
class Clarified:
    """A clarification for everybody: the question in the round's own words, and the answer.

    `asked` is the number of the question that gave rise to it; none where nobody had asked.
    """

    question: str
    answer: str
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """A deadline that was moved: what it was, what it became, and why."""

    old: datetime
    new: datetime
    reason: str


def merged(lines: Iterable[Budgeted], more: Iterable[Budgeted]) -> tuple[Budgeted, ...]:
    """The lines of a budget and those that were added to it, each line once."""
    sums: dict[str, Budgeted] = {}
    for line in (*lines, *more):
        so_far = sums[line.line].amount_minor if line.line in sums else 0
        sums[line.line] = Budgeted(line=line.line, amount_minor=so_far + line.amount_minor)
    return tuple(sums.values())

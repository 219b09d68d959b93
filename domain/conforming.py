"""Judges what another system tells of a case by a lifecycle: what fits, and what first does not.

A case may be about several things of one noun, such as the reviews of a proposal. Nothing here is
recorded, and only stages and steps are judged: who acted, and whatever else a row asks for, is
not known from a log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from domain.errors import Reason, Refusal, Word, refuse
from domain.lifecycle import Back, Lifecycle, Step


class Which(StrEnum):
    """Which things of a case an event is about."""

    NAMED = "named"
    EACH = "each"
    """All that have begun."""
    NEXT = "next"
    """One more, which begins now."""
    LAST = "last"
    """The one that began last as one more."""


class Meaning(NamedTuple):
    """What an activity stands for: steps taken in order by things of the case.

    Without steps it stands for nothing. `names` are those of the things where they are named;
    without names the event says itself, or the case is one thing. `stages` are those in which a
    thing takes the steps; things in other stages are passed over. No stages: each takes them.
    """

    steps: tuple[str, ...] = ()
    which: Which = Which.NAMED
    names: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()


class Occurrence(NamedTuple):
    """An event of a case: its number in the case and its row in the file, both from 1."""

    number: int
    row: int
    activity: str
    meaning: Meaning
    things: tuple[str, ...] = ()


class Departure(NamedTuple):
    """Where a case leaves the lifecycle: the event, the thing, its stage, the step, and why not."""

    occurrence: Occurrence
    thing: str
    stage: str
    step: str
    reason: Reason


class Judged(NamedTuple):
    """What became of a case: the stage of each of its things, and where it departed, if it did."""

    stages: Mapping[str, str]
    departure: Departure | None = None


class Measure(NamedTuple):
    """What cases are judged by; an empty `start` means that nothing has begun.

    A `repeatable` step is accepted without effect where its target is the stage there is already.
    """

    lifecycle: Lifecycle
    start: str
    repeatable: frozenset[str] = frozenset()

    def after(self, passed: Sequence[str], verb: str) -> str:
        """The stage that the verb leads to, after the stages that were passed.

        Raises Refusal where the table has no such cell.
        """
        step, stage = self.lifecycle.verbs[verb], passed[-1]
        if verb in self.repeatable and step.target == stage:
            return stage
        if stage:
            return self.lifecycle.after(stage, verb, self.left(step, passed))
        if not step.sources:
            return self.lifecycle.start(verb)
        raise refuse(
            f"{step.row}.begun",
            "Before “{verb}” the {noun} has to be there.",
            verb=Word("verb", verb),
            noun=Word("noun", self.lifecycle.noun),
        )

    def left(self, step: Step, passed: Sequence[str]) -> str:
        """The stage that a row leads back to: the last one passed of those it may lead to."""
        if not isinstance(step.target, Back) or passed[-1] not in step.sources:
            return ""
        for stage in reversed(passed):
            if stage in step.target.stages:
                return stage
        raise refuse(
            f"{step.row}.left",
            "“{verb}” leads back to an earlier stage, and the case tells of none.",
            verb=Word("verb", step.verb),
        )


ALONE = ("",)
"""The name of the one thing of a case that is about one."""


class Course:
    """The way of one case: the stages that each of its things has passed."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.passed: dict[str, list[str]] = {}
        self.more: list[str] = []

    def concerned(self, occurrence: Occurrence) -> tuple[str, ...]:
        """The names of the things that take the steps of an event."""
        meaning = occurrence.meaning
        if meaning.which is Which.EACH:
            found = tuple(self.passed)
        elif meaning.which is Which.NEXT:
            self.more.append(f"+{len(self.more) + 1}")
            found = (self.more[-1],)
        elif meaning.which is Which.LAST:
            found = tuple(self.more[-1:]) or (f"+{len(self.more) + 1}",)
        else:
            found = meaning.names or occurrence.things or ALONE
        if not meaning.stages:
            return found
        return tuple(name for name in found if self.stage(name) in meaning.stages)

    def stage(self, thing: str) -> str:
        """The stage of a thing; where it begins, if nothing was told of it yet."""
        return self.passed[thing][-1] if thing in self.passed else self.measure.start

    def follow(self, occurrence: Occurrence) -> Departure | None:
        """Takes the steps of an event; the first that does not fit comes back."""
        for thing in self.concerned(occurrence) if occurrence.meaning.steps else ():
            passed = self.passed.setdefault(thing, [self.measure.start])
            for verb in occurrence.meaning.steps:
                try:
                    passed.append(self.measure.after(passed, verb))
                except Refusal as refused:
                    return Departure(occurrence, thing, passed[-1], verb, refused.reasons[0])
        return None


def judge(measure: Measure, occurrences: Iterable[Occurrence]) -> Judged:
    """Judges a case event by event up to its first departure."""
    course = Course(measure)
    departure = next(filter(None, map(course.follow, occurrences)), None)
    stages = {thing: passed[-1] for thing, passed in course.passed.items()}
    return Judged(MappingProxyType(stages or {"": measure.start}), departure)

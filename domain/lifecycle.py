"""Lifecycles: tables of steps that can be read aloud, and the one answer they give."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from transitions import Machine

from domain.errors import Word, refuse


class Back(NamedTuple):
    """A target that is remembered: a field of the thing names the stage to go back to.

    `stages` are those that it may name.
    """

    field: str
    stages: tuple[StrEnum, ...]


class Step(NamedTuple):
    """One row: its number, the verb, the stages it starts from, where it ends, its event.

    No sources: the row creates the thing. No target: the stage stays as it is.
    """

    row: str
    verb: str
    sources: tuple[StrEnum, ...]
    target: StrEnum | Back | None
    event: str

    def targets(self, source: StrEnum) -> tuple[StrEnum, ...]:
        """Where the row may end that started from this stage."""
        if isinstance(self.target, Back):
            return self.target.stages
        return (source if self.target is None else self.target,)


class Lifecycle:
    """Answers what follows a stage, from one machine that everything of a noun shares."""

    def __init__(
        self, noun: str, stages: type[StrEnum], final: Sequence[StrEnum], steps: Sequence[Step]
    ) -> None:
        self.noun = noun
        self.stages = stages
        self.final = frozenset(final)
        self.steps = tuple(steps)
        self.machine = machine_of(stages, steps)
        self.table = {
            (source, verb): str(moves[0].dest)
            for verb, trigger in self.machine.events.items()
            for source, moves in trigger.transitions.items()
        }
        self.verbs = {step.verb: step for step in steps}
        self.events = {step.event: step for step in steps}

    def after(self, stage: str, verb: str, left: str = "") -> str:
        """The stage that the verb leads to; refused where the table has no such cell.

        Rows that lead back lead to the stage that was `left`.
        """
        try:
            ahead = self.table[stage, verb]
        except KeyError:
            raise refuse(
                f"{self.verbs[verb].row}.stage",
                "{noun} in stage “{stage}” does not allow “{verb}”.",
                noun=Word("noun", self.noun),
                stage=Word("stage", stage),
                verb=Word("verb", verb),
            ) from None
        return left or ahead

    def start(self, verb: str) -> str:
        """The stage in which the verb creates a thing."""
        target = self.verbs[verb].target
        assert target is not None, verb
        return str(target)

    def allows(self, stage: str) -> tuple[str, ...]:
        """The verbs that the stage has a cell for, in the order of the table."""
        return tuple(verb for verb in self.verbs if (stage, verb) in self.table)


def machine_of(stages: type[StrEnum], steps: Sequence[Step]) -> Machine:
    """The state machine of a table; rows that create a thing stand before its first stage."""
    moves = [
        {
            "trigger": step.verb,
            "source": str(source),
            "dest": str(target),
        }
        for step in steps
        for source in step.sources
        for target in step.targets(source)
    ]
    return Machine(
        model=None,
        states=[str(stage) for stage in stages],
        initial=None,
        transitions=moves,
        auto_transitions=False,
    )

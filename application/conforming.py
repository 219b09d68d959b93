"""Checks the cases of another system's log against a lifecycle; nothing is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from application.permissions import PERMISSIONS, Permission
from domain.conforming import Departure, Measure, Occurrence, judge
from domain.rounding import half_up, minor_units

MOST_ROLES = 50
"""How many of a log's own words for who acted are kept for each step."""


NOBODY: Mapping[int, str] = MappingProxyType({})


class ToldCase(NamedTuple):
    """What a log tells of a case; `roles` are its words for who acted, by number of the event."""

    name: str
    row: int
    events: int
    occurrences: tuple[Occurrence, ...]
    amount: Fraction | None = None
    roles: Mapping[int, str] = NOBODY


class Amounts(NamedTuple):
    """In what the amounts of a log are, and how each becomes whole minor units."""

    currency: str
    rounding: str


class Refused(NamedTuple):
    """A case that does not conform, and where it departs."""

    case: str
    departure: Departure


@dataclass
class Sum:
    """Amounts added up in two ways: as they are stated, and each rounded by itself."""

    cases: int = 0
    stated: Fraction = Fraction(0)
    minor: int = 0

    def add(self, amount: Fraction, amounts: Amounts) -> None:
        """Adds the amount of a case; ValueError where it is not to be rounded and has to be."""
        self.minor += minor_units(amount, amounts.currency, amounts.rounding)
        self.stated += amount
        self.cases += 1

    def stated_minor(self, currency: str) -> int:
        """The stated amounts added up exactly, and only their sum rounded, half up."""
        return half_up(self.stated * minor_units(Fraction(1), currency, "exact"))


@dataclass
class Found:
    """What became of the cases of a log."""

    accepted: int = 0
    events: int = 0
    refused: list[Refused] = field(default_factory=list)
    final_stages: Counter[str] = field(default_factory=Counter)
    """How many things of the cases that conform are in each stage at the end."""
    amounts: Sum = field(default_factory=Sum)
    without_step: Counter[str] = field(default_factory=Counter)
    """The activities that stand for no step, and how often they happened."""
    roles: dict[str, set[str]] = field(default_factory=dict)
    """By step, the words of the log for who took it."""


def conformance(cases: Iterable[ToldCase], measure: Measure, amounts: Amounts | None) -> Found:
    """Judges every case; amounts are those of all cases, whether they conform or not."""
    found = Found()
    for case in cases:
        found.events += case.events
        if amounts is not None and case.amount is not None:
            found.amounts.add(case.amount, amounts)
        note_who(case, found)
        judged = judge(measure, case.occurrences)
        if judged.departure is not None:
            found.refused.append(Refused(case.name, judged.departure))
        else:
            found.accepted += 1
            found.final_stages.update(judged.stages.values())
    return found


def note_who(case: ToldCase, found: Found) -> None:
    """Notes who the log says took each step, and what stands for no step."""
    for occurrence in case.occurrences:
        if not occurrence.meaning.steps:
            found.without_step[occurrence.activity] += 1
        role = case.roles.get(occurrence.number)
        for verb in occurrence.meaning.steps if role else ():
            known = found.roles.setdefault(verb, set())
            if role and len(known) < MOST_ROLES:
                known.add(role)


class Unassessed(NamedTuple):
    """A rule that a log cannot be held to: who takes a step, and by whose second hand."""

    rule: str
    step: str
    permission: Permission | None
    roles: tuple[str, ...]


def not_assessed(measure: Measure, steps: Iterable[str], found: Found) -> tuple[Unassessed, ...]:
    """The rules on who acts, of every step that the mapping names, in the order of the table."""
    named, noun = frozenset(steps), measure.lifecycle.noun
    return tuple(
        Unassessed(
            f"{step.row}.who",
            verb,
            PERMISSIONS.get(noun, {}).get(verb),
            tuple(sorted(found.roles.get(verb, ()))),
        )
        for verb, step in measure.lifecycle.verbs.items()
        if verb in named
    )

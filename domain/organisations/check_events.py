"""The facts about what was checked of an organisation: its years, grade, health, inspections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from annotated_types import Ge, Le

from domain.kernel import Event
from domain.values import Id, Text

if TYPE_CHECKING:
    from domain.organisations.organisation import Organisation

Year = Annotated[int, Ge(1990), Le(2200)]
"""A calendar year."""

CheckResult = Literal["passed", "basically_passed", "failed"]
"""What an annual check ends in: 合格, 基本合格, 不合格."""

Grade = Literal["1A", "2A", "3A", "4A", "5A"]
"""The grades of an organisation, from the lowest to the highest."""

Lowered = Literal["none", "1A", "2A", "3A", "4A"]
"""What a grade may be lowered to; none means that it is revoked."""

Dimension = Literal["party_work", "governance", "finance", "activities", "team", "impact"]
"""What a health check looks at."""

Severity = Literal["minor", "serious", "grave"]
"""How grave a fault is."""


class AnnualCheck(msgspec.Struct, frozen=True, omit_defaults=True):
    """The check of one year: handed in by whom and whether late, and what it ended in.

    Without `submitters` nothing was handed in here; without `result` it is not concluded.
    """

    year: int
    result: str = ""
    is_late: bool = False
    submitters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCheck:
    """The check of a year that was concluded before the organisation was recorded here."""

    year: Year
    result: CheckResult


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionScore:
    """The points, out of a hundred, that a health check gives in one dimension."""

    dimension: Dimension
    points: Annotated[int, Ge(0), Le(100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionFault:
    """Something that an inspection found wrong: how grave it is, and the person who answers."""

    statement: Text
    severity: Severity
    owner: Id
    due: date | None = None


class Inspection(msgspec.Struct, frozen=True):
    """An inspection as the organisation remembers it."""

    kind: str
    result: str
    inspected_on: date


class AnnualCheckSubmitted(Event, frozen=True, tag="organisation.annual_check_submitted"):
    """`submitters` are the hands that handed it in; `is_late` after the day it was due."""

    year: int
    is_late: bool
    submitters: tuple[str, ...]

    def apply(self, aggregate: Organisation) -> None:
        entry = AnnualCheck(self.year, "", self.is_late, self.submitters)
        aggregate.annual_checks = with_check(aggregate.annual_checks, entry)


class AnnualCheckConcluded(Event, frozen=True, tag="organisation.annual_check_concluded"):
    """The check of a year has its result; `is_overdue` where nothing was handed in."""

    year: int
    result: CheckResult
    is_overdue: bool

    def apply(self, aggregate: Organisation) -> None:
        known = (each for each in aggregate.annual_checks if each.year == self.year)
        entry = next(known, AnnualCheck(self.year))
        concluded = msgspec.structs.replace(entry, result=self.result)
        aggregate.annual_checks = with_check(aggregate.annual_checks, concluded)
        aggregate.checked_year, aggregate.check_result = latest(aggregate.annual_checks)


class Graded(Event, frozen=True, tag="organisation.graded"):
    grade: Grade
    grade_until: date


class GradeLowered(Event, frozen=True, tag="organisation.grade_lowered"):
    grade: Lowered
    cause: str

    def apply(self, aggregate: Organisation) -> None:
        revoked = self.grade == "none"
        aggregate.grade = "" if revoked else self.grade
        aggregate.grade_until = None if revoked else aggregate.grade_until


class HealthChecked(Event, frozen=True, tag="organisation.health_checked"):
    """`weighting` is the version of the table of dimensions and weights behind the score."""

    weighting: str
    scores: tuple[DimensionScore, ...]
    capacity_score_milli: int
    health_checked_on: date


class Inspected(Event, frozen=True, tag="organisation.inspected"):
    kind: str
    result: str
    inspected_on: date
    inspectors: tuple[str, ...]
    faults: tuple[InspectionFault, ...] = ()

    def apply(self, aggregate: Organisation) -> None:
        entry = Inspection(self.kind, self.result, self.inspected_on)
        aggregate.inspections = (*aggregate.inspections, entry)


def with_check(checks: Iterable[AnnualCheck], entry: AnnualCheck) -> tuple[AnnualCheck, ...]:
    """The checks with that of one year added or replaced, in the order of their years."""
    others = (each for each in checks if each.year != entry.year)
    return tuple(sorted((*others, entry), key=lambda each: each.year))


def latest(checks: Iterable[AnnualCheck]) -> tuple[int | None, str]:
    """The last year whose check is concluded, and its result; no year where none is."""
    return max(((each.year, each.result) for each in checks if each.result), default=(None, ""))

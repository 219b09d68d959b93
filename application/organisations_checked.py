"""What may be told to organisations about checks, grades, inspections and incubation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import MaxLen, MinLen

from application.docket import Docket
from application.told import Handlers, said, tells
from domain.kernel import Mandate
from domain.organisations import Organisation, checking, health, incubating
from domain.organisations.check_events import (
    CheckResult,
    DimensionScore,
    Grade,
    InspectionFault,
    Lowered,
    Year,
)
from domain.organisations.health import InspectionKind, InspectionResult
from domain.organisations.incubating import Outcome
from domain.values import Id, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitAnnualCheck:
    """Hands in the annual check of a year that is over."""

    year: Year


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeAnnualCheck:
    """Says what the annual check of a year ended in; where nothing was handed in, it failed."""

    year: Year
    result: CheckResult


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeOrganisation:
    """Grades the organisation, for five years."""

    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class LowerGrade:
    """Lowers the grade for a cause; to none, it is revoked."""

    grade: Lowered
    cause: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHealthCheck:
    """Records a health check: points out of a hundred in every dimension."""

    scores: Annotated[tuple[DimensionScore, ...], MinLen(1), MaxLen(20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInspection:
    """Records an inspection by two people; each fault that it found becomes a finding."""

    kind: InspectionKind
    result: InspectionResult
    inspected_on: date
    inspectors: Annotated[tuple[Id, ...], MinLen(1), MaxLen(10)]
    faults: Annotated[tuple[InspectionFault, ...], MaxLen(40)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StartIncubation:
    """Puts the organisation under the support of another one, until a day and for some goals."""

    incubator: Id
    incubated_until: date
    goals: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class EndIncubation:
    """Ends incubation before its last day, and says how."""

    outcome: Outcome
    reason: Text


def start_incubation(
    command: StartIncubation, docket: Docket, id: str, by: Mandate
) -> Organisation:
    organisation = docket.load(Organisation, id)
    incubator = docket.load(Organisation, command.incubator, field="/incubator")
    fields = {**said(command), "incubator": incubator}
    incubating.start_incubation(organisation, **fields, by=by)
    return organisation


HANDLERS: Handlers = {
    "submit-annual-check": (
        SubmitAnnualCheck,
        tells(Organisation, checking.submit_annual_check),
    ),
    "conclude-annual-check": (
        ConcludeAnnualCheck,
        tells(Organisation, checking.conclude_annual_check),
    ),
    "grade": (GradeOrganisation, tells(Organisation, checking.grade)),
    "lower-grade": (LowerGrade, tells(Organisation, checking.lower_grade)),
    "record-health-check": (RecordHealthCheck, tells(Organisation, health.record_health_check)),
    "record-inspection": (RecordInspection, tells(Organisation, health.record_inspection)),
    "start-incubation": (StartIncubation, start_incubation),
    "end-incubation": (EndIncubation, tells(Organisation, incubating.end_incubation)),
}

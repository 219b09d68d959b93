"""What may be told to organisations about annual checks, grades, health and inspections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import MaxLen, MinLen

from application.told import Handlers, tells
from domain.organisations import Organisation, checking, health
from domain.organisations.check_events import (
    CheckResult,
    DimensionScore,
    Grade,
    InspectionFault,
    Lowered,
    Year,
)
from domain.organisations.health import InspectionKind, InspectionResult
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
}

"""The health of an organisation: how its capacity is scored, and what inspections find."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, get_args

from domain.errors import Reason, Word, check
from domain.kernel import Mandate
from domain.organisations import check_events as e
from domain.organisations.organisation import Organisation
from domain.policies import holds, no_interest

WEIGHTING = "1"
"""The version of the weights by which capacity is scored now."""

WEIGHTS: dict[str, dict[e.Dimension, int]] = {
    "1": {
        "party_work": 150,
        "governance": 200,
        "finance": 200,
        "activities": 200,
        "team": 150,
        "impact": 100,
    }
}
"""For each version what a dimension weighs, in thousandths of the whole (示例).

A version is never changed once it has been used: a new weighting is a new version.
"""

InspectionKind = Literal["routine_inspection", "special_inspection", "follow_up_inspection"]
"""Why an organisation is inspected: by plan, on one subject, or because of what was reported."""

InspectionResult = Literal["in_order", "faults_found"]
"""What an inspection ends in."""


def capacity_of(scores: Iterable[e.DimensionScore], weighting: str) -> int:
    """The capacity score in thousandths of a point: the points by the weights of a version."""
    weights = WEIGHTS[weighting]
    return sum(score.points * weights[score.dimension] for score in scores)


def record_health_check(
    organisation: Organisation, *, scores: tuple[e.DimensionScore, ...], by: Mandate
) -> None:
    """Records a diagnosis of capacity in every dimension, and the score it adds up to (O15)."""
    stage = organisation.after("record-health-check")
    named = [score.dimension for score in scores]
    check(
        holds(
            "O15.complete",
            sorted(named) == sorted(WEIGHTS[WEIGHTING]),
            "A health check gives points once in each dimension: {dimensions}.",
            field="/scores",
            dimensions=tuple(Word("choice", each) for each in get_args(e.Dimension)),
        ),
        no_interest("O15.interest", by, organisation.id),
    )
    event = e.HealthChecked(
        stage=stage,
        weighting=WEIGHTING,
        scores=scores,
        capacity_score_milli=capacity_of(scores, WEIGHTING),
        health_checked_on=by.day,
    )
    organisation.record(event, by)


def by_two(inspectors: tuple[str, ...]) -> Reason | None:
    """At least two people inspect, each named once (O16)."""
    return holds(
        "O16.inspectors",
        2 <= len(inspectors) == len(set(inspectors)),
        "Two different people inspect, and both are named.",
        field="/inspectors",
    )


def answerable(
    faults: tuple[e.InspectionFault, ...], inspectors: tuple[str, ...], by: Mandate
) -> Iterable[Reason | None]:
    """Somebody else than those who inspect answers for a fault, and has time to (O16)."""
    owners = {fault.owner for fault in faults}
    yield holds(
        "O16.owner",
        owners.isdisjoint({*inspectors, *by.hands}),
        "Whoever inspects or records it does not answer for a fault.",
        field="/faults",
    )
    yield holds(
        "O16.due",
        all(fault.due is None or fault.due > by.day for fault in faults),
        "The due day lies in the future.",
        field="/faults",
    )


def is_sound(inspection: e.Inspected, by: Mandate) -> Iterable[Reason | None]:
    """What is asked of an inspection before it is recorded (O16)."""
    yield by_two(inspection.inspectors)
    yield holds(
        "O16.faults",
        (inspection.result == "faults_found") == bool(inspection.faults),
        "An inspection that found faults names them, and one that found none names none.",
        field="/faults",
    )
    yield holds(
        "O16.future",
        inspection.inspected_on <= by.day,
        "What has not happened yet is not recorded.",
        field="/inspected_on",
    )
    yield from answerable(inspection.faults, inspection.inspectors, by)


def record_inspection(
    organisation: Organisation,
    *,
    kind: InspectionKind,
    result: InspectionResult,
    inspected_on: date,
    inspectors: tuple[str, ...],
    faults: tuple[e.InspectionFault, ...],
    by: Mandate,
) -> None:
    """Records an inspection on the spot (O16); each fault becomes a finding in the same save."""
    event = e.Inspected(
        stage=organisation.after("record-inspection"),
        kind=kind,
        result=result,
        inspected_on=inspected_on,
        inspectors=inspectors,
        faults=faults,
    )
    check(*is_sound(event, by), no_interest("O16.interest", by, organisation.id))
    organisation.record(event, by)

"""Incubation: support for a while, by an organisation that has more experience."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from domain.calendar import years_after
from domain.errors import Reason, check
from domain.kernel import Event, Mandate
from domain.organisations.lifecycle import LIVE
from domain.policies import holds, in_stage, no_interest

if TYPE_CHECKING:
    from domain.organisations.organisation import Organisation

MOST_YEARS = 2
"""The most years for which an organisation is incubated at a time (示例)."""

Outcome = Literal["graduated", "stopped"]
"""How incubation ends before its last day."""


class IncubationStarted(Event, frozen=True, tag="organisation.incubation_started"):
    """`incubator` is the organisation that supports, `goals` what is to be reached by then."""

    incubator: str
    incubated_until: date
    goals: str
    incubation_outcome: str = ""


class IncubationEnded(Event, frozen=True, tag="organisation.incubation_ended"):
    incubation_outcome: Outcome


def start_incubation(
    organisation: Organisation,
    *,
    incubator: Organisation,
    incubated_until: date,
    goals: str,
    by: Mandate,
) -> None:
    """Puts the organisation under the support of another one until a day (O17)."""
    stage = organisation.after("start-incubation")
    check(
        is_free(organisation, by.day),
        holds(
            "O17.other",
            incubator.id != organisation.id,
            "An organisation is incubated by another one.",
            field="/incubator",
        ),
        in_stage("O17.incubator", incubator, *LIVE),
        within("O17.until", incubated_until, by.day),
        no_interest("O17.interest", by, organisation.id, incubator.id),
    )
    event = IncubationStarted(
        stage=stage, incubator=incubator.id, incubated_until=incubated_until, goals=goals
    )
    organisation.record(event, by)


def is_free(organisation: Organisation, day: date) -> Reason | None:
    """Nobody incubates the organisation on that day (O17)."""
    return holds(
        "O17.once",
        not organisation.is_incubated_on(day),
        "The organisation is being incubated until {until}.",
        until=organisation.incubated_until,
    )


def within(rule: str, until: date, day: date) -> Reason | None:
    """Incubation lasts beyond the day, and not longer than it may."""
    return holds(
        rule,
        day < until <= years_after(day, MOST_YEARS),
        "Incubation ends after today, and within {years} years.",
        field="/incubated_until",
        years=MOST_YEARS,
    )


def end_incubation(organisation: Organisation, *, outcome: Outcome, by: Mandate) -> None:
    """Ends incubation before its last day (O17a); on its last day it ends by itself."""
    stage = organisation.after("end-incubation")
    check(
        holds(
            "O17a.under",
            organisation.is_incubated_on(by.day),
            "The organisation is not being incubated.",
        ),
        no_interest("O17a.interest", by, organisation.id, organisation.incubator),
    )
    organisation.record(IncubationEnded(stage=stage, incubation_outcome=outcome), by)

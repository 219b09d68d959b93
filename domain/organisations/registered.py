"""What a register may say of an organisation that is taken over from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.errors import Reason
from domain.kernel import Mandate
from domain.organisations.check_events import AnnualCheck
from domain.policies import holds


def is_sound_past(
    registered_on: date | None, checks: tuple[AnnualCheck, ...], by: Mandate
) -> Iterable[Reason | None]:
    """What a register says of an organisation lies in the past, and once for each year (O9)."""
    yield holds(
        "O9.registered_on",
        registered_on is None or registered_on <= by.day,
        "An organisation is registered on a day that has come.",
        field="/registered_on",
    )
    years = [each.year for each in checks]
    yield holds(
        "O9.annual_checks",
        len(set(years)) == len(years) and all(year < by.day.year for year in years),
        "The annual checks that are taken over are of years that are over, each named once.",
        field="/annual_checks",
    )

"""Whether a place that somebody names is recorded, where the places of its district are kept."""

from __future__ import annotations

from application.docket import Docket
from domain import places
from domain.errors import Reason
from domain.places import Territory
from domain.policies import holds


def is_recorded(rule: str, place: str | None, docket: Docket, field: str) -> Reason | None:
    """The place is recorded and not closed; any will do while its district is not recorded.

    A system begins with people, and the places come after them. From the day on which a district
    is recorded, whatever is named in it must be there.
    """
    district = (place or "")[: places.DISTRICT_DIGITS]
    is_kept = bool(place) and bool(docket.count(Territory, id=district))
    return holds(
        f"{rule}.recorded",
        not is_kept or bool(docket.count(Territory, id=place or "", stage=places.Stage.RECORDED)),
        "There is no place {place} in its district, or it is closed.",
        field=field,
        place=place or "",
    )

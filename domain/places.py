"""Places: district, subdistrict, community, grid, each by a code that begins with the one above.

The code of a district is that of GB/T 2260; below it stand the three digits each of the
statistical code for subdistrict and community, and three more for the grid.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from domain.errors import check
from domain.kernel import Aggregate, Event, Mandate
from domain.lifecycle import Lifecycle, Step
from domain.policies import holds

LEVELS = {6: "district", 9: "subdistrict", 12: "community", 15: "grid"}
"""What a code of so many digits stands for."""

DISTRICT_DIGITS = min(LEVELS)
"""How many digits the code of a district has, with which the code of every place in it begins."""

ABOVE = 3
"""By how many digits the code of a place is longer than that of the place above it."""


class Stage(StrEnum):
    RECORDED = "recorded"
    CLOSED = "closed"


S = Stage
STEPS = (
    Step("L1", "record", (), S.RECORDED, "place.recorded"),
    Step("L2", "rename", (S.RECORDED,), None, "place.renamed"),
    Step("L3", "close", (S.RECORDED,), S.CLOSED, "place.closed"),
)
lifecycle = Lifecycle("place", Stage, (S.CLOSED,), STEPS)


class Recorded(Event, frozen=True, tag="place.recorded"):
    place: str
    name: str
    level: str
    above: str


class Renamed(Event, frozen=True, tag="place.renamed"):
    name: str


class Closed(Event, frozen=True, tag="place.closed"):
    closed_on: date
    successor: str


class Territory(Aggregate):
    """A place; its id is its code."""

    noun = "place"
    lifecycle = lifecycle

    place: str = ""
    name: str = ""
    level: str = ""
    above: str = ""
    successor: str = ""
    closed_on: date | None = None


def level_of(code: str) -> str:
    """What a code stands for; empty where it is none of a place."""
    return LEVELS.get(len(code), "") if code.isascii() and code.isdigit() else ""


def above(code: str) -> str:
    """The code of the place above; empty for a district."""
    return code[:-ABOVE] if level_of(code) not in ("", "district") else ""


def record(
    *, code: str, name: str, is_known: bool, parent: Territory | None, by: Mandate
) -> Territory:
    """Enters a place below one that is recorded (L1); `is_known`: the code is taken."""
    level = level_of(code)
    check(
        holds(
            "L1.code",
            bool(level),
            "The code of a place has 6, 9, 12 or 15 digits.",
            field="/code",
        ),
        holds("L1.unique", not is_known, "A place with this code is recorded.", field="/code"),
        holds(
            "L1.above",
            level in ("", "district") or (parent is not None and not parent.is_final),
            "The place above this one, whose code it begins with, is not recorded or is closed.",
            field="/code",
        ),
    )
    place = Territory(id=code)
    event = Recorded(
        stage=lifecycle.start("record"), place=code, name=name, level=level, above=above(code)
    )
    place.record(event, by)
    return place


def rename(place: Territory, *, name: str, by: Mandate) -> None:
    """Gives the place another name (L2)."""
    place.record(Renamed(stage=place.after("rename"), name=name), by)


def close(place: Territory, *, successor: Territory | None, has_parts: bool, by: Mandate) -> None:
    """Ends the place, which may have a successor (L3); `has_parts`: places lie in it still."""
    stage = place.after("close")
    is_fit = successor is None or (successor.id != place.id and not successor.is_final)
    check(
        holds("L3.parts", not has_parts, "Places lie in this one that are not closed."),
        holds(
            "L3.successor",
            is_fit,
            "The successor is another place that is not closed.",
            field="/successor",
        ),
    )
    event = Closed(stage=stage, closed_on=by.day, successor=successor.id if successor else "")
    place.record(event, by)

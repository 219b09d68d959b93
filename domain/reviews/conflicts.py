"""What keeps an expert from judging: an employer, a tie, a job left lately, living near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from annotated_types import MaxLen

from domain.calendar import years_after
from domain.organisations import Organisation
from domain.places import LEVELS
from domain.values import Id, Name, Place

SUBDISTRICT = next(digits for digits, level in LEVELS.items() if level == "subdistrict")
"""How many digits of a place's code name its subdistrict."""

Ground = Literal["employer", "relation", "left", "place", "gone"]
"""Why somebody on the list is left out; `gone` are those who are no longer among the people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An organisation that an expert worked for, and the last day there."""

    organisation: Id
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Expert:
    """Somebody who may be drawn, by the reference of the person, and what ties them to others.

    `employer` is empty where it is no organisation that is known here; `place` is where they live.
    """

    person: Id
    place: Place
    employer: Id | None = None
    relations: Annotated[tuple[Id, ...], MaxLen(50)] = ()
    left: Annotated[tuple[Left, ...], MaxLen(50)] = ()
    expertise: Annotated[tuple[Name, ...], MaxLen(30)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One ground that speaks against an expert: the organisation or the subdistrict it lies in."""

    rule: Ground
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """Whom a matter concerns: organisations, and the subdistricts that are too near to it."""

    organisations: tuple[str, ...]
    places: tuple[str, ...] = ()


def subdistrict_of(place: str) -> str:
    """The subdistrict in which a place lies; empty for a whole district."""
    return place[:SUBDISTRICT] if len(place) >= SUBDISTRICT else ""


def concerned_by(organisations: Iterable[Organisation]) -> Concerned:
    """Whom one proposal concerns: its applicant and partners, and the subdistricts they are in."""
    behind = tuple(organisations)
    places = (subdistrict_of(organisation.place) for organisation in behind)
    return Concerned(
        organisations=tuple(organisation.id for organisation in behind),
        places=tuple(dict.fromkeys(place for place in places if place)),
    )


def conflicts_of(
    expert: Expert, concerned: Concerned, day: date, *, cooling_years: int
) -> tuple[Conflict, ...]:
    """Everything that speaks against this expert in a matter on a day; nothing where it is empty.

    Whoever left an organisation is free again on the same day `cooling_years` later.
    """
    return tuple(dict.fromkeys(ties(expert, concerned, day, cooling_years)))


def ties(expert: Expert, concerned: Concerned, day: date, cooling_years: int) -> Iterator[Conflict]:
    """Each tie of the expert to somebody whom the matter concerns, as it comes."""
    behind = frozenset(concerned.organisations)
    if expert.employer in behind:
        yield Conflict(rule="employer", of=expert.employer or "")
    for other in expert.relations:
        if other in behind:
            yield Conflict(rule="relation", of=other)
    for job in expert.left:
        if job.organisation in behind and day < years_after(job.day, cooling_years):
            yield Conflict(rule="left", of=job.organisation)
    home = subdistrict_of(expert.place)
    if home and home in concerned.places:
        yield Conflict(rule="place", of=home)

"""Whether the places that a register names are places that are recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from application.history import AT_ONCE
from application.ports import Shelf, Where
from domain.places import LEVELS, Stage, Territory


def prefixes(code: str) -> tuple[str, ...]:
    """The code, and those of the places that it should lie in, the nearest first."""
    return (code, *(code[:digits] for digits in sorted(LEVELS, reverse=True) if digits < len(code)))


@dataclass(slots=True)
class Checked:
    """The places that are wrong, and those of which nothing is recorded to compare them with."""

    wrong: set[str] = field(default_factory=set)
    unchecked: set[str] = field(default_factory=set)


def check_places(codes: Iterable[str], shelf: Shelf) -> Checked:
    """Compares places with what is recorded.

    A place is wrong that is closed, or that is missing where its neighbours are recorded. Where
    nothing is recorded around it, it cannot be checked.
    """
    wanted, checked = set(codes), Checked()
    chain = sorted({prefix for code in wanted for prefix in prefixes(code)})
    there = recorded(chain, Stage.RECORDED, shelf)
    closed = recorded(chain, Stage.CLOSED, shelf)
    parted = {code for code in chain if has_parts(code, shelf)}
    for code in wanted:
        if code in there:
            continue
        known = set(prefixes(code)[1:]) & parted
        if code in closed or known_nearby(code, there, closed, known):
            checked.wrong.add(code)
        else:
            checked.unchecked.add(code)
    return checked


def recorded(codes: list[str], stage: Stage, shelf: Shelf) -> set[str]:
    """Those of the places that stand in a stage."""
    found: set[str] = set()
    for start in range(0, len(codes), AT_ONCE):
        where: Where = {"id": tuple(codes[start : start + AT_ONCE]), "stage": str(stage)}
        found.update(shelf.ids(Territory.noun, where))
    return found


def has_parts(code: str, shelf: Shelf) -> bool:
    """Whether anything is recorded in a place."""
    where = {"above": code, "stage": str(Stage.RECORDED)}
    return len(code) in LEVELS and bool(shelf.count(Territory.noun, where))


def known_nearby(code: str, there: set[str], closed: set[str], parted: set[str]) -> bool:
    """Whether the nearest place around it that is known says that it should be recorded."""
    for prefix in prefixes(code)[1:]:
        if prefix in parted or prefix in closed:
            return True
        if prefix in there:
            return False
    return False

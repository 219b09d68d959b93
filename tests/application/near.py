"""Fields of commands, and what lies just beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from application.permissions import PERMISSIONS
from domain.kernel import Aggregate
from domain.values import MOST

if TYPE_CHECKING:
    from tests.application.walk import Walk

Fields = dict[str, Any]
Wish = Callable[["Walk", Any], Fields | None]


def near_a_limit(fields: Fields, walk: Walk) -> Fields:
    """The fields with one of them a little or very wrong."""
    if not fields:
        return fields
    name = walk.random.choice(sorted(fields))
    return {**fields, name: beside(fields[name], walk)}


def beside(value: Any, walk: Walk) -> Any:
    """Something just beside a value, or far from it."""
    pick = walk.random.choice
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return pick([0, 1, -1, value - 1, value + 1, value * 2, MOST, MOST + 1])
    if isinstance(value, date):
        return value + timedelta(days=pick([-400, -2, -1, 1, 2, 30, 400]))
    if isinstance(value, list):
        return pick([[], value[:-1], value * 2, [beside(item, walk) for item in value]])
    if isinstance(value, dict):
        return near_a_limit(value, walk)
    others = [thing.id for thing in walk.replayed.things.values()]
    return pick(["", "?", "x" * 4_001, "善" * 50, pick(others), None])


def reason(walk: Walk, thing: Any) -> Fields:
    return {"reason": "理由充分"}


def code(walk: Walk, thing: Any) -> Fields:
    return {"code": "R01"}


def in_days(walk: Walk, days: int) -> date:
    return walk.district.today + timedelta(days=days)


def amount(walk: Walk, most: int) -> int:
    """An amount up to a limit, often the limit itself."""
    return max(1, walk.random.choice([most, most, most, most // 2, most + 1, 1]))


def told(thing: Aggregate) -> list[str]:
    """The verbs that people have for a thing in its stage."""
    table = PERMISSIONS.get(thing.noun, {})
    return [
        verb
        for verb in thing.lifecycle.allows(thing.stage)
        if verb in table and table[verb].first != ("clock",)
    ]

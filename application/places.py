"""What may be told to places."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.told import Handlers, tells
from domain import places
from domain.kernel import Mandate
from domain.places import Territory
from domain.values import Name, Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPlace:
    """Enters a place by its code, below the place whose code it begins with."""

    code: Place
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamePlace:
    """Gives a place another name."""

    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePlace:
    """Ends a place in which no other one lies any more; `successor` is the code of another."""

    successor: Place | None = None
    reason: Text


def record(command: RecordPlace, docket: Docket, id: str, by: Mandate) -> Territory:
    above = places.above(command.code)
    parents = docket.find(Territory, id=above) if above else ()
    return docket.add(
        places.record(
            code=command.code,
            name=command.name,
            is_known=bool(docket.count(Territory, id=command.code)),
            parent=parents[0] if parents else None,
            by=by,
        )
    )


def close(command: ClosePlace, docket: Docket, id: str, by: Mandate) -> Territory:
    place, named = docket.load(Territory, id), command.successor
    successor = docket.load(Territory, named, field="/successor") if named else None
    inside = docket.count(Territory, above=id, stage=places.Stage.RECORDED)
    places.close(place, successor=successor, has_parts=bool(inside), by=by)
    return place


HANDLERS: Handlers = {
    "record": (RecordPlace, record),
    "rename": (RenamePlace, tells(Territory, places.rename)),
    "close": (ClosePlace, close),
}

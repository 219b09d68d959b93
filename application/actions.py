"""What somebody may do with a thing now, and why not, by the very rules that would decide."""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from application.decide import Sent, Times, decide
from application.docket import Docket
from application.handlers import HANDLERS
from application.permissions import PERMISSIONS
from application.principals import Principal
from domain.errors import Reason, Refusal
from domain.kernel import Aggregate

HIDDEN = frozenset({"clock"})
"""Roles whose steps are not offered to anybody."""


@dataclass(frozen=True, slots=True)
class Action:
    """A verb, whether the person may use it on the thing now, and what speaks against it."""

    verb: str
    permitted: bool
    why_not: tuple[Reason, ...]


def actions(thing: Aggregate, by: Principal, docket: Docket, times: Times) -> tuple[Action, ...]:
    """Every verb of the thing's noun that people have, in the order of the tables."""
    offered = []
    for verb in HANDLERS.get(thing.noun, {}):
        if creates(thing, verb) or set(PERMISSIONS[thing.noun][verb].first) <= HIDDEN:
            continue
        why_not = objections(thing, verb, by, docket.another(), times)
        offered.append(Action(verb, not why_not, why_not))
    return tuple(offered)


def creates(thing: Aggregate, verb: str) -> bool:
    """Whether the verb makes a new thing, so that it is not said to one that exists."""
    step = thing.lifecycle.verbs.get(verb)
    return step is None or not step.sources


def objections(
    thing: Aggregate, verb: str, by: Principal, docket: Docket, times: Times
) -> tuple[Reason, ...]:
    """Why the verb would be refused whatever is typed; none where it can succeed.

    The command is tried with blank fields on copies that are thrown away. Reasons that name a
    field speak of the blanks and are left out.
    """
    command_type, _ = HANDLERS[thing.noun][verb]
    sent = Sent(noun=thing.noun, verb=verb, command=blank(command_type), by=by, id=thing.id)
    try:
        decide(sent, docket, times)
    except Refusal as refusal:
        return tuple(reason for reason in refusal.reasons if reason.field is None)
    return ()


def blank(type_: Any) -> Any:
    """A value of the type that says as little as possible."""
    origin = get_origin(type_)
    if origin is typing.Annotated:
        return blank_within(type_)
    if origin is Literal:
        return get_args(type_)[0]
    if origin in (Union, types.UnionType):
        return None if type(None) in get_args(type_) else blank(get_args(type_)[0])
    if origin is tuple:
        return ()
    if is_dataclass(type_):
        hints = get_type_hints(type_, include_extras=True)
        return typing.cast(Any, type_)(
            **{
                field.name: blank(hints[field.name])
                for field in fields(type_)
                if field.default is MISSING
            }
        )
    return BLANKS[type_]


BLANKS: dict[Any, Any] = {
    str: "?",
    int: 0,
    bool: False,
    date: date.max,
    datetime: datetime.max.replace(tzinfo=UTC),
}


def blank_within(type_: Any) -> Any:
    """The smallest value that an annotated type allows."""
    base, *limits = get_args(type_)
    if base is int:
        return max([limit.ge for limit in limits if hasattr(limit, "ge")], default=0)
    return blank(base)

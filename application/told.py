"""What a handler is, and the shortest one: load a thing and tell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from application.docket import Docket
from domain.kernel import Aggregate, Mandate

Handler = Callable[[Any, Docket, str, Mandate], Aggregate]
"""Takes a command, the docket, the id of the thing (empty for a new one) and the mandate."""

Handlers = dict[str, tuple[type[Any], Handler]]
"""For each verb its command and its handler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoFields:
    """A command that says nothing beyond its verb."""


def said(command: Any) -> dict[str, Any]:
    """The fields of a command by name, without the reason, which the mandate carries."""
    names = (field.name for field in fields(command) if field.name != "reason")
    return {name: getattr(command, name) for name in names}


def tells(kind: type[Aggregate], decide: Callable[..., None]) -> Handler:
    """A handler that loads the thing and passes the command's fields to a decision."""

    def handler(command: Any, docket: Docket, id: str, by: Mandate) -> Aggregate:
        thing = docket.load(kind, id)
        decide(thing, **said(command), by=by)
        return thing

    return handler

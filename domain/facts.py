"""What is asked of every fact again and again, worked out once for each kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

Assignment = Callable[[Any, Any], None]


class Names(dict[type, str]):
    """The stored name of every kind of event."""

    def __missing__(self, kind: type) -> str:
        name = self[kind] = str(cast(Any, kind).__struct_config__.tag)
        return name


class Assignments(dict[tuple[type, type], Assignment]):
    """For an event and an aggregate, what assigns the fields that they have in common.

    A replay does little else, so the assignments are written out as one would by hand: a loop over
    the names takes three times as long.
    """

    def __missing__(self, key: tuple[type, type]) -> Assignment:
        event, aggregate = (cast(Any, kind).__struct_fields__ for kind in key)
        common = [name for name in event if name in aggregate]
        body = "; ".join(f"aggregate.{name} = event.{name}" for name in common)
        made: dict[str, Assignment] = {}
        exec(f"def assign(event, aggregate): {body}", cast(dict[str, Any], made))
        self[key] = made["assign"]
        return self[key]


NAMES = Names()
ASSIGNMENTS = Assignments()

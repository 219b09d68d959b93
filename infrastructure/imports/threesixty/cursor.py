"""Finds the values of one grant by their paths, and notes each that is missing or misshapen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from infrastructure.imports.threesixty.faults import RowFaults, Unfit, quoted
from infrastructure.imports.threesixty.fields import Path, path_name

Value = TypeVar("Value")


class Cursor:
    """The values of a grant in 360Giving's JSON shape."""

    def __init__(self, grant: dict[str, Any], faults: RowFaults) -> None:
        self.grant = grant
        self.faults = faults

    def read(
        self,
        reader: Callable[[object], Value],
        default: Value,
        *path: str | int,
        required: bool = False,
    ) -> Value:
        """What the reader makes of the value; the default where it is absent or a fault."""
        try:
            if self.states(*path):
                return reader(self._value(path))
        except Unfit as unfit:
            self.faults.add(path_name(path), unfit.rule, **unfit.details)
            return default
        if required:
            self.faults.add(path_name(path), "missing")
        return default

    def states(self, *path: str | int) -> bool:
        """Whether there is anything at the path but null and blanks."""
        value = self._value(path)
        return value is not None and not (isinstance(value, str) and not value.strip())

    def length(self, key: str) -> int:
        """How many items the list has; 0, and a fault, where the value is no list."""
        # Looking for an item is what notes that there is no list to hold it.
        self._value((key, 0))
        items = self.grant.get(key)
        return len(items) if isinstance(items, list) else 0

    def _value(self, path: Path) -> object:
        """What stands at the path; None where nothing does, or where the way there is no way."""
        here: object = self.grant
        for position, part in enumerate(path):
            if here is None:
                return None
            if isinstance(part, int) and isinstance(here, list):
                here = here[part] if part < len(here) else None
            elif isinstance(part, str) and isinstance(here, dict):
                here = here.get(part)
            else:
                rule = "list_expected" if isinstance(part, int) else "object_expected"
                self.faults.add(path_name(path[:position]), rule, value=quoted(here))
                return None
        return here

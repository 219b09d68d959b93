"""Texts of a mapping in which braces name a column, or a path inside a JSON object."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

LONGEST = 30
"""How many digits a whole number is written out with."""

HOLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Template:
    """A text such as "list:{No}": fixed words, and in braces what the row states there."""

    text: str

    @cached_property
    def holes(self) -> tuple[str, ...]:
        """What stands in braces, in order."""
        return tuple(HOLE.findall(self.text))

    @property
    def is_sound(self) -> bool:
        """Whether every brace belongs to a pair."""
        rest = HOLE.sub("", self.text)
        return "{" not in rest and "}" not in rest

    @property
    def is_hole(self) -> bool:
        """Whether the text is one hole and nothing else, so that numbers stay numbers."""
        return HOLE.fullmatch(self.text) is not None

    def filled(self, values: dict[str, object]) -> str:
        """The text with each hole filled; what the row does not state is left empty."""
        return HOLE.sub(lambda hole: written(values[hole[1]]), self.text).strip()


def written(value: object) -> str:
    """A value as a text: whole numbers without a point, nothing for what is not stated."""
    if value is None:
        return ""
    if isinstance(value, Decimal) and is_short_whole(value):
        return str(int(value))
    return str(value).strip()


def is_short_whole(value: Decimal) -> bool:
    """Whether a number is whole and can be written out: 1e999999999 would fill the memory."""
    return value.is_finite() and value.adjusted() < LONGEST and value == value.to_integral_value()

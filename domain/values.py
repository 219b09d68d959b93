"""The small types that commands and events are made of, with their limits."""

from __future__ import annotations

from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

MOST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly."""

Minor = Annotated[int, Ge(0), Le(MOST)]
"""An amount of money in minor units (fen, pence), never negative."""

PositiveMinor = Annotated[int, Ge(1), Le(MOST)]
"""An amount of money in minor units that is not nothing."""

Percent = Annotated[int, Ge(0), Le(100)]
"""Whole hundredths of a whole."""

Days = Annotated[int, Ge(0), Le(3_650)]
"""A number of days, at most ten years."""

Count = Annotated[int, Ge(0), Le(1_000_000)]
"""How many of something."""

Id = Annotated[str, MinLen(1), MaxLen(100)]
"""The identity of a thing or a person."""

Name = Annotated[str, MinLen(1), MaxLen(200)]
"""A name, a number or a title: one line."""

Text = Annotated[str, MinLen(1), MaxLen(4_000)]
"""What somebody wrote: a page at most."""

Remark = Annotated[str, MaxLen(4_000)]
"""What somebody may write, or leave empty."""

Place = Annotated[str, MinLen(6), MaxLen(15)]
"""A place by its statistical code; a longer code lies inside the shorter one it begins with."""


def covers(place: str, other: str) -> bool:
    """Whether the one place contains the other, or is it."""
    return bool(place) and other.startswith(place)

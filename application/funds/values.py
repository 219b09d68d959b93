"""The small types that commands to funds share."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from domain.values import Name

Year = Annotated[int, Ge(1900), Le(2200)]
Purposes = Annotated[tuple[Name, ...], MinLen(1), MaxLen(50)]
Number = Annotated[int, Ge(1), Le(1_000_000)]
"""Which of several: counted from 1."""

Promised = Literal["pooled", "donation", "surplus_share"]
"""Sources of which money may be promised; budget money is appropriated."""

Source = Literal["appropriation", "pooled", "donation", "surplus_share"]

"""What became of a past grant, as the file that stated it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One thing that became of a grant, in the words of its file.

    The amount, in minor units, and the day are there only where the file states them.
    """

    outcome: str
    amount_minor: int | None = None
    on: date | None = None

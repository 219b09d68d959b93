"""Past grants as files state them: their rows and their identities."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID, uuid5

from annotated_types import MaxLen, MinLen

from domain.values import Count, Minor, PositiveMinor

NAMESPACE = UUID("47d355a8-163c-403e-830d-14190cd3b4ae")
"""Under which the things of imported history have their ids, the same in every database."""

AT_ONCE = 1_000
"""How many things are asked for with one question."""

Line = Annotated[str, MinLen(1), MaxLen(255)]
Stated = Annotated[str, MaxLen(255)]
Kept = Annotated[str, MinLen(1), MaxLen(48 * 1024)]
Sha256 = Annotated[str, MinLen(64), MaxLen(64)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPayment:
    """A payment whose amount and day a file states; `paid_at` is when that day begins."""

    amount_minor: PositiveMinor
    paid_on: date
    paid_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOutcome:
    """What became of a grant, in the words of the file; `at` is when `on`, or the award, begins."""

    outcome: Line
    amount_minor: Minor | None = None
    on: date | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastGrant:
    """An award, or a proposal without one, as one row of a file states it.

    `source` is that row as JSON. Two rows with one fingerprint say the same. `awarded_at` is the
    instant that the file states, else the one at which the day of the award begins; where the file
    states no day of the award, the first instant at which the rest of the row holds. Without an
    `awarded_minor` the file states no award, and `outcome` is what it says instead.
    """

    row: Count
    grant_id: Line
    title: Kept
    currency: Annotated[str, MinLen(3), MaxLen(16)]
    asked_minor: Minor | None = None
    asked_on: date | None = None
    awarded_minor: Minor | None
    awarded_on: date | None
    awarded_at: datetime
    recipient_id: Line
    recipient_name: Line
    funder_id: Line
    funder_name: Line
    programme: Stated = ""
    programme_code: Stated = ""
    payments: Annotated[tuple[PastPayment, ...], MaxLen(1_000)] = ()
    outcomes: Annotated[tuple[PastOutcome, ...], MaxLen(1_000)] = ()
    outcome: Stated = ""
    source: Kept
    fingerprint: Sha256

    @property
    def grant(self) -> str:
        """The id of the grant. The file's identifiers are unique in the world, by their standard.

        So a row that names another funder, currency or recipient is still the same grant, changed.
        """
        return id_of("grant", self.grant_id)

    @property
    def proposal(self) -> str:
        """The id of the proposal that was awarded."""
        return id_of("proposal", self.grant_id)

    @property
    def organisation(self) -> str:
        """The id of the recipient, whoever funded it."""
        return id_of("organisation", self.recipient_id)

    @property
    def fund(self) -> str:
        """The id of the fund: one for each funder and currency."""
        return id_of("fund", self.funder_id, self.currency)

    @property
    def round(self) -> str:
        """The id of the round: one for each programme and year of a fund."""
        programme = self.programme_code or self.programme
        return id_of("round", self.funder_id, self.currency, programme, self.year)

    @property
    def year(self) -> str:
        """The year of the award, else that of the proposal; empty where the file states neither."""
        day = self.awarded_on or self.asked_on
        return str(day.year) if day else ""


def id_of(*parts: str) -> str:
    """The id that the same parts have in every database."""
    return str(uuid5(NAMESPACE, json.dumps(parts)))

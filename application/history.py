"""Past grants as files state them: their rows, their identities, and which of them are new."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID, uuid5

from annotated_types import MaxLen, MinLen

from application.ports import Shelf
from domain.errors import Reason, check
from domain.grants.grant import Grant
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
class PastGrant:
    """An award as one row of a file states it; `source` is that row as JSON.

    Two rows with one fingerprint say the same. `awarded_at` is the instant that the file states,
    else the one at which the day of the award begins.
    """

    row: Count
    grant_id: Line
    title: Kept
    currency: Annotated[str, MinLen(3), MaxLen(3)]
    asked_minor: Minor | None = None
    awarded_minor: Minor
    awarded_on: date
    awarded_at: datetime
    recipient_id: Line
    recipient_name: Line
    funder_id: Line
    funder_name: Line
    programme: Stated = ""
    programme_code: Stated = ""
    payments: Annotated[tuple[PastPayment, ...], MaxLen(1_000)] = ()
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
        year = str(self.awarded_on.year)
        return id_of("round", self.funder_id, self.currency, programme, year)


def id_of(*parts: str) -> str:
    """The id that the same parts have in every database."""
    return str(uuid5(NAMESPACE, json.dumps(parts)))


def unrecorded(rows: Sequence[PastGrant], shelf: Shelf, now: datetime) -> tuple[PastGrant, ...]:
    """The rows of grants that are not recorded yet.

    Refused, with a reason for each row concerned, where a grant stands twice in the file, lies in
    the future, or is recorded otherwise.
    """
    known = recorded(rows, shelf)
    check(*repeated(rows), *in_future(rows, now), *changed(rows, known))
    return tuple(row for row in rows if row.grant not in known)


def recorded(rows: Sequence[PastGrant], shelf: Shelf) -> dict[str, Grant]:
    """The grants of the rows that are recorded, by id."""
    streams = [f"{Grant.noun}:{row.grant}" for row in rows]
    return {
        found.id: found
        for start in range(0, len(streams), AT_ONCE)
        for found in shelf.fetch(streams[start : start + AT_ONCE]).values()
        if isinstance(found, Grant)
    }


def repeated(rows: Sequence[PastGrant]) -> Iterator[Reason]:
    """A reason for each row whose grant an earlier row has."""
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if row.grant in seen:
            yield against(
                "I2.once", "Row {row}: the grant “{grant}” stands in an earlier row.", index, row
            )
        seen.add(row.grant)


def in_future(rows: Sequence[PastGrant], now: datetime) -> Iterator[Reason]:
    """A reason for each row that states what has not happened yet."""
    for index, row in enumerate(rows):
        if row.awarded_at > now:
            text = "Row {row}: the award of the grant “{grant}” lies in the future."
            yield against("I2.past", text, index, row)
        elif any(payment.paid_at > now for payment in row.payments):
            text = "Row {row}: a payment of the grant “{grant}” lies in the future."
            yield against("I3.past", text, index, row)


def changed(rows: Sequence[PastGrant], known: dict[str, Grant]) -> Iterator[Reason]:
    """A reason for each row that says something else than what is recorded."""
    text = (
        "Row {row}: the grant “{grant}” is recorded already, and the file now says something "
        "else of it: {fields}."
    )
    for index, row in enumerate(rows):
        grant = known.get(row.grant)
        if grant is not None and grant.fingerprint != row.fingerprint:
            yield against("I2.changed", text, index, row, fields=", ".join(differing(grant, row)))


def differing(grant: Grant, row: PastGrant) -> tuple[str, ...]:
    """The fields of the file in which a recorded grant and a row differ, as far as can be told."""
    old, new = json.loads(grant.source), json.loads(row.source)
    names = tuple(name for name in {**new, **old} if old.get(name) != new.get(name))
    if names and old.keys() & new.keys():
        return names
    # Two forms of a file name their fields differently, and one form can be read in two ways.
    stated = {
        "amountAwarded": grant.amount_minor != row.awarded_minor,
        "awardDate": grant.awarded_on != row.awarded_on,
        "currency": grant.currency != row.currency,
        "recipientOrganization": grant.organisation != row.organisation,
        "fundingOrganization": grant.fund != row.fund,
    }
    return tuple(name for name, differs in stated.items() if differs) or ("row",)


def against(rule: str, text: str, index: int, row: PastGrant, **values: object) -> Reason:
    """A reason that names a row of the file and its grant."""
    named = {"row": row.row, "grant": row.grant_id, **values}
    return Reason(rule, text, named, f"/rows/{index}")

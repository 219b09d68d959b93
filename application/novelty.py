"""Which rows of past grants are new, and which say otherwise than what is recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from application.history import AT_ONCE, PastGrant
from application.ports import Shelf
from domain.errors import Reason, check
from domain.grants.grant import Grant
from domain.proposals.proposal import Proposal

Known = Grant | Proposal
"""What is recorded of a row: its grant, or its proposal where the file stated no award."""


def unrecorded(rows: Sequence[PastGrant], shelf: Shelf, now: datetime) -> tuple[PastGrant, ...]:
    """The rows of grants that are not recorded yet.

    Refused, with a reason for each row concerned, where a grant stands twice in the file, lies in
    the future, or is recorded otherwise.
    """
    known = recorded(rows, shelf)
    check(*repeated(rows), *in_future(rows, now), *changed(rows, known))
    return tuple(row for row in rows if row.grant_id not in known)


def recorded(rows: Sequence[PastGrant], shelf: Shelf) -> dict[str, Known]:
    """What is recorded of the rows, by the identifier that the file gives the grant."""
    names = {f"{Grant.noun}:{row.grant}": row.grant_id for row in rows}
    names |= {f"{Proposal.noun}:{row.proposal}": row.grant_id for row in rows}
    streams = list(names)
    return {
        names[found.stream]: found
        for start in range(0, len(streams), AT_ONCE)
        for found in shelf.fetch(streams[start : start + AT_ONCE]).values()
        if isinstance(found, Grant) or (isinstance(found, Proposal) and found.fingerprint)
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
        elif any(outcome.at > now for outcome in row.outcomes):
            text = "Row {row}: an outcome of the grant “{grant}” lies in the future."
            yield against("I4.past", text, index, row)


def changed(rows: Sequence[PastGrant], known: dict[str, Known]) -> Iterator[Reason]:
    """A reason for each row that says something else than what is recorded."""
    text = (
        "Row {row}: the grant “{grant}” is recorded already, and the file now says something "
        "else of it: {fields}."
    )
    for index, row in enumerate(rows):
        old = known.get(row.grant_id)
        if old is not None and old.fingerprint != row.fingerprint:
            yield against("I2.changed", text, index, row, fields=", ".join(differing(old, row)))


def differing(known: Known, row: PastGrant) -> tuple[str, ...]:
    """The fields of the file in which what is recorded and a row differ, as far as can be told."""
    old, new = json.loads(known.source), json.loads(row.source)
    names = tuple(name for name in {**new, **old} if old.get(name) != new.get(name))
    if names and old.keys() & new.keys():
        return names
    # The same row that says something else is read in another way.
    otherwise = ("mapping",) if old == new else ("row",)
    if isinstance(known, Proposal):
        return otherwise
    # Two forms of a file name their fields differently, and one form can be read in two ways.
    stated = {
        "amountAwarded": known.amount_minor != row.awarded_minor,
        "awardDate": known.awarded_on != row.awarded_on,
        "currency": known.currency != row.currency,
        "recipientOrganization": known.organisation != row.organisation,
        "fundingOrganization": known.fund != row.fund,
    }
    return tuple(name for name, differs in stated.items() if differs) or otherwise


def against(rule: str, text: str, index: int, row: PastGrant, **values: object) -> Reason:
    """A reason that names a row of the file and its grant."""
    named = {"row": row.row, "grant": row.grant_id, **values}
    return Reason(rule, text, named, f"/rows/{index}")

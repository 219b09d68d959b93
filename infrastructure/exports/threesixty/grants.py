"""Says of one grant what the 360Giving Data Standard has words for, in the shape of its JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from domain.money import exponent


class Party(NamedTuple):
    """An organisation, or a programme: its identifier or code, and its name."""

    id: str
    name: str


class Payment(NamedTuple):
    """A payment that was made: its own identifier, its amount, the day it left."""

    id: str
    amount_minor: int
    paid_on: date


@dataclass(frozen=True, kw_only=True)
class GrantFacts:
    """What is known of a grant. Amounts are in minor units of the currency.

    Identifiers are the standard's: of organisations those of org-id.guide where there is one.
    """

    grant_id: str
    title: str
    description: str
    currency: str
    awarded_minor: int
    awarded_on: date
    recipient: Party
    funder: Party
    asked_minor: int | None = None
    disbursed_minor: int | None = None
    planned_start: date | None = None
    planned_end: date | None = None
    planned_months: int | None = None
    programme: Party | None = None
    locations: tuple[str, ...] = ()
    country_code: str = ""
    payments: tuple[Payment, ...] = ()
    from_open_call: bool | None = None
    modified_at: datetime | None = None
    data_source: str = ""


def grant_object(facts: GrantFacts) -> dict[str, Any]:
    """The grant for `write_360giving`.

    What is None or empty is left out: the standard has no word for "unknown".
    """
    stated = {
        "id": facts.grant_id,
        "title": facts.title,
        "description": facts.description,
        "currency": facts.currency,
        "amountAppliedFor": _major(facts.asked_minor, facts.currency),
        "amountAwarded": _major(facts.awarded_minor, facts.currency),
        "amountDisbursed": _major(facts.disbursed_minor, facts.currency),
        "awardDate": facts.awarded_on.isoformat(),
        "plannedDates": [_planned(facts)],
        "recipientOrganization": [facts.recipient._asdict()],
        "beneficiaryLocation": [_location(facts, name) for name in facts.locations],
        "fundingOrganization": [facts.funder._asdict()],
        "grantProgramme": [_programme(facts.programme)],
        "fromOpenCall": _yes_or_no(facts.from_open_call),
        "disbursementTransaction": [_transaction(facts, paid) for paid in facts.payments],
        "dateModified": facts.modified_at and _instant(facts.modified_at),
        "dataSource": facts.data_source,
    }
    return _known(stated)


def _planned(facts: GrantFacts) -> dict[str, Any]:
    start, end = facts.planned_start, facts.planned_end
    planned = {
        "startDate": start and start.isoformat(),
        "endDate": end and end.isoformat(),
        "duration": facts.planned_months,
    }
    return _known(planned)


def _location(facts: GrantFacts, name: str) -> dict[str, Any]:
    return _known({"name": name, "countryCode": facts.country_code})


def _programme(programme: Party | None) -> dict[str, Any]:
    return _known({"code": programme.id, "title": programme.name}) if programme else {}


def _transaction(facts: GrantFacts, payment: Payment) -> dict[str, Any]:
    transaction = {
        "id": payment.id,
        "transactionDate": payment.paid_on.isoformat(),
        "currency": facts.currency,
        "value": _major(payment.amount_minor, facts.currency),
    }
    return _known(transaction)


def _major(minor: int | None, currency: str) -> int | Decimal | None:
    """The amount in major units, exact; whole ones without a point."""
    if minor is None:
        return None
    digits = exponent(currency)
    whole, part = divmod(minor, 10**digits)
    return Decimal(minor).scaleb(-digits) if part else whole


def _yes_or_no(answer: bool | None) -> str:
    return "" if answer is None else "Yes" if answer else "No"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _known(stated: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in stated.items() if value not in (None, "", [], [{}])}

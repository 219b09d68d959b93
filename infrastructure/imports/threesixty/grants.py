"""A grant as this system imports it, and how one is read out of 360Giving's JSON shape."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

from infrastructure.imports.threesixty import values
from infrastructure.imports.threesixty.cursor import Cursor
from infrastructure.imports.threesixty.dates import Dates, Moment
from infrastructure.imports.threesixty.faults import Unfit, quoted
from infrastructure.imports.threesixty.fields import path_name

# What stands in for a value that is faulty; a row with a fault is never handed on.
NO_MOMENT = Moment(date(1900, 1, 1), datetime(1900, 1, 1, tzinfo=UTC))

NOT_COMPARED = ("row", "source", "awarded_at", "modified")
"""What two forms of the same data may differ in: a sheet's date cell states no time and no zone."""


@dataclass(frozen=True)
class PaymentRow:
    """A payment whose amount and day the file states."""

    amount_minor: int
    paid_on: date


@dataclass(frozen=True)
class GrantRow:
    """A past grant as a file states it. Amounts are in minor units of `currency`.

    `awarded_on` is the day as written; `awarded_at` is the instant in UTC that the file states,
    else the first of that day. `planned_months` is None also where the file states a part of a
    month, and a planned day where it states only a month or a year. `source` is the row exactly
    as the file had it; it may name people (contact names, telephones, addresses).
    """

    row: int
    grant_id: str
    title: str
    description: str
    currency: str
    asked_minor: int | None
    awarded_minor: int
    awarded_on: date
    awarded_at: datetime
    recipient_id: str
    recipient_name: str
    funder_id: str
    funder_name: str
    programme: str
    programme_code: str
    planned_start: date | None
    planned_end: date | None
    planned_months: int | None
    modified: str
    source: dict[str, Any]
    payments: tuple[PaymentRow, ...]
    locations: tuple[str, ...]


def fingerprint(row: GrantRow) -> str:
    """SHA-256, in hex, of what the row says of its grant, the same for every form of the data."""
    facts = {
        field.name: getattr(row, field.name)
        for field in fields(row)
        if field.name not in NOT_COMPARED
    }
    text = json.dumps(
        facts, default=_as_json, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return hashlib.sha256(text.encode()).hexdigest()


def case_of(grant: object) -> str:
    """The grant's identifier, if faults can safely be told by it."""
    try:
        case = values.one_line(grant.get("id") if isinstance(grant, dict) else None)
    except Unfit:
        return ""
    return case if values.is_clean(case) else ""


class GrantReader:
    """Reads the fields of one grant; whatever is wrong with them is noted by its cursor."""

    def __init__(self, cursor: Cursor, dates: Dates) -> None:
        self.cursor = cursor
        self.dates = dates

    def row(self, number: int, source: dict[str, Any]) -> GrantRow:
        """The grant; only to be used where no fault was noted."""
        self._refuse_individuals()
        currency = self._currency()
        awarded_minor = self._amount(currency, "amountAwarded")
        awarded = self.cursor.read(self.dates.moment, NO_MOMENT, "awardDate", required=True)
        return GrantRow(
            row=number,
            grant_id=self._line("id", required=True),
            title=self._text("title", required=True),
            description=self._text("description", required=True),
            currency=currency,
            asked_minor=self._optional_amount(currency, "amountAppliedFor"),
            awarded_minor=awarded_minor,
            awarded_on=awarded.day,
            awarded_at=awarded.at,
            recipient_id=self._line("recipientOrganization", 0, "id", required=True),
            recipient_name=self._line("recipientOrganization", 0, "name", required=True),
            funder_id=self._line("fundingOrganization", 0, "id", required=True),
            funder_name=self._line("fundingOrganization", 0, "name", required=True),
            programme=self._line("grantProgramme", 0, "title"),
            programme_code=self._line("grantProgramme", 0, "code"),
            planned_start=self._day("plannedDates", 0, "startDate"),
            planned_end=self._day("plannedDates", 0, "endDate"),
            planned_months=self._months("plannedDates", 0, "duration"),
            modified=self._modified(),
            source=source,
            payments=tuple(self._payments(currency, awarded_minor)),
            locations=tuple(self._locations()),
        )

    def _refuse_individuals(self) -> None:
        if self.cursor.grant.get("recipientIndividual"):
            self.cursor.faults.add("recipientIndividual", "individual")
            # One fault says it; that there is no organisation then goes without saying.
            organisation = {"recipientOrganization": [{"id": "-", "name": "-"}]}
            self.cursor.grant = {**self.cursor.grant, **organisation}

    def _currency(self) -> str:
        return self.cursor.read(
            lambda value: values.currency_code(values.one_line(value)),
            "",
            "currency",
            required=True,
        )

    def _amount(self, currency: str, *path: str | int) -> int:
        return self.cursor.read(
            lambda value: values.amount_minor(value, currency), 0, *path, required=True
        )

    def _optional_amount(self, currency: str, *path: str | int) -> int | None:
        return self._amount(currency, *path) if self.cursor.states(*path) else None

    def _line(self, *path: str | int, required: bool = False) -> str:
        return self.cursor.read(values.one_line, "", *path, required=required)

    def _text(self, *path: str | int, required: bool = False) -> str:
        return self.cursor.read(values.clean_text, "", *path, required=required)

    def _day(self, *path: str | int) -> date | None:
        return self.cursor.read(self.dates.day, None, *path)

    def _months(self, *path: str | int) -> int | None:
        return self.cursor.read(values.whole_months, None, *path)

    def _modified(self) -> str:
        """When the file says the row was changed, as it says it: it need not be a date."""
        value = self.cursor.grant.get("dateModified")
        return value.isoformat() if isinstance(value, date) else self._line("dateModified")

    def _locations(self) -> Iterator[str]:
        for index in range(self.cursor.length("beneficiaryLocation")):
            if name := self._line("beneficiaryLocation", index, "name"):
                yield name

    def _payments(self, currency: str, awarded_minor: int) -> Iterator[PaymentRow]:
        paid = 0
        for index in range(self.cursor.length("disbursementTransaction")):
            payment = self._payment(currency, "disbursementTransaction", index)
            if payment is not None and payment.amount_minor:
                paid += payment.amount_minor
                yield payment
        if paid > awarded_minor and "amountAwarded" not in self.cursor.faults:
            self.cursor.faults.add(
                "disbursementTransaction",
                "payments_above_award",
                paid=paid,
                awarded=awarded_minor,
            )

    def _payment(self, currency: str, *path: str | int) -> PaymentRow | None:
        """A payment, but only where the file states both its day and its amount."""
        stated = self._line(*path, "currency")
        if stated and currency and stated.upper() != currency:
            self.cursor.faults.add(
                path_name((*path, "currency")),
                "payment_currency",
                value=quoted(stated),
                currency=currency,
            )
        amount_minor = self._optional_amount(currency, *path, "value")
        paid_on = self._day(*path, "transactionDate")
        if amount_minor is None or paid_on is None:
            return None
        return PaymentRow(amount_minor, paid_on)


def _as_json(value: date | PaymentRow) -> object:
    return asdict(value) if isinstance(value, PaymentRow) else value.isoformat()

"""One row of a funder's own list as a past award, or as a proposal without one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from application.history import PastGrant, PastOutcome, PastPayment
from infrastructure.imports.history import start_of
from infrastructure.imports.lists.cells import Cells, template
from infrastructure.imports.lists.mapping import Document, Outcome
from infrastructure.imports.lists.rows import ListRow
from infrastructure.imports.threesixty.dates import Dates
from infrastructure.imports.threesixty.faults import RowFaults, quoted
from infrastructure.imports.threesixty.grants import NO_MOMENT
from infrastructure.imports.threesixty.rows import kept_source
from infrastructure.imports.threesixty.values import is_clean

NOT_COMPARED = ("row", "source", "awarded_at", "at", "paid_at", "fingerprint")
"""What may change without the row saying anything else: its place, and what follows from days."""


class PastReader:
    """Reads every row of one list alike."""

    def __init__(self, mapping: Document, dates: Dates, zone: ZoneInfo) -> None:
        self.mapping = mapping
        self.dates = dates
        self.as_of = start_of(mapping.as_of, zone) if mapping.as_of else None
        self.place_of_id = ", ".join(template(mapping.fields.id).holes) or "fields.id"

    def row(self, raw: ListRow, faults: RowFaults) -> PastGrant | None:
        """What the row states; only to be used where no fault was noted."""
        if raw.cells:
            faults.add("row", "cells_beyond_header", cells=raw.cells, columns=len(said(raw)))
        if not isinstance(raw.says, dict):
            faults.add("row", "object_expected", value=quoted(raw.says))
            return None
        cells = Cells(raw.says, self.mapping, self.dates, faults)
        identifier = cells.line(self.mapping.fields.id, required=True)
        faults.case = identifier if is_clean(identifier) else ""
        kept = {name: value for name, value in said(raw).items() if self.keeps(name)}
        facts = {"grant_id": identifier, **self.facts(cells)}
        past = PastGrant(
            row=raw.number,
            source=json.dumps(kept_source(kept, faults), ensure_ascii=False, separators=(",", ":")),
            fingerprint=fingerprint(facts),
            **facts,
        )
        self.check_payments(past, faults)
        return past

    def keeps(self, name: str) -> bool:
        """Whether the column is kept with the row."""
        return name not in self.mapping.leave_out

    def facts(self, cells: Cells) -> dict[str, Any]:
        """Everything that the row states beside its identifier."""
        fields = self.mapping.fields
        currency = cells.currency()
        awarded = self.awarded(cells, currency)
        outcomes = () if awarded is None else tuple(self.outcomes(cells, currency))
        payments = () if awarded is None else tuple(self.payments(cells, currency))
        dated = cells.moment(fields.awarded_on, required=self.as_of is None and awarded is not None)
        asked = cells.moment(fields.asked_on)
        begins = dated.at if dated else self.first(outcomes, payments)
        return {
            "title": cells.title(fields.title),
            "currency": currency,
            "asked_minor": cells.amount(fields.asked, currency),
            "asked_on": asked.day if asked else None,
            "awarded_minor": awarded,
            "awarded_on": dated.day if dated and awarded is not None else None,
            "awarded_at": begins,
            "recipient_id": cells.line(fields.recipient_id, required=True),
            "recipient_name": cells.line(fields.recipient_name, required=True),
            "funder_id": cells.line(fields.funder_id, required=True),
            "funder_name": cells.line(fields.funder_name, required=True),
            "programme": cells.line(fields.programme),
            "programme_code": cells.line(fields.programme_code),
            "payments": payments,
            "outcomes": tuple(self.placed(outcome, begins) for outcome in outcomes),
            "outcome": self.status(cells) if awarded is None else "",
        }

    def status(self, cells: Cells) -> str:
        """The list's own word for what became of the row."""
        return cells.line(self.mapping.status.says) if self.mapping.status else ""

    def awarded(self, cells: Cells, currency: str) -> int | None:
        """The amount of the award; None where the list states that there was none."""
        asked, status = self.mapping.fields.awarded, self.mapping.status
        if status is None:
            return cells.amount(asked, currency, required=True)
        word = self.status(cells)
        if word in status.not_awarded:
            return None
        if word not in status.awarded:
            cells.faults.add(cells.place(status.says), "status_unknown", value=quoted(word))
            return None
        return cells.amount(asked, currency, required=status.without_amount == "refused")

    def payments(self, cells: Cells, currency: str) -> Iterator[PastPayment]:
        """The payments of which the row states both the day and the amount."""
        for payment in self.mapping.payments:
            for item in cells.items(payment.each):
                amount_minor = item.amount(payment.amount, currency)
                paid = item.moment(payment.on)
                if amount_minor and paid is not None:
                    day = start_of(paid.day, self.dates.zone)
                    yield PastPayment(amount_minor=amount_minor, paid_on=paid.day, paid_at=day)

    def outcomes(self, cells: Cells, currency: str) -> Iterator[PastOutcome]:
        """What became of the grant, where the row states it; an undated one waits for its day."""
        for outcome in self.mapping.outcomes:
            for item in cells.items(outcome.each):
                yield from self.outcome(item, outcome, currency)

    def outcome(self, cells: Cells, outcome: Outcome, currency: str) -> Iterator[PastOutcome]:
        """One outcome; words alone that no row has, with nothing beside them, state nothing."""
        if not cells.states_all(outcome.says):
            return
        amount_minor = cells.amount(outcome.amount, currency)
        day = cells.moment(outcome.on)
        words = cells.line(outcome.says)
        if template(outcome.says).holes or amount_minor is not None or day is not None:
            yield PastOutcome(
                outcome=words,
                amount_minor=amount_minor,
                on=day.day if day else None,
                at=day.at if day else NO_MOMENT.at,
            )

    def first(
        self, outcomes: tuple[PastOutcome, ...], payments: tuple[PastPayment, ...]
    ) -> datetime:
        """When an undated award had been made at the latest: what follows it came later."""
        moments = [payment.paid_at for payment in payments]
        moments += [outcome.at for outcome in outcomes if outcome.on is not None]
        return min((*moments, self.as_of)) if self.as_of else min((*moments, NO_MOMENT.at))

    def placed(self, outcome: PastOutcome, begins: datetime) -> PastOutcome:
        """The outcome at its own day, else at the day as of which the list stands."""
        if outcome.on is not None:
            return outcome
        at = max(begins, self.as_of) if self.as_of else begins
        return PastOutcome(outcome=outcome.outcome, amount_minor=outcome.amount_minor, at=at)

    def check_payments(self, past: PastGrant, faults: RowFaults) -> None:
        """Payments do not come to more than was awarded."""
        paid = sum(payment.amount_minor for payment in past.payments)
        if past.awarded_minor is not None and paid > past.awarded_minor and not faults.found:
            place = ", ".join(template(self.mapping.payments[0].amount).holes)
            faults.add(place, "payments_above_award", paid=paid, awarded=past.awarded_minor)


def said(raw: ListRow) -> dict[str, Any]:
    """The fields of a row; none where it is no object."""
    return raw.says if isinstance(raw.says, dict) else {}


def fingerprint(facts: dict[str, Any]) -> str:
    """SHA-256, in hex, of what a row says, whatever its form."""
    compared = {name: plain(value) for name, value in facts.items() if name not in NOT_COMPARED}
    text = json.dumps(compared, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON has it, without what follows from the rest."""
    if isinstance(value, tuple):
        return [
            {name: plain(part) for name, part in asdict(item).items() if name not in NOT_COMPARED}
            for item in value
        ]
    return value if isinstance(value, str | int | None) else value.isoformat()

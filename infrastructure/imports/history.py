"""Rows of a 360Giving file as past grants: the form in which the application takes them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from application.history import PastGrant, PastPayment
from infrastructure.imports.threesixty import GrantRow, PaymentRow, fingerprint

STANDARD = "360giving"


def mapping_of(file: Path, date_format: str | None) -> str:
    """How a file was read: the standard, the form, and the form of its dates if not ISO 8601."""
    return " ".join(part for part in (STANDARD, file.suffix[1:].lower(), date_format) if part)


def past_grants(rows: Iterable[GrantRow], zone: ZoneInfo) -> tuple[PastGrant, ...]:
    """The rows as the application takes them; a day begins in the zone."""
    return tuple(past_grant(row, zone) for row in rows)


def past_grant(row: GrantRow, zone: ZoneInfo) -> PastGrant:
    """One row; `source` is the row as the file had it."""
    return PastGrant(
        row=row.row,
        grant_id=row.grant_id,
        title=row.title,
        currency=row.currency,
        asked_minor=row.asked_minor,
        awarded_minor=row.awarded_minor,
        awarded_on=row.awarded_on,
        awarded_at=row.awarded_at,
        recipient_id=row.recipient_id,
        recipient_name=row.recipient_name,
        funder_id=row.funder_id,
        funder_name=row.funder_name,
        programme=row.programme,
        programme_code=row.programme_code,
        payments=tuple(past_payment(payment, zone) for payment in row.payments),
        source=json.dumps(row.source, ensure_ascii=False, separators=(",", ":")),
        fingerprint=fingerprint(row),
    )


def past_payment(payment: PaymentRow, zone: ZoneInfo) -> PastPayment:
    """One payment."""
    return PastPayment(
        amount_minor=payment.amount_minor,
        paid_on=payment.paid_on,
        paid_at=start_of(payment.paid_on, zone),
    )


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local day, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)

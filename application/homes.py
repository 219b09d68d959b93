"""The homes of accounts: each is told what a record moved there, in a record of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from application.docket import Docket
from domain.funds.fund import Fund
from domain.homes import moved_at
from domain.kernel import Mandate, Record, homes_of


def tell_homes(docket: Docket, by: Mandate) -> None:
    """Tells every home what the records so far moved there; those that were told are left out."""
    for index, record in enumerate(tuple(by.records)):
        if not record.postings or record.touches:
            continue
        homes, caused = homes_of(record), replace(by, causation=record.name)
        for home in homes:
            docket.stream(home).record(moved_at(home, record), caused)
        late = is_late(record, docket, by)
        if homes or late:
            by.records[index] = msgspec.structs.replace(record, touches=homes, late=late)


def is_late(record: Record[Any], docket: Docket, by: Mandate) -> bool:
    """Whether a record moves money with a date that lies in a closed period of its fund."""
    period = record.effective_at.astimezone(by.zone).date().isoformat()[:7]
    funds = {posting.fund for posting in record.postings}
    return any(period <= docket.load(Fund, fund).period for fund in funds)

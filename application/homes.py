"""The homes of accounts: each is told what a record moved there, in a record of its own."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from application.docket import Docket
from domain.kernel import LedgerMoved, Mandate, homes_of
from domain.ledger import moves_at


def tell_homes(docket: Docket, by: Mandate) -> None:
    """Tells every home what the records so far moved there; those that were told are left out."""
    for index, record in enumerate(tuple(by.records)):
        if not record.postings or record.touches:
            continue
        homes, caused = homes_of(record), replace(by, causation=record.name)
        for home in homes:
            moved = LedgerMoved(cause=record.name, entries=moves_at(home, record.postings))
            docket.stream(home).record(moved, caused)
        if homes:
            by.records[index] = msgspec.structs.replace(record, touches=homes)

"""Our side of a like for like replay: instalments to which one small fact comes after another."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.envelope import Actor
from domain.kernel import Event, Record
from domain.tranches.tranche import Planned, Requested
from infrastructure.recorder import events as chronicle
from infrastructure.recorder import leaf_hash
from infrastructure.rows import Row, insert
from infrastructure.store import DatabaseStore

MOMENT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LINK = "019c8d62-ac20-77e6-b8ee-ef0870aa60ca"
PERSON = "person:906e0a07-d2bb-51c8-85fc-d4d9e70afb10"
CLERK = Actor(PERSON, "applicant", {"code": "220102", "unit": ""})
PAGE = 5_000


def fill(store: DatabaseStore, events: int, each: int) -> None:
    """Writes as many records, so many for each instalment."""
    rows: list[Row] = []
    with store.database.writing() as connection:
        for number in range(events // each):
            for version in range(1, each + 1):
                rows.append(row(store, number * each + version, number, version))
            if len(rows) >= PAGE:
                insert(connection, chronicle, rows)
                rows = []
        insert(connection, chronicle, rows)


def row(store: DatabaseStore, position: int, number: int, version: int) -> Row:
    """One fact of an instalment, as the log keeps it."""
    record = Record(
        event=fact(version),
        originator_id=f"tranche:{number:08d}{LINK[8:]}",
        originator_version=version,
        schema_version=1,
        effective_at=MOMENT,
        recorded_at=MOMENT,
        actor=CLERK,
        command_id=LINK,
        causation=f"approval:{LINK}@1",
        salt="079186c5d2de8366abcadebd07d889ad",
    )
    stored = store.chronicle.lines.to_stored_event(record)
    line = stored.state
    return position, record.originator_id, version, stored.topic, line, leaf_hash(line)


def fact(version: int) -> Event:
    """The plan of the instalment, then a request of it."""
    if version == 1:
        return Planned(
            stage="planned", grant=LINK, proposal=LINK, round=LINK, fund=LINK, organisation=LINK,
            place="220102", currency="CNY", no=1, amount_minor=100_000, condition="signature",
        )  # fmt: skip
    return Requested(
        stage="requested", amount_minor=version, account="account:1", invoice_no="I1",
        requester=PERSON,
    )  # fmt: skip

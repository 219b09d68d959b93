"""Every grant in 360Giving's JSON shape: past ones as their file had them, live ones as built."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from zoneinfo import ZoneInfo

from application.questions import Moment
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.imports import Import
from domain.organisations import Organisation
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche
from infrastructure.exports.listed import can_be_said, is_listed, listed_object
from infrastructure.exports.threesixty import GrantFacts, Party, Payment, grant_object
from infrastructure.imports.threesixty.fields import GRANT, Field, Kind
from infrastructure.imports.threesixty.sheets import Sheet, sheet_rows
from infrastructure.imports.threesixty.values import PLAIN_DECIMAL
from infrastructure.replay import Replayed, records
from infrastructure.store import DatabaseStore

PREFIX = "fundtrail"
"""Before identifiers of our own, which no register of organisations has given."""

SHEETS = ("csv", "xlsx")
PAID = ("paid", "reconciled")
NEVER_STOOD = ("cancelled",)

Read = Callable[[str, Kind], object]


def grant_objects(
    store: DatabaseStore, moment: Moment, zone: ZoneInfo
) -> tuple[list[dict[str, Any]], int]:
    """Every grant that stood at the moment, in the order in which they were recorded.

    Beside them how many were left out, because the standard has no words for them.
    """
    replayed, awarded = Replayed(), dict[str, datetime]()
    for position, record in records(store, before=moment.before, upto=moment.upto):
        replayed.take(position, record)
        if record.event_name == "grant.opened":
            awarded[record.originator_id] = record.effective_at
    grants = [
        thing
        for thing in replayed.things.values()
        if isinstance(thing, Grant) and thing.stage not in NEVER_STOOD
    ]
    objects = [
        past_object(grant, replayed)
        if grant.import_id
        else live_object(grant, awarded[grant.stream], replayed, zone)
        for grant in grants
    ]
    said = [found for found in objects if found is not None]
    return said, len(objects) - len(said)


def past_object(grant: Grant, replayed: Replayed) -> dict[str, Any] | None:
    """The row of the file that stated the grant; None where the standard has no words for it."""
    imported = cast(Import, replayed.things[f"{Import.noun}:{grant.import_id}"])
    if is_listed(imported):
        return listed_object(grant, replayed.things) if can_be_said(grant) else None
    return row_object(grant, imported)


def row_object(grant: Grant, imported: Import) -> dict[str, Any]:
    """The row of a file in the standard, read as the file was read."""
    _, form, date_format, *_ = [*imported.mapping.split(" ", 2), "", ""]
    source = json.loads(grant.source)
    if form in SHEETS:
        source = laid_out(source, is_guarded=form == "csv")
        source = read_through(source, GRANT, from_cell)
    if date_format:
        source = read_through(source, GRANT, lambda text, kind: iso(text, kind, date_format))
    return cast(dict[str, Any], source)


def laid_out(cells: Mapping[str, Any], *, is_guarded: bool) -> Any:
    """The row of a sheet in the shape of JSON."""
    sheet = Sheet(list(cells), [(2, list(cells.values()))], is_guarded=is_guarded)
    return sheet_rows(sheet)[0].grant


def read_through(holder: Any, fields: tuple[Field, ...], read: Read) -> Any:
    """The object with each text that the standard knows a field for replaced by what it reads."""
    if not isinstance(holder, dict):
        return holder
    known = {field.key: field for field in fields}
    return {
        key: value_through(value, known[key], read) if key in known else value
        for key, value in holder.items()
    }


def value_through(value: Any, field: Field, read: Read) -> Any:
    """A value of a field, and what lies below it."""
    if isinstance(value, str):
        return read(value, field.kind)
    if isinstance(value, list):
        return [read_through(item, field.fields, read) if field.fields else item for item in value]
    return read_through(value, field.fields, read)


def from_cell(text: str, kind: Kind) -> object:
    """What stood in a cell: a number as a number, a day without the midnight of a date cell."""
    if kind is Kind.NUMBER and PLAIN_DECIMAL.fullmatch(text.strip()):
        return Decimal(text.strip())
    return text.removesuffix("T00:00:00") if kind is Kind.DAY else text


def iso(text: str, kind: Kind, date_format: str) -> str:
    """A date as ISO 8601 has it; a text that is none in that format stays as it is."""
    if kind is not Kind.DAY:
        return text
    try:
        # The reader adds the zone again, if the format has none.
        read = datetime.strptime(text.strip(), date_format)  # noqa: DTZ007
    except ValueError:
        return text
    return read.isoformat().removesuffix("T00:00:00")


def live_object(
    grant: Grant, awarded_at: datetime, replayed: Replayed, zone: ZoneInfo
) -> dict[str, Any]:
    """A grant that was awarded here."""
    things = replayed.things
    proposal = cast(Proposal, things[f"{Proposal.noun}:{grant.proposal}"])
    round = cast(Round, things[f"{Round.noun}:{grant.round}"])
    fund = cast(Fund, things[f"{Fund.noun}:{grant.fund}"])
    paid = tuple(payments_of(grant, replayed))
    return grant_object(
        GrantFacts(
            grant_id=f"{PREFIX}-{grant.id}",
            title=proposal.says.title,
            description=proposal.says.summary or proposal.says.title,
            currency=grant.currency,
            asked_minor=proposal.requested_minor,
            awarded_minor=grant.amount_minor,
            disbursed_minor=sum(payment.amount_minor for payment in paid),
            awarded_on=awarded_at.astimezone(zone).date(),
            planned_start=grant.starts,
            planned_end=grant.ends,
            recipient=recipient_of(grant, replayed),
            funder=Party(f"{PREFIX}-fund-{fund.id}", fund.name),
            programme=Party(round.no, round.title),
            payments=paid,
            from_open_call=True,
            modified_at=grant.effective_at,
        )
    )


def recipient_of(grant: Grant, replayed: Replayed) -> Party:
    """The organisation, by its unified social credit code where it has one."""
    found = cast(Organisation, replayed.things[f"{Organisation.noun}:{grant.organisation}"])
    return Party(found.uscc or f"{PREFIX}-organisation-{found.id}", found.name)


def payments_of(grant: Grant, replayed: Replayed) -> Iterator[Payment]:
    """The tranches that the bank has paid."""
    for thing in replayed.things.values():
        if isinstance(thing, Tranche) and thing.grant == grant.id and thing.stage in PAID:
            assert thing.value_date is not None
            yield Payment(thing.id, thing.amount_minor, thing.value_date)

"""Rehearsing a command: decided as the desk would decide it, on a docket that is thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from application.decide import Decided, Sent, Times, decide, perform
from application.docket import Docket
from application.imports import RecordImport
from application.permissions import PERMISSIONS
from application.places_of_registers import check_places
from application.ports import Calendars, Shelf
from application.principals import Principal
from application.questions import House
from application.registers import RegisterRow, known_of
from domain.errors import Refusal
from domain.imports import Import
from domain.organisations import Organisation

NOTHING_NEW = "I0.new"


class Unkept:
    """Identities and salts of what is not kept, so that nothing random is used up."""

    def __init__(self) -> None:
        self.numbers = count(1)

    def new_id(self, now: datetime) -> str:
        """An identity that nothing else on this docket has."""
        return f"rehearsed-{next(self.numbers)}"

    def salt(self) -> str:
        """No salt."""
        return ""


def rehearse(sent: Sent, shelf: Shelf, times: Times, calendars: Calendars) -> Decided:
    """What the command would come to now; refused as it would be. Nothing is saved."""
    docket = Docket(
        shelf, now=times.recorded_at, entropy=Unkept(), calendars=calendars, perform=perform
    )
    return decide(sent, docket, times)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What recording a register would do: which rows are new, how many are recorded already.

    `unchecked` are the new rows whose place could not be compared with recorded places.
    """

    new: tuple[RegisterRow, ...] = ()
    known: int = 0
    unchecked: int = 0


def may_import(by: Principal) -> bool:
    """Whether somebody holds a role in which registers are imported."""
    return bool(by.roles & set(PERMISSIONS[Import.noun]["record"].first))


def sent_of(command: RecordImport, by: Principal, key: str = "") -> Sent:
    """The command on its way."""
    digest = command.file_sha.encode()
    return Sent(noun=Import.noun, verb="record", command=command, by=by, key=key, digest=digest)


def foresee(house: House, command: RecordImport, by: Principal) -> Foreseen:
    """What recording the register would do now, by the very decisions; refused as it would be."""
    rows = command.organisations
    with house.shelf() as shelf:
        times = Times(house.clock.now(), house.zone)
        try:
            decided = rehearse(sent_of(command, by), shelf, times, house.calendars)
        except Refusal as refused:
            if all(reason.rule == NOTHING_NEW for reason in refused.reasons):
                return Foreseen(known=len(rows))
            raise
        events = (record.event for record in decided.by.records)
        taken = (Organisation.Imported, Organisation.FilingImported)
        codes = {code_of(event) for event in events if isinstance(event, taken)}
        new = tuple(row for row in rows if row.code in codes)
        unchecked = check_places((row.place for row in new), shelf).unchecked
    return Foreseen(new, len(rows) - len(new), sum(row.place in unchecked for row in new))


def code_of(event: Organisation.Imported | Organisation.FilingImported) -> str:
    """What the register told the organisation by."""
    return event.uscc if isinstance(event, Organisation.Imported) else event.filing_no


def leaders_of(house: House, rows: tuple[RegisterRow, ...]) -> frozenset[str]:
    """Who leads the organisations of a register that are recorded by now."""
    with house.shelf() as shelf:
        return frozenset(each.leader for each in known_of(rows, shelf).values())

"""One row of a register: what is recorded of it, and what is private of its people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from application.personal import Personal
from application.registers import RegisterRow
from domain.organisations.codes import is_credit_code
from infrastructure.imports.threesixty.faults import RowFaults, Unfit, quoted
from infrastructure.imports.threesixty.sheets import Cell
from infrastructure.imports.threesixty.values import is_clean, one_line

KINDS = {"登记": "registered", "备案": "filed", "registered": "registered", "filed": "filed"}
PLACE = re.compile("[0-9]{6,15}", re.ASCII)
LONGEST = 200
PRECISE = 10**15
"""From here on a spreadsheet does not keep every digit of a number."""
ROUNDED = re.compile(r"[0-9]+(\.[0-9]+)?E\+[0-9]+", re.ASCII | re.IGNORECASE)
"""How a spreadsheet writes such a number into a CSV."""


@dataclass(frozen=True)
class Private:
    """What a row states of the person behind a reference; nothing of it is recorded."""

    leader: str
    personal: Personal


class RowReader:
    """Reads rows one after another, and knows which names and codes it has met."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.first: dict[str, int] = {}

    def row(
        self, number: int, cells: Mapping[str, Cell], faults: RowFaults
    ) -> tuple[RegisterRow, Private] | None:
        """The row, or nothing where it has a fault."""
        stated = {field: line(field, cell, faults) for field, cell in cells.items()}
        said = {field: text for field, text in stated.items() if text}
        faults.case = said.get("uscc") or said.get("filing_no", "")
        for field in ("name", "kind", "place", "leader"):
            if field not in said:
                faults.add(field, "missing")
        kind = KINDS.get(said.get("kind", "").lower(), "")
        if said.get("kind") and not kind:
            faults.add("kind", "register_kind", value=quoted(said["kind"]))
        if said.get("place") and not PLACE.fullmatch(said["place"]):
            faults.add("place", "register_place", value=quoted(said["place"]))
        self.check_code(kind, said, faults)
        self.check_day(cells.get("registered_on", ""), faults)
        for field in ("uscc", "filing_no"):
            self.check_once(number, field, said.get(field, ""), faults)
        return None if faults.found else made(number, said)

    def check_code(self, kind: str, said: dict[str, str], faults: RowFaults) -> None:
        """Notes a code that is missing, wrong, or of the other kind."""
        code, stray = ("uscc", ("filing_no", "agent")), ("filing_no", ("uscc", "account"))
        needed, empty = code if kind == "registered" else stray
        if not kind:
            return
        if needed not in said:
            faults.add(needed, "missing")
        elif needed == "uscc" and not is_credit_code(said["uscc"]):
            faults.add("uscc", "register_code", value=quoted(said["uscc"]))
        for field in empty:
            if field in said:
                faults.add(field, "register_stray")

    def check_day(self, cell: Cell, faults: RowFaults) -> None:
        """Notes a day of registration that is none, or that has not come."""
        if cell == "":
            return
        try:
            day = cell if isinstance(cell, date) else date.fromisoformat(str(cell).strip())
        except ValueError:
            day = None
        if isinstance(day, datetime):
            day = day.date()
        if day is None or not date(1900, 1, 1) <= day <= self.today:
            faults.add("registered_on", "register_date", value=quoted(str(cell)))

    def check_once(self, number: int, field: str, code: str, faults: RowFaults) -> None:
        """Notes a code that an earlier row has."""
        earlier = self.first.setdefault(f"{field} {code}", number) if code else number
        if earlier != number:
            faults.add(field, "register_repeated", value=quoted(code), first=earlier)


def line(field: str, cell: Cell, faults: RowFaults) -> str:
    """A cell as one clean line; codes in half-width capitals without blanks."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    try:
        text = one_line(str(cell))
        if is_rounded(cell, text):
            raise Unfit("register_digits", value=quoted(text))
        if not is_clean(text) or any(unicodedata.category(each) == "Cf" for each in text):
            raise Unfit("text_unclean", value=quoted(text))
        if len(text) > LONGEST:
            raise Unfit("text_too_long", size=len(text), limit=LONGEST)
    except Unfit as unfit:
        faults.add(field, unfit.rule, **unfit.details)
        return ""
    if field in ("uscc", "place"):
        return "".join(unicodedata.normalize("NFKC", text).upper().split())
    if field == "agent":
        code = "".join(unicodedata.normalize("NFKC", text).upper().split())
        return code if is_credit_code(code) else text
    return text


def is_rounded(cell: Cell, text: str) -> bool:
    """Whether a spreadsheet took a long code for a number, and has lost its last digits."""
    if isinstance(cell, int | float):
        return abs(cell) >= PRECISE
    return bool(ROUNDED.fullmatch(text))


def day_of(text: str) -> date:
    """The day that a cell names, with or without a time of day; it was checked before."""
    return date.fromisoformat(text[:10])


def made(number: int, said: dict[str, str]) -> tuple[RegisterRow, Private]:
    """A row without a fault; its references follow from its code, so that they come out again."""
    code = said.get("uscc") or said["filing_no"]
    leader = f"person:{uuid5(NAMESPACE_URL, f'fundtrail:leader:{code}')}"
    account = f"account:{uuid5(NAMESPACE_URL, f'fundtrail:account:{code}')}"
    row = RegisterRow(
        row=number,
        name=said["name"],
        place=said["place"],
        leader=leader,
        uscc=said.get("uscc", ""),
        filing_no=said.get("filing_no", ""),
        account=account if "account" in said else "",
        agent=said.get("agent", ""),
        registered_on=day_of(said["registered_on"]) if "registered_on" in said else None,
    )
    personal = Personal(
        name=said["leader"],
        phone=said.get("phone"),
        id_number=said.get("identity_number"),
        account_holder=said["name"] if "account" in said else None,
        account_number=said.get("account"),
    )
    return row, Private(leader, personal)

"""The mapping that says how a funder's own list of past awards is read: a TOML file."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from domain.money import unit
from infrastructure.imports.lists.templates import Template
from infrastructure.imports.threesixty.currencies import currencies
from infrastructure.imports.threesixty.dates import Dates
from infrastructure.imports.threesixty.faults import (
    UnreadableFile,
    quoted,
    unreadable,
    unreadable_at,
)

Text = Annotated[str, Meta(min_length=1, max_length=1_000)]
Sign = Annotated[str, Meta(max_length=1)]

LINE_OF_ERROR = re.compile(r"\(at line (\d+)")
LISTED = "history"
"""The first word by which an import keeps that a mapping read its file."""

LARGEST_MAPPING_BYTES = 256 * 1024


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the mapping; a key that it does not know is a fault."""


class Rows(Strict, frozen=True):
    """Where a JSON file keeps its list, and how a CSV separates its cells."""

    path: str = ""
    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] = ","


class Format(Strict, frozen=True):
    """How the list writes dates and numbers, and which texts mean that nothing is stated."""

    date: str = ""
    decimal: Annotated[str, Meta(min_length=1, max_length=1)] = "."
    thousands: Sign = ""
    missing: tuple[str, ...] = ()


class Currency(Strict, frozen=True):
    """What amounts are in; `units` gives the digits of what is no currency of ISO 4217."""

    code: Text
    units: dict[str, Annotated[int, Meta(ge=0, le=12)]] = {}


class Fields(Strict, frozen=True):
    """What of a row is which of our fields."""

    id: Text
    title: Text
    recipient_id: Text
    recipient_name: Text
    funder_id: Text
    funder_name: Text
    awarded: Text
    awarded_on: str = ""
    asked: str = ""
    asked_on: str = ""
    programme: str = ""
    programme_code: str = ""


class Status(Strict, frozen=True):
    """What the list says of an award: which words mean one, which none.

    `without_amount` says what an award is whose amount is not stated: a fault, or no award.
    """

    says: Text
    awarded: tuple[str, ...]
    not_awarded: tuple[str, ...] = ()
    without_amount: Annotated[str, Meta(pattern="^(refused|not_awarded)$")] = "refused"


class Part(Strict, frozen=True, kw_only=True):
    """What a row states once, or once for each item of a list inside it."""

    each: str = ""


class Payment(Part, frozen=True, kw_only=True):
    """A payment; taken where both its amount and its day are stated."""

    amount: Text
    on: Text


class Outcome(Part, frozen=True, kw_only=True):
    """What became of the grant."""

    says: Text
    amount: str = ""
    on: str = ""


class Document(Strict, frozen=True):
    """The whole mapping as it is written."""

    name: Annotated[str, Meta(pattern="^[a-z0-9-]{1,60}$")]
    currency: Currency
    fields: Fields
    as_of: date | None = None
    leave_out: tuple[str, ...] = ()
    rows: Rows = Rows()
    format: Format = Format()
    status: Status | None = None
    payments: tuple[Payment, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """A mapping that was found sound, with the SHA-256 of its file."""

    says: Document
    sha256: str

    def named(self, ending: str) -> str:
        """How an import keeps by what mapping a file was read."""
        return f"{LISTED} {ending.removeprefix('.').lower()} {self.says.name} {self.sha256}"


def read_mapping(path: Path) -> Mapping:
    """The mapping of a file; UnreadableFile, with its field, or line, where it is not sound."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_MAPPING_BYTES + 1)
    except OSError as failed:
        raise unreadable("file_unreadable", reason=failed.strerror or failed) from None
    if len(data) > LARGEST_MAPPING_BYTES:
        size = path.stat().st_size
        raise unreadable("file_too_large", size=size, limit=LARGEST_MAPPING_BYTES)
    document = document_of(data)
    check(document)
    return Mapping(document, hashlib.sha256(data).hexdigest())


def document_of(data: bytes) -> Document:
    """What the TOML says, in its types."""
    try:
        read: dict[str, Any] = tomllib.loads(data.decode())
    except UnicodeDecodeError as broken:
        line = data.count(b"\n", 0, broken.start) + 1
        raise unreadable_at(line, "not_utf8", line=line) from None
    except tomllib.TOMLDecodeError as broken:
        found = LINE_OF_ERROR.search(str(broken))
        line = int(found[1]) if found else data.count(b"\n") + 1
        raise unreadable_at(line, "toml_broken", line=line, reason=broken) from None
    try:
        return msgspec.convert(read, Document)
    except msgspec.ValidationError as unfit:
        reason, _, place = str(unfit).partition(" - at `$.")
        field = place.rstrip("`") or "mapping"
        raise unreadable("mapping_unfit", field, reason=reason) from None


def check(document: Document) -> None:
    """Refuses what the types cannot: units, formats, braces that never close, an unknown day."""
    check_units(document.currency)
    check_format(document.format)
    if not document.fields.awarded_on and document.as_of is None:
        raise unreadable("as_of_missing", "as_of")
    for field, text in texts(document):
        if not Template(text).is_sound:
            raise unreadable("template_broken", field, value=quoted(text))


def check_units(currency: Currency) -> None:
    """Units have a name of capital letters and digits that no currency has."""
    for name, digits in currency.units.items():
        if name in currencies():
            raise unreadable("unit_is_currency", "currency.units", value=quoted(name))
        try:
            unit(name, digits)
        except ValueError:
            raise unreadable("unit_unfit", "currency.units", value=quoted(name)) from None


def check_format(format: Format) -> None:
    """Separators differ, and dates can be read back."""
    if format.decimal == format.thousands:
        value = quoted(format.decimal)
        raise unreadable("separators_alike", "format.thousands", value=value)
    try:
        Dates(ZoneInfo("UTC"), format.date or None)
    except UnreadableFile:
        value = quoted(format.date)
        raise unreadable("date_format_unusable", "format.date", value=value) from None


def texts(document: Document) -> Iterator[tuple[str, str]]:
    """Every text of the mapping that reads the row itself, by its place in the mapping."""
    yield "currency.code", document.currency.code
    for name in Fields.__struct_fields__:
        yield f"fields.{name}", getattr(document.fields, name)
    if document.status is not None:
        yield "status.says", document.status.says
    parts: dict[str, tuple[Part, ...]] = {
        "payments": document.payments,
        "outcomes": document.outcomes,
    }
    for place, listed in parts.items():
        for no, part in enumerate(listed, start=1):
            names = ("each",) if part.each else part.__struct_fields__
            for name in names:
                yield f"{place}.{no}.{name}", getattr(part, name)

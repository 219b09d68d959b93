"""What one row of a list states, by the texts of the mapping; what is wrong becomes a fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import TypeVar

from domain.money import unit
from infrastructure.imports.lists.mapping import Document
from infrastructure.imports.lists.templates import Template, written
from infrastructure.imports.threesixty import values
from infrastructure.imports.threesixty.dates import Dates, Moment
from infrastructure.imports.threesixty.faults import RowFaults, Unfit, quoted

Value = TypeVar("Value")

NOWHERE = object()
"""What stands where a path leads nowhere; null is something."""

OTHER_WORDS = {"date_not_iso": "date_not_mapped"}
"""Rules whose sentence speaks of an option of another command."""

template = cache(Template)


def at(says: object, path: str) -> object:
    """What stands at a path of a row: a column or key of that name, else step by step."""
    if isinstance(says, dict) and path in says:
        return says[path]
    head, slash, rest = path.partition("/")
    if isinstance(says, dict) and slash and head in says:
        return at(says[head], rest)
    if isinstance(says, list) and head.isdecimal() and int(head) < len(says):
        return at(says[int(head)], rest) if slash else says[int(head)]
    return NOWHERE


class Cells:
    """The values of one row, or of one item of a list inside it."""

    def __init__(self, says: object, mapping: Document, dates: Dates, faults: RowFaults) -> None:
        self.says = says
        self.mapping = mapping
        self.dates = dates
        self.faults = faults

    def inside(self, item: object) -> Cells:
        """The values of an item of a list in this row."""
        return Cells(item, self.mapping, self.dates, self.faults)

    def items(self, each: str) -> Iterator[Cells]:
        """The items of a list in this row; the row itself where the mapping names no list."""
        if not each:
            yield self
            return
        (path,) = template(each).holes
        found = at(self.says, path)
        if isinstance(found, list):
            yield from map(self.inside, found)
        elif found is not NOWHERE and found is not None:
            self.faults.add(path, "list_expected", value=quoted(found))

    def stated(self, path: str) -> object:
        """The value at a path; None where there is nothing, or a text that means nothing."""
        value = at(self.says, path)
        if value is NOWHERE or value is None:
            return None
        if isinstance(value, dict | list | bool):
            self.faults.add(path, "value_expected", value=quoted(value))
            return None
        if isinstance(value, str):
            text = value.strip()
            return None if not text or text in self.mapping.format.missing else value
        return value

    def whole(self, text: str) -> object:
        """What the text says with its holes filled; None where the row states none of them."""
        asked = template(text)
        found = {path: self.stated(path) for path in asked.holes}
        if asked.holes and all(value is None for value in found.values()):
            return None
        return found[asked.holes[0]] if asked.is_hole else asked.filled(found)

    def states_all(self, text: str) -> bool:
        """Whether the row states everything that the text has a hole for."""
        return all(self.stated(path) is not None for path in template(text).holes)

    def read(
        self,
        reader: Callable[[object], Value],
        default: Value,
        text: str,
        *,
        required: bool = False,
    ) -> Value:
        """What the reader makes of it; the default where it is not stated, or is a fault."""
        found = self.whole(text) if text else None
        place = self.place(text)
        if found is None:
            if required:
                self.faults.add(place, "missing")
            return default
        try:
            return reader(found)
        except Unfit as unfit:
            rule = OTHER_WORDS.get(unfit.rule, unfit.rule)
            self.faults.add(place, rule, **unfit.details)
            return default

    def place(self, text: str) -> str:
        """The fields of the file that a text reads."""
        return ", ".join(template(text).holes) or text

    def line(self, text: str, *, required: bool = False) -> str:
        """A name or an identifier."""
        return self.read(lambda found: values.one_line(as_text(found)), "", text, required=required)

    def title(self, text: str) -> str:
        """A title, of one line or several."""
        return self.read(lambda found: values.clean_text(as_text(found)), "", text, required=True)

    def moment(self, text: str, *, required: bool = False) -> Moment | None:
        """A day, and when it begins."""
        return self.read(self.dates.moment, None, text, required=required)

    def currency(self) -> str:
        """The code of the currency, or of the unit with its digits."""
        return self.read(self.code, "", self.mapping.currency.code, required=True)

    def code(self, found: object) -> str:
        """One of the units of the mapping, else a currency of ISO 4217."""
        name = values.one_line(as_text(found))
        digits = self.mapping.currency.units.get(name)
        if digits is not None:
            return unit(name, digits)
        try:
            return values.currency_code(name)
        except Unfit:
            raise Unfit("unit_unknown", value=quoted(name)) from None

    def amount(self, text: str, currency: str, *, required: bool = False) -> int | None:
        """An amount in minor units of the currency, or of the unit."""

        def minor(found: object) -> int | None:
            plain = self.plain(found) if isinstance(found, str) else found
            # A fault of the currency is told once, and not again with every amount.
            return values.amount_minor(plain, currency) if currency else None

        return self.read(minor, None, text, required=required)

    def plain(self, text: str) -> str:
        """A number as the list writes it, as everybody else does."""
        format = self.mapping.format
        point, comma = re.escape(format.decimal), re.escape(format.thousands)
        groups = rf"|[0-9]{{1,3}}(?:{comma}[0-9]{{3}})+" if comma else ""
        pattern = rf"(-?(?:[0-9]+{groups}))(?:{point}([0-9]+))?"
        match = re.fullmatch(pattern, text.strip(), re.ASCII)
        if match is None:
            raise Unfit("number_unwritten", value=quoted(text))
        whole = match[1].replace(format.thousands, "") if comma else match[1]
        return f"{whole}.{match[2]}" if match[2] else whole


def as_text(found: object) -> object:
    """A number as text, for identifiers that a list keeps as numbers."""
    return written(found) if isinstance(found, int | Decimal) else found

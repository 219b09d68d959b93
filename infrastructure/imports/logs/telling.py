"""Says of each case of a log what its events are to us, by the mapping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from application.conforming import Amounts, ToldCase
from domain.conforming import Meaning, Occurrence
from domain.rounding import minor_units
from domain.values import MOST
from infrastructure.imports.logs.cases import MOST_CASES, LogCase, LogEvent, Names, Noted
from infrastructure.imports.logs.mapping import NOTHING, LogMapping
from infrastructure.imports.threesixty.faults import Unfit, quoted, unreadable_at

NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
LONGEST_NUMBER = 100
FINEST = -400
"""How many digits after the point an amount may have; binary fractions have fewer."""


class Teller:
    """Tells the cases of one log; what is wrong with them is noted."""

    def __init__(self, mapping: LogMapping, names: Names, noted: Noted) -> None:
        self.mapping = mapping
        self.names = names
        self.noted = noted
        self.amounts = mapping.amounts
        self.counted = {transition.casefold() for transition in mapping.says.transitions}
        self.first: dict[str, int] = {}
        self.unmapped: set[str] = set()
        self.stated: set[str] = set()

    def told(self, cases: Iterable[LogCase]) -> Iterator[ToldCase]:
        """The cases; at the end it is noted which attribute of the mapping no event has."""
        for case in cases:
            name = self.name(case)
            if len(self.first) > MOST_CASES:
                raise unreadable_at(case.row, "log_too_large", limit=MOST_CASES)
            occurrences = tuple(self.occurrences(name, case.events))
            roles = self.names.role
            yield ToldCase(
                name,
                case.row,
                len(case.events),
                occurrences,
                self.amount(name, case),
                {no: event.says.get(roles, "") for no, event in enumerate(case.events, start=1)}
                if roles
                else {},
            )
        if not self.first:
            self.noted.add(0, "", "file", "no_cases")
            return
        for field in ("amount", "role", "instance", "transition"):
            name = getattr(self.names, field)
            if name and field not in self.stated and not self.noted.faults:
                place, value = f"attributes.{field}", quoted(name)
                self.noted.add(0, "", place, "log_attribute_missing", value=value)

    def name(self, case: LogCase) -> str:
        """The name of a case, which no other case has."""
        name, row = case.says.get(self.names.case, ""), case.row
        if not name.strip():
            self.noted.add(row, "", self.names.case, "missing")
        elif (first := self.first.setdefault(name, row)) != row:
            value, field = quoted(name), self.names.case
            self.noted.add(row, name, field, "case_repeated", value=value, first=first, second=row)
        return name

    def occurrences(self, case: str, events: list[LogEvent]) -> Iterator[Occurrence]:
        """What happened in a case; events of other transitions than the mapping's are left out."""
        names = self.names
        for number, event in enumerate(events, start=1):
            self.note_stated(event)
            if names.transition:
                transition = event.says.get(names.transition, "").strip().casefold()
                if transition not in self.counted:
                    continue
            activity = event.says.get(names.activity, "")
            if not activity.strip():
                self.noted.add(event.row, case, names.activity, "missing")
                continue
            instance = event.says.get(names.instance, "") if names.instance else ""
            things = event.things or ((instance,) if instance else ())
            yield Occurrence(
                number, event.row, activity, self.meaning(case, event, activity), things
            )

    def note_stated(self, event: LogEvent) -> None:
        """Notes which attributes of the mapping the log has."""
        for field in ("role", "instance", "transition"):
            if getattr(self.names, field) in event.says:
                self.stated.add(field)
        if event.things:
            self.stated.add("instance")

    def meaning(self, case: str, event: LogEvent, activity: str) -> Meaning:
        """What an activity stands for; one that the mapping does not name is noted once."""
        found = self.mapping.meanings.get(activity)
        if found is not None:
            return found
        if self.mapping.says.unmapped != NOTHING and activity not in self.unmapped:
            self.unmapped.add(activity)
            field, value = self.names.activity, quoted(activity)
            self.noted.add(event.row, case, field, "activity_unmapped", value=value)
        return Meaning()

    def amount(self, name: str, case: LogCase) -> Fraction | None:
        """The amount of a case, which all its events that state one agree on."""
        field, found, said = self.names.amount, None, ""
        if self.amounts is None:
            return None
        for row, says in ((case.row, case.says), *((e.row, e.says) for e in case.events)):
            text = says.get(field, "").strip()
            if not text or text == said:
                continue
            self.stated.add("amount")
            try:
                amount = amount_of(text, self.amounts)
                if found is not None and amount != found:
                    raise Unfit("log_amount_differs", first=quoted(said), second=quoted(text))
            except Unfit as unfit:
                self.noted.add(row, name, field, unfit.rule, **unfit.details)
                return None
            found, said = amount, said or text
        return found


def amount_of(text: str, amounts: Amounts) -> Fraction:
    """The exact amount that a text states, in major units; Unfit where it is none of ours."""
    if len(text) > LONGEST_NUMBER or NUMBER.fullmatch(text) is None:
        raise Unfit("amount_expected", value=quoted(text))
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    if number < 0:
        raise Unfit("amount_negative", value=quoted(text))
    if number.adjusted() > len(str(MOST)):
        raise Unfit("amount_too_large", value=quoted(text))
    if not isinstance(exponent, int) or exponent < FINEST:
        raise Unfit("amount_expected", value=quoted(text))
    amount = Fraction(number)
    try:
        minor = minor_units(amount, amounts.currency, amounts.rounding)
    except ValueError:
        raise Unfit("log_amount_too_fine", value=quoted(text), currency=amounts.currency) from None
    if minor > MOST:
        raise Unfit("amount_too_large", value=quoted(text))
    return amount

"""Facts as pages show them: amounts, days, names and tables instead of stored values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from api.web.controls import points
from api.web.names import Names
from api.web.references import REFERS
from api.web.visit import Visit
from application.kinds import PLURALS

MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
ID = re.compile(r"[0-9a-f-]{36}", re.ASCII)
STREAM = re.compile(r"([a-z_]+):([0-9a-f-]{36})(?:@[0-9]+)?", re.ASCII)
STORED = re.compile(r"[a-z][a-z_.-]*(?:/[a-z_]+)?", re.ASCII)
"""How the system writes its own words; everything else has been typed by somebody."""

MONEY = frozenset({"amount_minor", "currency", "amount"})
PROSE = frozenset({"summary", "results", "midterm_report", "report", "comment", "feedback"})
WORDS = {
    "kind": "choice",
    "source": "choice",
    "condition": "choice",
    "aggregation": "choice",
    "method": "choice",
    "grade": "choice",
    "unspent": "choice",
    "opinion": "choice",
    "incubation_outcome": "choice",
    "line": "choice",
    "midterm_result": "choice",
    "severity": "choice",
    "basis": "choice",
    "check_result": "choice",
    "choice": "choice",
    "decision": "choice",
    "dimension": "choice",
    "level": "choice",
    "list": "choice",
    "moves": "choice",
    "result": "choice",
    "pending_change": "choice",
    "changed": "choice",
    "rule": "choice",
    "stands_for": "choice",
    "tie_break": "choice",
    "to": "choice",
    "preparer_role": "role",
    "raiser_role": "role",
    "role": "role",
    "roles": "role",
    "part": "field",
    "account": "account",
    "debit": "account",
    "credit": "account",
    "thing_noun": "noun",
}
"""Fields whose values are the system's own words, and of which kind."""

TECHNICAL = frozenset(
    {"id", "stage", "version", "currency", "position", "born", "fields", "content_sha"}
    | {"fields_sha", "rules_sha", "file_sha", "sha256", "fingerprint", "full", "source", "name_key"}
    | {"candidates"}
)
"""What a page shows in another place, or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A value on a page, of a kind that templates know.

    text, short (never broken), prose (with its lines), money, thing, list, table or pairs.
    """

    kind: str
    text: str = ""
    view: str = ""
    id: str = ""
    items: Sequence[Shown] = ()
    head: Sequence[tuple[str, bool]] = ()
    rows: Sequence[Sequence[Shown]] = ()
    pairs: Sequence[tuple[str, Shown]] = ()


NOTHING = Shown(kind="text", text="–")


def grouped(amount: str) -> str:
    """A decimal with separators between thousands."""
    whole, point, rest = amount.partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{point}{rest}"


class Reader:
    """Reads stored values for one page; the things they mention are named by `names`."""

    def __init__(self, visit: Visit, names: Names) -> None:
        self.visit = visit
        self.names = names

    def pairs(self, values: dict[str, Any], noun: str) -> list[tuple[str, Shown]]:
        """Labelled facts; what is empty is left out."""
        shown = ((name, value, self.shown(name, value, noun)) for name, value in values.items())
        return [(self.label(name, value), each) for name, value, each in shown if each]

    def label(self, name: str, value: Any) -> str:
        """The label of a field; amounts have lost the unit at the end of their names."""
        one = value[0] if isinstance(value, list) and value else value
        is_money = isinstance(one, dict) and one.keys() >= MONEY
        return self.visit.label("field", f"{name}_minor" if is_money else name)

    def shown(self, name: str, value: Any, noun: str) -> Shown | None:
        """A value as it is shown; None where it says nothing."""
        if value is None or value in ("", [], {}):
            return None
        if isinstance(value, dict):
            return self.of_object(value, noun)
        if isinstance(value, list):
            return self.of_list(name, value, noun)
        if isinstance(value, bool):
            return text_of(self.visit.words.text("yes" if value else "no"))
        if isinstance(value, int):
            return text_of(points(value) if name.endswith("_milli") else str(value))
        return self.of_text(name, str(value), noun)

    def of_object(self, value: dict[str, Any], noun: str) -> Shown:
        """An amount, or an object as labelled pairs."""
        if value.keys() >= MONEY:
            return self.money(value["amount"], value["currency"])
        return Shown(kind="pairs", pairs=self.pairs(value, noun))

    def money(self, amount: str, currency: str) -> Shown:
        """An amount with its currency."""
        return Shown(kind="money", text=f"{grouped(amount)} {currency}".strip())

    def of_list(self, name: str, value: list[Any], noun: str) -> Shown:
        """Objects as a table, everything else in a row."""
        if isinstance(value[0], dict) and not value[0].keys() >= MONEY:
            return self.table(value, noun)
        items = [self.shown(name, item, noun) for item in value]
        return Shown(kind="list", items=[item for item in items if item])

    def table(self, rows: list[dict[str, Any]], noun: str) -> Shown:
        """Objects of one kind, a row each; columns that are empty everywhere are left out."""
        names = [
            name
            for name in dict.fromkeys(key for row in rows for key in row)
            if any(row.get(name) not in (None, "", [], {}) for row in rows)
        ]
        first = {name: next((r[name] for r in rows if r.get(name)), None) for name in names}
        head = [(self.label(name, first[name]), is_number(first[name])) for name in names]
        cells = [[self.shown(n, row.get(n), noun) or NOTHING for n in names] for row in rows]
        return Shown(kind="table", head=head, rows=cells)

    def of_text(self, name: str, text: str, noun: str) -> Shown:
        """A word, a day, a moment, a person, a thing, or what somebody wrote."""
        words = self.visit.words
        if name in ("stage", "thing_stage", "stage_before_change"):
            return text_of(words.word("stage", text, noun))
        if text in self.visit.people or text == "clock":
            return text_of(self.names.person(text))
        if name in REFERS and (ID.fullmatch(text) or REFERS[name] == "places"):
            self.names.want(REFERS[name], text)
            return Shown(kind="thing", view=REFERS[name], id=text)
        if (match := STREAM.fullmatch(text)) and match[1] in PLURALS:
            self.names.want(PLURALS[match[1]], match[2])
            return Shown(kind="thing", view=PLURALS[match[1]], id=match[2])
        if MOMENT.match(text):
            return Shown(kind="short", text=self.moment(text))
        if DAY.fullmatch(text):
            return Shown(kind="short", text=words.day(date.fromisoformat(text)))
        if name in WORDS:
            return text_of(self.own_word(WORDS[name], text))
        if name == "no":
            return Shown(kind="short", text=text)
        return Shown(kind="prose" if name in PROSE or "\n" in text else "text", text=text)

    def own_word(self, kind: str, text: str) -> str:
        """The word for a stored value, if it is one of the system's own."""
        words = self.visit.words
        head, slash, tail = text.partition("/")
        is_english = words.language == "en" and STORED.fullmatch(text)
        if (kind, head) not in words.texts and not is_english:
            return text
        rest = f"（{words.word('choice', tail)}）" if slash else ""
        return words.word(kind, head) + rest

    def moment(self, text: str) -> str:
        """A stored moment in local time."""
        return self.visit.local(datetime.fromisoformat(text.replace("Z", "+00:00")))


def text_of(text: str) -> Shown:
    """Plain text."""
    return Shown(kind="text", text=text)


def is_number(value: Any) -> bool:
    """Whether a column is aligned on the right."""
    if isinstance(value, dict):
        return value.keys() >= MONEY
    return isinstance(value, int) and not isinstance(value, bool)

"""Whom a register means by the fiscal agent of a row: by credit code, or by a name of one body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from application.history import AT_ONCE
from application.ports import Shelf
from domain.organisations import Organisation

Candidates = Mapping[str, Mapping[str, str]]
"""By what a row calls its agent: the credit codes of all who are called so, each with the id.

An agent that stands in the file alone has no id yet.
"""


class Row(Protocol):
    """What is asked of a row here."""

    @property
    def name(self) -> str:
        """What the organisation is called."""

    @property
    def uscc(self) -> str:
        """Its credit code; empty where it is filed."""

    @property
    def agent(self) -> str:
        """The credit code or the name of its fiscal agent."""


def recorded(shelf: Shelf, column: str, wanted: Sequence[str]) -> Iterator[Organisation]:
    """Every recorded organisation that has one of these values in a column."""
    for start in range(0, len(wanted), AT_ONCE):
        ids = shelf.ids(Organisation.noun, {column: tuple(wanted[start : start + AT_ONCE])})
        for each in shelf.fetch([f"{Organisation.noun}:{id}" for id in ids]).values():
            if isinstance(each, Organisation):
                yield each


def candidates(rows: Sequence[Row], new: Sequence[Row], shelf: Shelf) -> Candidates:
    """All who may be meant: registered organisations, new in the file or recorded and not ended."""
    named = sorted({row.agent for row in rows if row.agent})
    found: dict[str, dict[str, str]] = {name: {} for name in named}
    for row in new:
        for called in (row.uscc, row.name):
            if row.uscc and called in found:
                found[called][row.uscc] = ""
    for column in ("name", "uscc"):
        for each in recorded(shelf, column, named):
            if each.uscc and each.is_live:
                found[getattr(each, column)][each.uscc] = each.id
    return found


def only(meant: Mapping[str, str]) -> tuple[str, str]:
    """The code and the id of the one who is meant; empty where it is nobody, or several."""
    return next(iter(meant.items())) if len(meant) == 1 else ("", "")

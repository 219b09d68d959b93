"""Compare: what was derived from the records, read in step with them and laid beside it."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from application.kinds import KINDS
from domain.errors import Reason
from domain.kernel import Aggregate, Record
from infrastructure import book
from infrastructure.rows import Row, quoted
from infrastructure.streaming import mark, streamed
from infrastructure.views import MAIN, OF_NOUN, VIEWS
from infrastructure.views.kit import View, rows

AHEAD = 200
"""How many rows of a read model are fetched at a time."""

ENTRIES = [column.name for column in book.entries.columns]
COLUMNS = {view.name: [column.name for column in view.table.columns] for view in VIEWS.values()}
POSITION, BORN = (COLUMNS["funds"].index(name) for name in ("position", "born"))
"""Where these stand in the rows of every read model."""

OWNER = {view.name: "id" if view.expand is None else view.noun for view in VIEWS.values()}
"""In which column of a read model the id of the thing stands that fills the row."""

END = 2**63
"""Beyond every position that a database can hold."""

Key = tuple[str, str]
"""A read model, and the id of a row in it."""


class BesideTheLog:
    """The ledger book, read in step with the log: each position's entries beside its record."""

    def __init__(self, connection: sa.Connection) -> None:
        order = f"SELECT {quoted(ENTRIES)} FROM entries ORDER BY position, no"
        self.stored = streamed(connection, order)
        self.passed: list[tuple[int, Reason]] = []
        self.go_on()

    def go_on(self) -> None:
        """Turns to the next entry; `position` is its, beyond every other where there is none."""
        self.ahead = next(self.stored, None)
        self.position: int = END if self.ahead is None else self.ahead[0]

    def at(self, position: int) -> list[Row]:
        """The stored entries of a position; those of positions without a record are noted."""
        found = []
        while self.ahead is not None and self.position <= position:
            if self.position == position:
                found.append(self.ahead)
            else:
                self.passed.append(stray(self.ahead))
            self.go_on()
        return found

    def differences(self, position: int, record: Record[Any]) -> Iterator[Reason]:
        """What is wrong with the stored entries of a record, entry by entry."""
        found, made = self.at(position), book.rows_of(position, record)
        if found == made:
            return
        stored, expected = ({row[1]: row for row in rows} for rows in (found, made))
        for no in sorted(stored.keys() | expected.keys()):
            if stored.get(no) != expected.get(no):
                yield Reason(
                    "ledger.entry",
                    "Entry {no} of this record differs in the ledger book: {columns}.",
                    {"no": no, "columns": named(ENTRIES, stored.get(no), expected.get(no))},
                )

    def close(self) -> None:
        """Lets go of what was not read to its end."""
        self.stored.close()

    def rest(self) -> Iterator[tuple[int, Reason]]:
        """The entries that belong to no record, each with its position."""
        self.at(2**63)
        yield from self.passed


def stray(row: Row) -> tuple[int, Reason]:
    """An entry whose position has no record."""
    reason = Reason(
        "ledger.entry", "Entry {no} stands in the ledger book without a record.", {"no": row[1]}
    )
    return row[0], reason


def named(names: list[str], stored: Row | None, expected: Row | None) -> str:
    """Which columns differ, or that a row is missing or should not be there."""
    if stored is None:
        return "missing"
    if expected is None:
        return "should not be there"
    pairs = zip(names, stored, expected, strict=True)
    return ", ".join(name for name, is_, should_be in pairs if is_ != should_be)


@dataclass(slots=True)
class Standing:
    """A thing while its records pass by: where it began and last changed, and its stored rows.

    `kind` is None where there is no such noun, `thing` until a record of its lifecycle was read.
    """

    noun: str
    id: str
    kind: type[Aggregate] | None
    thing: Aggregate | None = None
    version: int = 0
    born: int = 0
    last: int = 0
    ends: int = 0
    rows: dict[Key, Row] = field(default_factory=dict)

    @classmethod
    def of(cls, stream: str) -> Standing:
        """What will stand under the name of a stream."""
        noun, _, id = stream.partition(":")
        return cls(noun, id, KINDS.get(noun))

    def take(self, position: int, record: Record[Any]) -> bool:
        """Takes a record in, unless it is of another lifecycle; whether it did."""
        name = record.event_name
        if self.kind is None or not (name in self.kind.lifecycle.events or name == "ledger.moved"):
            return False
        if self.thing is None:
            self.thing, self.born = self.kind(id=self.id), position
        self.thing.take(record)
        self.last = position
        return True

    def beside(self, rows: dict[Key, Row]) -> None:
        """Notes its stored rows, and where they say that it changes last."""
        self.rows = rows
        row = rows.get((MAIN[self.noun].name, self.id)) if self.noun in MAIN else None
        self.ends = 0 if row is None else row[POSITION]

    def expected(self) -> dict[Key, Row]:
        """The rows that every read model should have of the thing as it stands."""
        if self.thing is None:
            return {}
        return {
            (view.name, row[0]): row
            for view in OF_NOUN.get(self.noun, ())
            for row in rows(view, self.thing, self.last, self.born)
        }


class RowsBesideTheLog:
    """The read models, read in step with the log: the rows of a thing where the thing began."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.tables = [self.in_order(view) for view in VIEWS.values()]
        self.stored: Iterator[tuple[int, View, Row]] = heapq.merge(*self.tables, key=itemgetter(0))
        self.ahead = next(self.stored, None)
        self.loose: dict[Key, Row] = {}

    def in_order(self, view: View) -> Generator[tuple[int, View, Row], None, None]:
        """The rows of one read model as their things began."""
        order = f"SELECT {quoted(COLUMNS[view.name])} FROM {view.table.name} ORDER BY born"
        with closing(streamed(self.connection, order, page=AHEAD)) as found:
            for row in found:
                yield row[BORN], view, row

    def close(self) -> None:
        """Lets go of what was not read to its end."""
        for table in self.tables:
            table.close()

    def of(self, noun: str, id: str, position: int) -> dict[Key, Row]:
        """The rows of a thing that begins at the position; those of no thing are kept as loose."""
        found: dict[Key, Row] = {}
        while self.ahead is not None and self.ahead[0] <= position:
            _, view, row = self.ahead
            is_of_it = view.noun == noun and row[place_of_owner(view)] == id
            (found if is_of_it else self.loose)[view.name, row[0]] = row
            self.ahead = next(self.stored, None)
        return found

    def again(self, noun: str, id: str) -> dict[Key, Row]:
        """The rows of a thing that were read before."""
        found: dict[Key, Row] = {}
        for view in OF_NOUN.get(noun, ()):
            where = f'"{OWNER[view.name]}" = {mark(self.connection)}'
            question = f"SELECT {quoted(COLUMNS[view.name])} FROM {view.table.name} WHERE {where}"
            for row in streamed(self.connection, question, (id,)):
                if (view.name, row[0]) not in self.loose:
                    found[view.name, row[0]] = row
        return found

    def differences(self, standing: list[Standing]) -> Iterator[tuple[int, Reason]]:
        """Every row that is not what the things give, or is missing, or belongs to nothing.

        The things are those whose rows were not found to be right already.
        """
        self.of("", "", 2**63)
        for one in standing:
            expected, found = one.expected(), one.rows
            for key in expected.keys() | found.keys():
                should_be = expected.get(key)
                stored = found.get(key) or self.loose.pop(key, None)
                if stored != should_be:
                    yield differs(key, stored, should_be)
        for key, row in self.loose.items():
            yield differs(key, row, None)


def place_of_owner(view: View) -> int:
    """Which column of a read model names the thing that fills the row."""
    return COLUMNS[view.name].index(OWNER[view.name])


def differs(key: Key, stored: Row | None, should_be: Row | None) -> tuple[int, Reason]:
    """A row of a read model that is not what the records give, with its thing's position."""
    view, id = key
    columns = named(COLUMNS[view], stored, should_be)
    text = "The row “{id}” of the read model “{view}” differs from the records: {columns}."
    reason = Reason(f"view.{view}", text, {"id": id, "view": view, "columns": columns})
    return (should_be or stored or ())[POSITION], reason

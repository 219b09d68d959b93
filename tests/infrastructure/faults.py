"""Ways to damage a database behind the program's back, each undone with its transaction."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from infrastructure.book import entries
from infrastructure.recorder import events, leaf_hash
from infrastructure.store import DatabaseStore
from infrastructure.verify import Verdict, verify
from infrastructure.views import VIEWS

GUARDS = {
    "sqlite": ("DROP TRIGGER events_no_update", "DROP TRIGGER events_no_delete"),
    "postgresql": ("ALTER TABLE events DISABLE TRIGGER ALL",),
}
ASIDE = 1_000_000
"""A position that no record has, for two that change places."""


class Undone(Exception):
    """Ends a transaction of which nothing is to stay."""


class Damage:
    """A database whose guards are off, until the transaction is rolled back."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        for guard in GUARDS[connection.dialect.name]:
            connection.exec_driver_sql(guard)

    def where(self, type: str, nth: int = 0) -> int:
        """The position of the nth record of a type; counted from the end where negative."""
        query = sa.select(events.c.position).where(events.c.type == type)
        return list(self.connection.execute(query.order_by(events.c.position)).scalars())[nth]

    def last(self) -> int:
        """The last position."""
        return int(self.connection.execute(sa.select(sa.func.max(events.c.position))).scalar_one())

    def line(self, position: int) -> bytes:
        """The stored record at a position."""
        query = sa.select(events.c.record).where(events.c.position == position)
        return bytes(self.connection.execute(query).scalar_one())

    def record(self, position: int) -> dict[str, Any]:
        """The record at a position, to be changed."""
        found: dict[str, Any] = json.loads(self.line(position))
        return found

    def set(self, position: int, /, **columns: Any) -> None:
        """Changes columns of the row at a position."""
        change = events.update().where(events.c.position == position).values(**columns)
        assert self.connection.execute(change).rowcount == 1

    def remove(self, position: int) -> None:
        """Takes a record out."""
        gone = self.connection.execute(events.delete().where(events.c.position == position))
        assert gone.rowcount == 1

    def swap(self, one: int, other: int) -> None:
        """Lets two records change places."""
        self.set(one, position=ASIDE)
        self.set(other, position=one)
        self.set(ASIDE, position=other)

    def rewrite(self, position: int, change: Callable[[dict[str, Any]], None]) -> None:
        """Puts another record in the place of one, with a leaf that fits."""
        record = self.record(position)
        change(record)
        line = written(record)
        self.set(position, record=line, leaf=leaf_hash(line))

    def forge(self, like: int, change: Callable[[dict[str, Any]], None]) -> int:
        """Adds a record made from another one behind the last of its stream; its position."""
        record = self.record(like)
        of_stream = sa.select(sa.func.max(events.c.version)).where(
            events.c.stream == record["stream"]
        )
        record["version"] = int(self.connection.execute(of_stream).scalar_one()) + 1
        newest = self.record(self.last())
        record |= {name: newest[name] for name in ("recorded_at", "effective_at")}
        record |= {"command_id": "forged", "salt": "0" * 32}
        change(record)
        line, position = written(record), self.last() + 1
        values = {
            "position": position, "stream": record["stream"], "version": record["version"],
            "type": record["event"]["type"], "record": line, "leaf": leaf_hash(line),
        }  # fmt: skip
        self.connection.execute(events.insert().values(**values))
        return position

    def entry(self, position: int, /, **columns: Any) -> None:
        """Changes the first entry that a record posted."""
        first = (entries.c.position == position) & (entries.c.no == 1)
        change = entries.update().where(first).values(**columns)
        assert self.connection.execute(change).rowcount == 1

    def view(self, name: str) -> tuple[sa.Table, dict[str, Any]]:
        """A read model, and its oldest row."""
        table = VIEWS[name].table
        row = self.connection.execute(sa.select(table).order_by(table.c.born)).first()
        assert row is not None, name
        return table, dict(row._mapping)


def written(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


@contextmanager
def damaged(store: DatabaseStore) -> Iterator[Damage]:
    """The database with its guards off; whatever is done to it is undone at the end."""
    try:
        with store.database.writing() as connection:
            yield Damage(connection)
            raise Undone
    except Undone:
        pass


Planted = tuple[int, str]
"""At which position verify must find a fault, and by which rule."""

Plant = Callable[[Damage], Planted]
"""Plants one fault."""


def plants_of(module: str) -> tuple[Plant, ...]:
    """Every function of a module that plants a fault."""
    found = vars(sys.modules[module]).values()
    return tuple(f for f in found if getattr(f, "__annotations__", {}).get("return") == "Planted")


def verdict_after(store: DatabaseStore, plant: Plant) -> tuple[Verdict, Planted]:
    """What verify says of a database with a planted fault, and what was planted."""
    with damaged(store) as damage:
        planted = plant(damage)
        verdict = verify(store)
    return verdict, planted

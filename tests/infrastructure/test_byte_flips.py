"""A byte that has flipped anywhere in what is stored is found, a thousand times of a thousand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from infrastructure.book import entries
from infrastructure.database import Database
from infrastructure.recorder import events
from infrastructure.rows import quoted
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore
from infrastructure.verify import Verdict, verify
from infrastructure.views import VIEWS
from tests import servers
from tests.district import District
from tests.infrastructure.faults import damaged
from tests.played_to_end import with_round_closed

FLIPS = 1_000
SEED = int(os.environ.get("FUNDTRAIL_TEST_SEED") or Random().randrange(10**9))
"""Another one in every run; a failure names it, and this variable repeats it."""

RECORD, LEAF = ("record",), ("leaf",)
BESIDE = ("position", "stream", "version", "type")


@dataclass(frozen=True)
class Stored:
    """One value of one row: where it is, what tells the row apart, and what is kept there."""

    table: sa.Table
    column: str
    row: dict[str, Any]

    @property
    def keys(self) -> dict[str, Any]:
        """The primary key of the row."""
        return {column.name: self.row[column.name] for column in self.table.primary_key}

    @property
    def value(self) -> Any:
        """What is kept."""
        return self.row[self.column]


class Chooser:
    """Chooses a stored value: a record, a leaf, what stands beside them, an entry, or a view's."""

    def __init__(self, connection: sa.Connection, random: Random) -> None:
        self.random = random
        tables = (events, entries, *(view.table for view in VIEWS.values()))
        self.rows = {
            table: [dict(row._mapping) for row in connection.execute(sa.select(table))]
            for table in tables
        }
        views = [table for table in tables[2:] if self.rows[table]]
        assert len(views) > 10
        self.kinds: tuple[Callable[[], Stored], ...] = (
            lambda: self.of(events, RECORD),
            lambda: self.of(events, LEAF),
            lambda: self.of(events, BESIDE),
            lambda: self.of(entries, entries.columns.keys()),
            lambda: self.of(found := random.choice(views), found.columns.keys()),
        )

    def of(self, table: sa.Table, columns: Any) -> Stored:
        """A value of a random row, in one of these columns."""
        return Stored(
            table, self.random.choice(tuple(columns)), self.random.choice(self.rows[table])
        )

    def __call__(self) -> Stored:
        return self.random.choice(self.kinds)()


def flipped(stored: Stored, is_sqlite: bool, random: Random) -> Any:
    """The value with one byte of it changed; None where nothing is kept, or it cannot be kept."""
    value = stored.value
    if value is None or value == "":
        return None
    if isinstance(value, int):
        width = width_of(stored, value, is_sqlite)
        kept = changed(value.to_bytes(width, "big", signed=True), random)
        return int.from_bytes(kept, "big", signed=True)
    if isinstance(value, str):
        kept = changed(value.encode(), random)
        return kept if is_sqlite else text_of(kept)
    return changed(bytes(value), random)


def changed(kept: bytes, random: Random) -> bytes:
    """The bytes with another byte in one place."""
    at, other = random.randrange(len(kept)), random.randrange(1, 256)
    return kept[:at] + bytes([kept[at] ^ other]) + kept[at + 1 :]


def text_of(kept: bytes) -> str | None:
    """The bytes as text that PostgreSQL takes."""
    try:
        text = kept.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def width_of(stored: Stored, value: int, is_sqlite: bool) -> int:
    """How many bytes the database keeps a number in."""
    if is_sqlite:
        return next(
            n for n in (1, 2, 3, 4, 6, 8) if -(2 ** (8 * n - 1)) <= value < 2 ** (8 * n - 1)
        )
    return 8 if isinstance(stored.table.c[stored.column].type, sa.BigInteger) else 4


def put(connection: sa.Connection, stored: Stored, value: Any) -> bool:
    """Keeps another value there; False where a rule of the table refuses it."""
    is_text = isinstance(stored.value, str)
    if connection.dialect.name == "sqlite":
        mark, new = "?", "CAST(? AS TEXT)" if is_text else "?"
    else:
        mark = new = "%s"
    where = " AND ".join(f"{quoted([name])} = {mark}" for name in stored.keys)
    words = f"UPDATE {stored.table.name} SET {quoted([stored.column])} = {new} WHERE {where}"
    try:
        done = connection.exec_driver_sql(words, (value, *stored.keys.values()))
    except sa.exc.DBAPIError:
        return False
    assert done.rowcount == 1
    return True


def is_named(verdict: Verdict, stored: Stored, value: Any) -> bool:
    """Whether a fault names the position of what was changed, or its row."""
    positions = {stored.row["position"], value if stored.column == "position" else None}
    names = {stored.row.get("id"), value if stored.column == "id" else None} - {None}
    shown = {n.decode(errors="backslashreplace") if isinstance(n, bytes) else n for n in names}
    return any(
        fault.position in positions or any(f"“{name}”" in fault.message for name in shown)
        for fault in verdict.faults
    )


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('flipped') / 'fundtrail.db'}"
        return
    with servers.fresh_database(request.getfixturevalue("postgresql_server")) as url:
        yield url


@pytest.fixture(scope="module")
def store(url: str) -> Iterator[DatabaseStore]:
    """A district in which one grant has gone the whole path."""
    district = District(url)
    with_round_closed(district)
    district.close()
    database = Database(url)
    yield DatabaseStore(database, Settings().zone)
    database.close()


def test_every_flipped_byte_is_found_and_its_place_is_named(store: DatabaseStore) -> None:
    random, tried = Random(SEED), 0
    missed: list[tuple[str, str, dict[str, Any], Any, Any]] = []
    with damaged(store) as damage:
        connection = damage.connection
        choose = Chooser(connection, random)
        while tried < FLIPS:
            stored = choose()
            value = flipped(stored, store.database.is_sqlite, random)
            connection.exec_driver_sql("SAVEPOINT sound")
            if value is not None and put(connection, stored, value):
                tried += 1
                if not is_named(verify(store), stored, value):
                    missed.append(
                        (stored.table.name, stored.column, stored.keys, stored.value, value)
                    )
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT sound")
        assert verify(store).ok

    assert missed == [], f"FUNDTRAIL_TEST_SEED={SEED}"

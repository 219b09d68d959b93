"""Rebuild gives the derived tables again, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from infrastructure.database import Database, derived
from infrastructure.rebuild import rebuild
from infrastructure.schema import derived_schema, migrate
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore
from infrastructure.verify import verify
from tests.district import District
from tests.played_to_end import with_fund_closed

Tables = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def store(database_url: str) -> Iterator[DatabaseStore]:
    """A district in which everything along the path is closed."""
    district = District(database_url)
    with_fund_closed(district, rivals=1)
    district.close()
    database = Database(database_url)
    yield DatabaseStore(database, Settings().zone)
    database.close()


def contents(store: DatabaseStore) -> Tables:
    """Every row of every derived table, by primary key."""
    with store.database.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(sa.select(table).order_by(*table.primary_key))
            ]
            for table in derived.sorted_tables
        }


def test_a_rebuild_gives_what_the_saves_gave(store: DatabaseStore) -> None:
    before = contents(store)

    count = rebuild(store)

    assert contents(store) == before
    assert count == verify(store).events
    assert before["entries"]
    assert before["costs"]


def test_a_rebuild_repairs_what_was_damaged(store: DatabaseStore) -> None:
    before = contents(store)
    with store.database.writing() as connection:
        for table in derived.sorted_tables:
            connection.execute(table.delete())
    assert contents(store) != before

    rebuild(store)

    assert contents(store) == before


def test_derived_tables_of_another_shape_are_dropped_and_refilled(store: DatabaseStore) -> None:
    before = contents(store)
    with store.database.writing() as connection:
        connection.execute(derived_schema.update().values(fingerprint="of an older program"))
        connection.execute(sa.text("ALTER TABLE grants ADD COLUMN left_over TEXT"))

    assert migrate(store.database)
    rebuild(store)

    assert contents(store) == before
    assert not migrate(store.database)


def test_a_rebuild_that_is_interrupted_leaves_everything_as_it_was(
    store: DatabaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(store)
    monkeypatch.setattr("infrastructure.rebuild.PAGE", 100)

    def interrupt(position: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(store, interrupt)

    assert contents(store) == before

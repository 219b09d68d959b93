"""The audit keeps what still changes, lets go of the rest, and recalls what changes after all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import sqlalchemy as sa

from infrastructure.audit import Auditor
from infrastructure.book import marks
from infrastructure.database import Database
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore
from infrastructure.streaming import streamed
from infrastructure.system import System
from infrastructure.verify import LOG, snapshot, verify
from tests.district import District
from tests.infrastructure.faults import Damage, damaged
from tests.played_to_end import with_round_closed


@pytest.fixture
def played(database_url: str) -> Iterator[DatabaseStore]:
    """A district in which one grant has gone the whole path."""
    district = District(database_url)
    with_round_closed(district)
    district.close()
    database = Database(database_url)
    yield DatabaseStore(database, Settings().zone)
    database.close()


def test_nothing_is_kept_whole_once_it_changes_no_more(played: DatabaseStore) -> None:
    most = 0
    with snapshot(played.database) as connection, closing(Auditor(played, connection)) as auditor:
        for row in streamed(connection, LOG):
            auditor.read(row)
            most = max(most, len(auditor.standing))

    things = {stream for (stream,) in streams(played)}
    # People may always be given another role, so they stay until the last record.
    assert {stream.partition(":")[0] for stream in auditor.standing} == {"person"}
    assert most < len(things)


def test_a_record_behind_the_last_one_that_a_row_knows_is_judged_by_the_whole_thing(
    played: DatabaseStore,
) -> None:
    """The grant was let go of where its row says; then its stream goes on, rightly numbered."""

    def on_another_day(record: dict[str, Any]) -> None:
        record["stream"] = stream
        record["version"] = version

    with damaged(played) as damage:
        closed = damage.where("grant.closed")
        stream, version = last_of(damage, damage.record(closed)["stream"])
        at = damage.forge(closed, on_another_day)
        found = {fault.rule: fault for fault in verify(played).faults}

    assert (found["G19.stage"].position, found["view.grants"].position) == (at, at)
    assert "missing" not in found["view.grants"].message
    assert found.keys() & {"G19.first", "stream.version"} == set()


def test_a_row_that_says_too_early_that_a_thing_changed_last_is_named(
    played: DatabaseStore,
) -> None:
    with damaged(played) as damage:
        table, row = damage.view("grants")
        change = table.update().where(table.c.id == row["id"])
        damage.connection.execute(change.values(position=row["position"] - 1))
        found = {(fault.position, fault.rule) for fault in verify(played).faults}

    assert found == {(row["position"], "view.grants")}


def test_a_row_that_says_that_its_thing_began_elsewhere_is_named(played: DatabaseStore) -> None:
    with damaged(played) as damage:
        table, row = damage.view("grants")
        change = table.update().where(table.c.id == row["id"])
        damage.connection.execute(change.values(born=1))
        found = [(fault.position, fault.rule) for fault in verify(played).faults]

    assert found == [(row["position"], "view.grants")]


def streams(store: DatabaseStore) -> list[tuple[str]]:
    """The name of every stream."""
    with store.database.reading() as connection:
        rows = connection.execute(sa.text("SELECT DISTINCT stream FROM events")).all()
    return [(row[0],) for row in rows]


def last_of(damage: Damage, stream: str) -> tuple[str, int]:
    """A stream, and the version that comes next in it."""
    found = damage.connection.execute(
        sa.text("SELECT max(version) FROM events WHERE stream = :stream"), {"stream": stream}
    )
    return stream, int(found.scalar_one()) + 1


def test_verify_names_a_closing_that_should_not_be_there(database_url: str) -> None:
    system = System(Settings(database_url=database_url), migrating=True)
    assert verify(system.store).ok
    with system.database.writing() as connection:
        connection.execute(marks.insert().values(follower="nobody", position=5))

    (fault,) = verify(system.store).faults

    assert (fault.rule, fault.position) == ("closings.mark", 5)
    system.close()

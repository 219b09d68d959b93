"""The recorder against the cases that the eventsourcing package ships for recorders.

They write through the insert that the product uses: `ChronicleRecorder.insert_events` and the
store's `flush` both call `append`. Run, on SQLite and on PostgreSQL: the cases of aggregate,
application, tracking and process recorders, and that the positions of two writers never interleave.

Not run, because they do not apply:
- `ApplicationRecorderTestCase.optional_test_insert_subscribe`, which the package leaves to the
  recorder: `subscribe` is refused, because the log is followed by polling `select_notifications`.
- `InfrastructureFactoryTestCase`: there is no factory; a recorder is given its database.
- `TranscoderTestCase` and the mapper's cases with cipher and compressor: a record is stored as the
  line of JSON that is hashed, and neither transcoded, compressed nor encrypted.

The cases of an aggregate recorder expect no positions from an insert, so `ForAggregates` drops
those that the chronicle gives.
"""

from __future__ import annotations

import threading
import unittest
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from eventsourcing.persistence import AggregateRecorder, IntegrityError, StoredEvent, Tracking
from eventsourcing.tests import persistence as shipped

from infrastructure.database import Database
from infrastructure.recorder import ChronicleRecorder
from infrastructure.schema import migrate


class ForAggregates(AggregateRecorder):
    """The chronicle's recorder as one that keeps no order among streams."""

    def __init__(self, recorder: ChronicleRecorder) -> None:
        self.recorder = recorder

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        self.recorder.insert_events(stored_events, **kwargs)
        return None

    def select_events(self, originator_id: Any, **bounds: Any) -> Sequence[StoredEvent]:
        return self.recorder.select_events(originator_id, **bounds)


class OnOurTables(unittest.TestCase):
    """Gives each case an empty database, and ids that are streams."""

    database: Database

    def new_originator_id(self) -> str:
        return f"case:{uuid4()}"

    def create_recorder(self) -> Any:
        return ChronicleRecorder(self.database)

    @contextmanager
    def opened(self, url: str) -> Iterator[None]:
        self.database = Database(url)
        migrate(self.database)
        before = set(threading.enumerate())
        yield
        # Some cases leave readers behind that have not seen yet that they are to stop.
        for reader in set(threading.enumerate()) - before:
            reader.join()
        self.database.close()


class OnSQLite(OnOurTables):
    @pytest.fixture(autouse=True)
    def an_empty_database(self, sqlite_url: str) -> Iterator[None]:
        with self.opened(sqlite_url):
            yield


class OnPostgreSQL(OnOurTables):
    @pytest.fixture(autouse=True)
    def an_empty_database(self, postgresql_url: str) -> Iterator[None]:
        with self.opened(postgresql_url):
            yield


class KeepingNoOrder(OnOurTables):
    def create_recorder(self) -> Any:
        return ForAggregates(ChronicleRecorder(self.database))


class TestAggregatesOnSQLite(KeepingNoOrder, OnSQLite, shipped.AggregateRecorderTestCase):
    pass


class TestAggregatesOnPostgreSQL(KeepingNoOrder, OnPostgreSQL, shipped.AggregateRecorderTestCase):
    pass


class TestApplicationsOnSQLite(OnSQLite, shipped.ApplicationRecorderTestCase):
    pass


class TestApplicationsOnPostgreSQL(OnPostgreSQL, shipped.ApplicationRecorderTestCase):
    pass


class TestTrackingOnSQLite(OnSQLite, shipped.TrackingRecorderTestCase):
    pass


class TestTrackingOnPostgreSQL(OnPostgreSQL, shipped.TrackingRecorderTestCase):
    pass


class TestProcessesOnSQLite(OnSQLite, shipped.ProcessRecorderTestCase):
    pass


class TestProcessesOnPostgreSQL(OnPostgreSQL, shipped.ProcessRecorderTestCase):
    pass


class TestPositionsOnSQLite(OnSQLite, shipped.NonInterleavingNotificationIDsBaseCase):
    pass


class TestPositionsOnPostgreSQL(OnPostgreSQL, shipped.NonInterleavingNotificationIDsBaseCase):
    pass


def test_every_case_that_is_shipped_for_recorders_is_run() -> None:
    """A later version of the package may ship more."""
    of_recorders = {
        case
        for case in vars(shipped).values()
        if isinstance(case, type)
        and issubclass(case, (shipped.RecorderTestCase, shipped.TrackingRecorderTestCase))
    }
    run = {base for case in OnSQLite.__subclasses__() for base in case.__mro__}
    assert of_recorders <= run


@pytest.fixture
def recorder(database_url: str) -> Iterator[ChronicleRecorder]:
    """A recorder with three records and a follower's mark."""
    database = Database(database_url)
    migrate(database)
    recorder = ChronicleRecorder(database)
    stored = [StoredEvent("case:1", version, "case.happened", b"{}") for version in (1, 2, 3)]
    recorder.insert_events(stored, tracking=Tracking("follower", 3))
    yield recorder
    database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET record = 'x'",
        "UPDATE events SET position = position + 10",
        "DELETE FROM events",
        "DELETE FROM events WHERE position = 3",
        "TRUNCATE events",
    ],
)
def test_the_database_refuses_to_change_events(recorder: ChronicleRecorder, statement: str) -> None:
    """SQLite has no TRUNCATE at all; a DELETE without a condition is what it has instead."""
    before = list(recorder.scan())

    with (
        pytest.raises(sa.exc.DBAPIError, match=r"Events are never|near \"TRUNCATE\""),
        recorder.database.engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)

    assert list(recorder.scan()) == before


def test_a_refused_mark_takes_its_records_back_with_it(recorder: ChronicleRecorder) -> None:
    before = list(recorder.scan())

    with pytest.raises(IntegrityError):
        recorder.insert_events(
            [StoredEvent("case:2", 1, "case.happened", b"{}")], tracking=Tracking("follower", 3)
        )

    assert list(recorder.scan()) == before


def test_nobody_is_promised_a_subscription(recorder: ChronicleRecorder) -> None:
    with pytest.raises(NotImplementedError, match="select_notifications"):
        recorder.subscribe(gt=0)

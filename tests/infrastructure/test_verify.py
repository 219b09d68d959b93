"""Verify says yes to what was played, and names the position of whatever is planted in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from infrastructure.database import Database
from infrastructure.merkle import EMPTY, Frontier, encoded
from infrastructure.recorder import leaf_hash
from infrastructure.schema import migrate
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore
from infrastructure.verify import verify
from tests import servers
from tests.district import District
from tests.infrastructure.faults import Plant, damaged, verdict_after
from tests.infrastructure.forged import FORGED
from tests.infrastructure.tampered import TAMPERED
from tests.played_to_end import with_fund_closed, with_round_closed

ZONE = Settings().zone


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an empty database that the tests of this file share."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('played') / 'fundtrail.db'}"
        return
    with servers.fresh_database(request.getfixturevalue("postgresql_server")) as url:
        yield url


@pytest.fixture(scope="module")
def played(url: str) -> Iterator[DatabaseStore]:
    """A district in which one grant has gone the whole path, and one proposal was declined."""
    district = District(url)
    with_round_closed(district, rivals=1)
    district.close()
    database = Database(url)
    yield DatabaseStore(database, ZONE)
    database.close()


def test_what_was_played_is_sound(played: DatabaseStore) -> None:
    seen: list[int] = []

    verdict = verify(played, seen.append)

    leaves = [leaf for _, _, leaf in played.recorder.scan()]
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    assert verdict.faults == ()
    assert (verdict.ok, verdict.events, verdict.root) == (True, len(leaves), encoded(tree.root()))


@pytest.mark.parametrize("plant", TAMPERED + FORGED, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_named(played: DatabaseStore, plant: Plant) -> None:
    verdict, planted = verdict_after(played, plant)

    assert not verdict.ok
    assert planted in {(fault.position, fault.rule) for fault in verdict.faults}
    assert all(fault.message.endswith(".") for fault in verdict.faults)
    assert [fault.position for fault in verdict.faults] == sorted(
        fault.position for fault in verdict.faults
    )


def test_a_planted_fault_is_gone_with_its_transaction(played: DatabaseStore) -> None:
    with damaged(played) as damage:
        damage.remove(damage.last())

    assert verify(played).ok


def test_a_changed_record_with_a_new_leaf_gives_another_root(played: DatabaseStore) -> None:
    """Nothing inside the database can tell; the root can, where somebody kept the old one."""

    def change_salt(record: dict[str, str]) -> None:
        record["salt"] = "0" * 32

    with damaged(played) as damage:
        damage.rewrite(1, change_salt)
        verdict = verify(played)

    assert verdict.ok
    assert verdict.root != verify(played).root


def test_an_empty_log_is_sound(database_url: str) -> None:
    database = Database(database_url)
    migrate(database)

    verdict = verify(DatabaseStore(database, ZONE))

    database.close()
    assert (verdict.ok, verdict.events, verdict.root) == (True, 0, encoded(EMPTY))


def test_a_closed_fund_is_sound(sqlite_url: str) -> None:
    district = District(sqlite_url)
    with_fund_closed(district)

    assert verify(district.system.store).faults == ()
    district.close()


def test_progress_is_told_every_so_many_records(
    played: DatabaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    monkeypatch.setattr("infrastructure.verify.PAGE", 100)

    verdict = verify(played, seen.append)

    assert seen == list(range(100, verdict.events + 1, 100))


def test_the_leaf_is_the_hash_of_the_stored_bytes(played: DatabaseStore) -> None:
    with played.database.reading() as connection:
        rows = connection.execute(sa.text("SELECT record, leaf FROM events")).all()

    assert rows
    assert all(leaf_hash(bytes(record)) == bytes(leaf) for record, leaf in rows)

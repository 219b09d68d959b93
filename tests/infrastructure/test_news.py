"""What a process takes in of others' records: the ends, what it knows, and no gap between pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infrastructure import news
from infrastructure.settings import Settings
from infrastructure.system import System
from tests.exactness.writer import sent

KEYS = [f"key-{number}" for number in range(10)]


@pytest.fixture
def system(database_url: str) -> Iterator[System]:
    """A system in which ten funds were proposed, each under a key."""
    system = System(Settings(database_url=database_url), migrating=True)
    for key in KEYS:
        system.desk.send(sent(key, key))
    yield system
    system.close()


def taken(system: System, after: int, known: set[str], keys: list[str]) -> tuple[list[int], int]:
    """The positions that come back, and how many receipts."""
    with system.database.writing() as connection:
        decode = system.store.chronicle.lines.decode
        records, receipts = news.since(connection, after, keys, known, decode)
    assert all(receipts[key].key == key for key in receipts)
    return [position for position, _ in records], len(receipts)


def stream_at(system: System, position: int) -> str:
    """Whose record stands at a position."""
    (row,) = system.store.recorder.select_notifications(position, 1)
    return str(row.originator_id)


def test_the_first_the_last_and_what_is_known_come_back(system: System) -> None:
    known = {stream_at(system, 6)}
    assert taken(system, 2, known, KEYS[:4]) == ([3, 6, 10], 4)
    assert taken(system, 0, set(), ["no such key"]) == ([1, 10], 0)
    assert taken(system, 10, known, []) == ([], 0)


def test_several_pages_are_taken_without_a_gap(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "REACH", 3)
    known = {stream_at(system, position) for position in range(1, 11)}
    assert taken(system, 0, known, KEYS) == (list(range(1, 11)), 10)
    assert taken(system, 1, set(), KEYS)[0] == [2, 4, 5, 7, 8, 10]

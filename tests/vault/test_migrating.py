"""An older database, in which names stood in plain: nothing is lost, and nothing is left."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from infrastructure.database import Database
from infrastructure.identity import Identity
from infrastructure.schema import configuration, migrate
from infrastructure.settings import Settings
from tests.infrastructure.traces import encoded, traces

NAMES = {f"person:{number}": f"欧阳靖{chr(0x4E00 + number)}" for number in range(300)}
Stored = tuple[str, ...]
TOKEN: Stored = (
    "digest",
    "t1",
    "person:1",
    "leader",
    "220102",
    "",
    "2026-03-02T00:00:00+00:00",
    "",
)
SESSION: Stored = ("digest", "person:1", "form", "2099-01-01T00:00:00+00:00")
OF_PEOPLE: tuple[tuple[str, Stored], ...] = (("tokens", TOKEN), ("sessions", SESSION))
UNLIMITED: Stored = ("", "")
"""What a token of before has of a scope and of a last day."""


def older(url: str) -> Database:
    """A database as the version before left it, with people."""
    database = Database(url)
    with database.writing() as connection:
        command.upgrade(configuration(connection), "0003")
        for id, name in NAMES.items():
            values = {"id": id, "name": name}
            connection.execute(sa.text("INSERT INTO people VALUES (:id, :name)"), values)
        for table, row in OF_PEOPLE:
            marks = ", ".join(f":c{number}" for number in range(len(row)))
            values = {f"c{number}": value for number, value in enumerate(row)}
            connection.execute(sa.text(f"INSERT INTO {table} VALUES ({marks})"), values)
    return database


def test_the_names_of_an_older_database_are_sealed_and_stand_nowhere_any_more(
    database_url: str, tmp_path: Path
) -> None:
    database = older(database_url)
    if database.is_sqlite:
        assert traces(tmp_path, encoded(list(NAMES.values())[:1]))

    migrate(database)

    assert Identity(database).names() == NAMES
    with database.reading() as connection:
        there = set(sa.inspect(connection).get_table_names())
        assert not there & {"people", "former_tokens", "former_sessions"}
        kept = [tuple(r) for r in connection.execute(sa.text("SELECT * FROM tokens"))]
        assert kept == [(*TOKEN, *UNLIMITED)]
        # Sessions are kept anew since then: whoever had signed in signs in again.
        assert connection.execute(sa.text("SELECT count(*) FROM sessions")).scalar() == 0
    # A person may now be erased while what they had done with a token stays on record.
    with database.writing() as connection:
        connection.execute(sa.text("DELETE FROM vault"))
    if database.is_sqlite:
        assert traces(tmp_path, encoded(NAMES.values())) == set()
    database.close()


def test_names_are_not_taken_over_where_there_is_no_key(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = older(postgresql_url)
    monkeypatch.delenv("FUNDTRAIL_SECRET_KEY")
    with pytest.raises(Exception, match="FUNDTRAIL_SECRET_KEY"):
        migrate(database)
    with database.reading() as connection:
        (count,) = connection.execute(sa.text("SELECT count(*) FROM people")).one()
    assert count == len(NAMES)
    assert Settings().secret_key == ""
    database.close()

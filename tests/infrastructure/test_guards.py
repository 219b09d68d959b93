"""Events stay as they are: triggers refuse it to everybody, the owner of the tables included."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from infrastructure.settings import Settings
from infrastructure.system import System
from tests.exactness.writer import sent
from tests.infrastructure.statements import (
    CHANGES,
    ON_POSTGRESQL,
    ON_SQLITE,
    events_of,
    refusal,
)


def written(url: str, count: int = 2) -> list[tuple[object, ...]]:
    """All events after some were written."""
    system = System(Settings(database_url=url), migrating=True)
    for number in range(count):
        system.desk.send(sent(f"n{number}", f"n{number}"))
    system.close()
    return events_of(url)


def test_the_owner_of_the_tables_cannot_change_or_remove_events(database_url: str) -> None:
    before = written(database_url)
    own = ON_SQLITE if database_url.startswith("sqlite") else ON_POSTGRESQL

    said = {name: refusal(database_url, words) for name, words in (CHANGES | own).items()}

    assert all("Events are never" in text for text in said.values()), said
    assert events_of(database_url) == before


def test_events_are_guarded_in_a_session_that_runs_without_triggers(postgresql_url: str) -> None:
    before = written(postgresql_url)
    engine = sa.create_engine(postgresql_url, poolclass=sa.NullPool)

    for statement in (*CHANGES.values(), *ON_POSTGRESQL.values()):
        with engine.connect() as connection:
            connection.exec_driver_sql("SET session_replication_role = replica")
            with pytest.raises(sa.exc.DBAPIError, match="Events are never"):
                connection.exec_driver_sql(statement)

    assert events_of(postgresql_url) == before

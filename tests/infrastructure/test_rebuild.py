"""Rebuild gives the derived tables again, byte for byte, or leaves everything as it was."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from infrastructure.database import Database, derived
from infrastructure.rebuild import rebuild
from infrastructure.schema import derived_schema, migrate
from infrastructure.verify import verify
from tests.infrastructure.rebuilt import REBUILDER, ROOT, Played, contents, leftovers


def test_a_rebuild_gives_what_the_saves_gave(here: Played) -> None:
    before = contents(here.store)

    count = rebuild(here.store)

    assert contents(here.store) == before
    assert count == verify(here.store).events
    assert before["entries"]
    assert before["costs"]
    assert leftovers(here.store) == []


@pytest.mark.usefixtures("in_small_pages")
def test_a_rebuild_in_small_pages_gives_the_same_and_tells_how_far_it_is(here: Played) -> None:
    before, told = contents(here.store), list[int]()

    count = rebuild(here.store, told.append)

    assert contents(here.store) == before
    assert told == list(range(50, count, 50))


def test_a_rebuild_repairs_what_was_damaged(here: Played) -> None:
    before = contents(here.store)
    with here.store.database.writing() as connection:
        for table in derived.sorted_tables:
            connection.execute(table.delete())
    assert contents(here.store) != before

    rebuild(here.store)

    assert contents(here.store) == before


def test_derived_tables_of_another_shape_are_dropped_and_refilled(here: Played) -> None:
    before = contents(here.store)
    with here.store.database.writing() as connection:
        connection.execute(derived_schema.update().values(fingerprint="of an older program"))
        connection.execute(sa.text("ALTER TABLE grants ADD COLUMN left_over TEXT"))
        connection.execute(sa.text("DROP TABLE costs"))

    assert migrate(here.store.database)

    assert contents(here.store) == before
    with here.store.database.reading() as connection:
        names = [column["name"] for column in sa.inspect(connection).get_columns("grants")]
    assert "left_over" not in names
    assert not migrate(here.store.database)


@pytest.mark.usefixtures("in_small_pages")
def test_a_rebuild_that_is_interrupted_leaves_everything_as_it_was(here: Played) -> None:
    before = contents(here.store)

    def interrupt(position: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(here.store, interrupt)

    assert contents(here.store) == before


def test_a_rebuild_that_is_killed_changes_nothing_and_the_next_one_tidies_up(here: Played) -> None:
    before = contents(here.store)

    words = [sys.executable, str(REBUILDER), here.url, "50", "--dying"]
    killed = subprocess.run(words, cwd=ROOT, capture_output=True)

    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()[-2_000:]
    assert contents(here.store) == before
    here.edit(here.path.proposal, "杀掉之后")
    if here.store.database.is_sqlite:
        assert leftovers(here.store)
    after = contents(here.store)
    rebuild(here.store)
    assert contents(here.store) == after
    assert leftovers(here.store) == []


def test_names_and_columns_are_those_of_tables_that_were_made_plainly(
    here: Played, tmp_path: Path
) -> None:
    rebuild(here.store)
    plain = "plain" if not here.store.database.is_sqlite else None
    with here.store.database.reading() as connection:
        rebuilt = described(connection, None)
    other = here.store.database if plain else Database(f"sqlite:///{tmp_path / 'plain.db'}")
    with other.engine.connect() as connection:
        if plain:
            connection.exec_driver_sql(f"CREATE SCHEMA {plain}")
        connection = connection.execution_options(schema_translate_map={None: plain})
        derived.create_all(connection)
        made = described(connection, plain)
        connection.rollback()
    if not plain:
        other.close()

    assert rebuilt == made


def described(connection: sa.Connection, schema: str | None) -> dict[str, object]:
    """Everything that the database says of its derived tables."""
    inspector = sa.inspect(connection)
    found: dict[str, object] = {}
    for name in sorted(derived.tables):
        columns = inspector.get_columns(name, schema)
        found[name] = (
            [(column["name"], str(column["type"]), column["nullable"]) for column in columns],
            inspector.get_pk_constraint(name, schema),
            sorted(inspector.get_indexes(name, schema), key=lambda index: str(index["name"])),
            constraints(connection, name, schema),
        )
    return found


def constraints(connection: sa.Connection, name: str, schema: str | None) -> list[str]:
    """The names of all constraints of a table; SQLite gives none of its own."""
    if connection.dialect.name == "sqlite":
        return []
    query = (
        "SELECT conname FROM pg_constraint WHERE conrelid ="
        " to_regclass(quote_ident(%s) || '.' || quote_ident(%s)) ORDER BY 1"
    )
    return list(connection.exec_driver_sql(query, (schema or "public", name)).scalars())

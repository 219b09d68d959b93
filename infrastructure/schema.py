"""The schema: created and upgraded by one command, and asked after by every other."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.schema import CreateIndex, CreateTable

from infrastructure import views
from infrastructure.book import entries
from infrastructure.database import Database, derived, metadata

derived_schema = sa.Table(
    "derived_schema",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
)


class OtherSchema(Exception):
    """The database has another schema than this program."""


def configuration(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration for the migrations that stand beside this module."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def fingerprint() -> str:
    """The derived tables as they should be, in one hash."""
    shown = {view.table for view in views.VIEWS.values()} | {entries}
    assert shown == set(derived.tables.values())
    statements = []
    for table in sorted(shown, key=lambda table: table.name):
        statements.append(str(CreateTable(table)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            statements.append(str(CreateIndex(index)))
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()


def migrate(database: Database) -> bool:
    """Brings the database to the present schema; True where derived tables must be refilled."""
    with database.writing() as connection:
        command.upgrade(configuration(connection), "head")
        kept = connection.execute(sa.select(derived_schema.c.fingerprint)).scalar()
        if kept == fingerprint():
            return False
        derived.drop_all(connection)
        derived.create_all(connection)
        connection.execute(derived_schema.delete())
        connection.execute(derived_schema.insert().values(id=1, fingerprint=fingerprint()))
        return True


def check_schema(database: Database) -> None:
    """Refuses to work on another schema."""
    with database.reading() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        head = ScriptDirectory.from_config(configuration()).get_current_head()
        found = None
        if revision == head:
            found = connection.execute(sa.select(derived_schema.c.fingerprint)).scalar()
    if found != fingerprint():
        raise OtherSchema(
            "The database has another schema than this program (or none); "
            "run “fundtrail migrate” first."
        )

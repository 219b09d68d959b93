"""The schema: created and upgraded by one command, and asked after by every other."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from infrastructure.database import Database
from infrastructure.keys import Keys, MasterKey, keys_of
from infrastructure.rebuild import Progress, refit
from infrastructure.rights import grant, role_of
from infrastructure.scrubbing import scrub
from infrastructure.settings import Settings
from infrastructure.shape import derived_schema, fingerprint, keep_fingerprint, kept_fingerprint
from infrastructure.vault_rows import fresh


class OtherSchema(Exception):
    """The database has another schema than this program."""


def configuration(connection: sa.Connection | None = None, keys: Keys | None = None) -> Config:
    """Alembic's configuration for the migrations that stand beside this module."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["seal"] = lambda person, name: fresh(first_of(keys), person, name, {})
    return config


def migrate(
    database: Database,
    progress: Progress | None = None,
    *,
    application: str = "",
    keys: Keys | None = None,
) -> bool:
    """Brings the database to the present schema; whether derived tables were made again.

    `application` is the role that gets its rights, where another one owns the tables. `keys` seal
    the names of an older database, where they stood in plain.
    """
    keys = keys or keys_of(Settings(database_url=database.url))

    def settle(connection: sa.Connection) -> None:
        keep_fingerprint(connection)
        if application:
            grant(connection, application)

    with database.writing() as connection:
        before = MigrationContext.configure(connection).get_current_revision()
        command.upgrade(configuration(connection, keys), "head")
        after = MigrationContext.configure(connection).get_current_revision()
    if before not in (None, after):
        scrub(database)
    made = refit(database, settle, progress)
    if application and not made:
        with database.writing() as connection:
            grant(connection, application)
    return made


def first_of(keys: Keys | None) -> MasterKey:
    """The key that seals the names of an older database; made where there is none yet."""
    assert keys is not None
    return keys.newest() or keys.make()


def bring_up(settings: Settings, progress: Progress | None = None) -> bool:
    """Migrates as the owner of the tables; the application's role then gets its rights."""
    owner = Database(settings.owner_database_url or settings.database_url)
    try:
        theirs = other_role(settings, owner)
        return migrate(owner, progress, application=theirs, keys=keys_of(settings))
    finally:
        owner.close()


def other_role(settings: Settings, owner: Database) -> str:
    """The application's role on PostgreSQL; empty where it is the owner itself."""
    if owner.is_sqlite or owner.url == settings.database_url:
        return ""
    application = Database(settings.database_url)
    try:
        with application.reading() as theirs, owner.reading() as ours:
            found = role_of(theirs)
            return "" if found == role_of(ours) else found
    finally:
        application.close()


def check_schema(database: Database) -> None:
    """Refuses to work on another schema."""
    with database.reading() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        head = ScriptDirectory.from_config(configuration()).get_current_head()
        found = kept_fingerprint(connection) if revision == head else None
    if found != fingerprint():
        raise OtherSchema(
            "The database has another schema than this program (or none); "
            "run “fundtrail migrate” first."
        )


__all__ = ["OtherSchema", "bring_up", "check_schema", "derived_schema", "migrate"]

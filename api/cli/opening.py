"""Opens the database that a command names; every command but `migrate` asks for its schema."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from api.cli.failing import Failure
from application.principals import Held, Principal
from infrastructure.database import Database
from infrastructure.questions import DatabaseQuestions
from infrastructure.schema import check_schema
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore
from infrastructure.system import System


def settings_of(database: str | None, **others: object) -> Settings:
    """The settings of the environment, with the database that the command names.

    The environment's owner is that of the environment's database, and of no other.
    """
    kept = Settings()
    named = {"database_url": database, "owner_database_url": database} if database else {}
    if database == kept.database_url:
        named = {}
    return Settings.model_validate({**kept.model_dump(), **named, **others})


def address_of(url: str) -> sa.URL:
    """The address, if it is one of a database that the product runs on."""
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise Failure("database.address", database=url) from None
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise Failure("database.address", database=shown(address))
    return address


def shown(address: sa.URL) -> str:
    """The address as people may see it, without a password."""
    return address.render_as_string(hide_password=True)


def check_there(url: str) -> None:
    """Refuses a file that is not there, before opening it would create it."""
    address = address_of(url)
    file = address.database if address.get_backend_name() == "sqlite" else None
    if file and file != ":memory:" and not Path(file).exists():
        raise Failure("schema.none", database=shown(address))


class Reading:
    """The store and its questions, for commands that write nothing."""

    def __init__(self, settings: Settings) -> None:
        self.zone = settings.zone
        self.database = Database(settings.database_url)
        self.store = DatabaseStore(self.database, settings.zone)
        self.questions = DatabaseQuestions(self.database, settings.zone)


@contextmanager
def reading(database: str | None) -> Iterator[Reading]:
    """The database for a command that writes nothing."""
    with reading_by(settings_of(database)) as opened:
        yield opened


@contextmanager
def reading_by(settings: Settings) -> Iterator[Reading]:
    """The database of the settings, once its schema is known to be ours."""
    check_there(settings.database_url)
    opened = Reading(settings)
    try:
        check_schema(opened.database)
        yield opened
    finally:
        opened.database.close()


@contextmanager
def working(settings: Settings) -> Iterator[System]:
    """The whole system, for a command that may write.

    It is not closed after an interruption: closing waits for what lies on the desk, and what was
    interrupted is undone only by not being finished.
    """
    with reading_by(settings):
        pass
    system = System(settings)
    try:
        yield system
    finally:
        if not isinstance(sys.exc_info()[1], KeyboardInterrupt):
            system.close()


def operator(settings: Settings) -> Principal:
    """Whoever works at the command line of the machine itself."""
    return Principal("operator", (Held("administrator", settings.place),))

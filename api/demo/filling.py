"""Fills an empty database with the district, wholly or not at all."""

from __future__ import annotations

import os
from enum import Enum, auto
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from api.demo.agenda import Progress
from api.demo.loading import load
from api.demo.people import PRINCIPALS, person_id
from api.demo.tokens import keep_tokens, make_tokens, token_file
from infrastructure.database import Database, open_engine
from infrastructure.keys import beside
from infrastructure.people import tokens
from infrastructure.recorder import events
from infrastructure.settings import Settings
from infrastructure.system import System
from infrastructure.vault_rows import table as vault

BESIDE_SQLITE = ("", "-wal", "-shm")
"""The endings of the files that SQLite keeps for one database."""


class Found(Enum):
    """What a database holds."""

    NOTHING = auto()
    DISTRICT = auto()
    SOMETHING_ELSE = auto()


def file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for a server's."""
    address = sa.make_url(url)
    is_file = address.get_backend_name() == "sqlite" and address.database
    return Path(address.database) if is_file and address.database else None


def what_is_in(url: str) -> Found:
    """Looks without creating or changing anything; a whole district has tokens for its people."""
    file = file_of(url)
    if file is not None and not file.exists():
        return Found.NOTHING
    # A plain engine: that of the product would make a file of another kind its own.
    engine = sa.create_engine(url) if file is not None else open_engine(url)
    try:
        with engine.connect() as connection:
            there = set(sa.inspect(connection).get_table_names())
            if not {events.name, vault.name, tokens.name} <= there:
                return Found.SOMETHING_ELSE if there else Found.NOTHING
            ours = tokens.c.person == person_id(PRINCIPALS[0])
            if connection.execute(sa.select(tokens.c.id).where(ours)).first():
                return Found.DISTRICT
            kept = (sa.select(events.c.position), sa.select(vault.c.person))
            used = any(connection.execute(query.limit(1)).first() for query in kept)
            return Found.SOMETHING_ELSE if used else Found.NOTHING
    finally:
        engine.dispose()


def fill(settings: Settings, history: Path | None, progress: Progress) -> None:
    """Loads the district; an SQLite file gets its name only when everything is in it."""
    file = file_of(settings.database_url)
    if file is None:
        load_into(settings, settings, history, progress)
        return
    unfinished = file.with_name(f"{file.name}.loading")
    for ending in BESIDE_SQLITE:
        unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
    unfinished_url = f"sqlite:///{unfinished}"
    named = {"database_url": unfinished_url, "owner_database_url": unfinished_url}
    kept = {"key_file": beside(settings, settings.key_file, "key")}
    place = settings.model_copy(update={**named, **kept})
    load_into(place, settings, history, progress)
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    os.replace(unfinished, file)


def load_into(place: Settings, final: Settings, history: Path | None, progress: Progress) -> None:
    """Loads the district into one place, and keeps the tokens for where it will stand."""
    system = System(place, migrating=True)
    if place is not final:
        hurry(system.database)
    try:
        load(system, progress, history)
        keep_tokens(token_file(final), make_tokens(system))
    finally:
        system.close()


def hurry(database: Database) -> None:
    """Lets SQLite not wait for the disk: an unfinished file is thrown away, so none is lost."""
    sa.event.listen(database.engine, "connect", unflushed)
    database.engine.dispose()


def unflushed(connection: Any, _: Any) -> None:
    """Makes a connection leave it to the system when the disk is written."""
    connection.execute("PRAGMA synchronous=OFF")

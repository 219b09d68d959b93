"""Backups of the database, made while it is served, and put back with what was erased since.

A backup holds the keys of people as they are wrapped, and never a master key.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from infrastructure import erasing
from infrastructure.keys import beside, database_file
from infrastructure.scrubbing import scrub
from infrastructure.sessions import table as sessions
from infrastructure.settings import Settings
from infrastructure.system import System
from infrastructure.verify import Verdict, verify

BESIDE = ("", "-wal", "-shm", ".rebuilding.lock")
"""The endings of the files that may stand for one database."""

HAS_DRAFTS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'drafts'"
NO_DRAFTS = ("--exclude-table-data=drafts",)
"""What reviewers have typed and not handed in goes into no backup."""

Progress = Callable[[int], None]


class NoBackup(Exception):
    """The file is no backup that can be put back, or none could be made; the message says why."""


class Unsound(Exception):
    """What was put back does not bear examination; nothing was put in the place of anything."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.root)
        self.verdict = verdict


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to: the erasures that it made again, and what examining it found."""

    erased: tuple[str, ...]
    verdict: Verdict


def backup(settings: Settings, target: Path) -> int:
    """Writes the whole database into one file, as it is at one moment; its size in bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_WRONLY, 0o600))
        file = database_file(settings.database_url)
        if file is not None:
            copy(file, draft)
        else:
            dump(settings.owner_database_url or settings.database_url, draft)
        flush(draft)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return target.stat().st_size


def copy(source: Path, target: Path) -> None:
    """Copies a database of SQLite as it is at one moment, whoever writes there meanwhile.

    What reviewers have typed and not handed in is theirs, and is left out.
    """
    address = f"{source.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA secure_delete=ON")
        if new.execute(HAS_DRAFTS).fetchone():
            new.execute("DELETE FROM drafts")
            new.commit()
        # One file, with nothing beside it.
        new.execute("PRAGMA journal_mode=DELETE")


def restore(settings: Settings, file: Path, on_progress: Progress | None = None) -> Restored:
    """Puts a backup in the place of the database, once it is sound and what was erased is erased.

    Until then it stands beside, and the database that was there is as it was.
    """
    target = database_file(settings.database_url)
    if target is None:
        return restore_on_server(settings, file, on_progress)
    with draft_of(target) as draft:
        check_is_one(file)
        copy(file, draft)
        found = set_right(beside_it(settings, draft), on_progress)
        flush(draft)
        for ending in BESIDE[1:3]:
            target.with_name(target.name + ending).unlink(missing_ok=True)
        os.replace(draft, target)
    return found


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """Where a database is made ready; nothing of it is left there afterwards."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.restoring")
    try:
        remove(draft)
        yield draft
    finally:
        remove(draft)


def remove(draft: Path) -> None:
    """Removes a database that is made ready, with all that stands beside it."""
    for ending in BESIDE:
        draft.with_name(draft.name + ending).unlink(missing_ok=True)


def beside_it(settings: Settings, draft: Path) -> Settings:
    """The settings for the draft, with the keys and the journal of what it will be."""
    url = f"sqlite:///{draft}"
    return settings.model_copy(
        update={
            "database_url": url,
            "owner_database_url": url,
            "key_file": beside(settings, settings.key_file, "key"),
            "erasures": erasing.journal_of(settings),
        }
    )


def set_right(settings: Settings, on_progress: Progress | None) -> Restored:
    """Brings what was put back to the present schema, erases what was erased, and examines it."""
    system = System(settings, migrating=True)
    try:
        # Whoever had signed in when the backup was made has not signed in now.
        with system.database.writing() as connection:
            connection.execute(sessions.delete())
        erased = erasing.replay(system)
        verdict = verify(system.store, on_progress=on_progress)
        scrub(system.database)
    finally:
        system.close()
    if not verdict.ok:
        raise Unsound(verdict)
    return Restored(tuple(erased), verdict)


def check_is_one(file: Path) -> None:
    """Refuses a file that is no backup of ours."""
    if not file.is_file():
        raise NoBackup(f"{file}: there is no such file")
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
        try:
            opened.execute("SELECT position FROM events LIMIT 1").fetchall()
            opened.execute("SELECT version_num FROM alembic_version").fetchone()
            (said,) = opened.execute("PRAGMA quick_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise NoBackup(f"{file}: {error}") from None
    if said != "ok":
        raise NoBackup(f"{file}: {said}")


def flush(file: Path) -> None:
    """Leaves it to no cache when the file is on the disk."""
    with file.open("rb") as written:
        os.fsync(written.fileno())


def dump(url: str, target: Path) -> None:
    """Has PostgreSQL's own program write the database into a file."""
    run(
        url,
        "pg_dump",
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        *NO_DRAFTS,
        f"--file={target}",
    )


def restore_on_server(settings: Settings, file: Path, on_progress: Progress | None) -> Restored:
    """Has PostgreSQL's own program put a dump back, in one transaction, then sets it right."""
    if not file.is_file():
        raise NoBackup(f"{file}: there is no such file")
    url = settings.owner_database_url or settings.database_url
    whole = ("--clean", "--if-exists", "--single-transaction", "--no-owner", "--no-privileges")
    run(url, "pg_restore", *whole, str(file))
    return set_right(settings, on_progress)


def run(url: str, program: str, *arguments: str) -> None:
    """Runs a program of PostgreSQL on the database; its password is on no command line."""
    if shutil.which(program) is None:
        raise NoBackup(f"{program} is not installed; it comes with PostgreSQL")
    address = sa.make_url(url).set(drivername="postgresql")
    password = str(address.password or "")
    shown = address.set(password=None).render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(
        [program, f"--dbname={shown}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoBackup(done.stderr.strip() or f"{program} failed")


def is_filled(settings: Settings) -> bool:
    """Whether there is a database already that a restore would take the place of."""
    file = database_file(settings.database_url)
    if file is not None:
        return file.exists()
    engine = sa.create_engine(
        sa.make_url(settings.database_url).set(drivername="postgresql+psycopg"),
        poolclass=sa.NullPool,
    )
    with suppress(sa.exc.ProgrammingError), engine.connect() as connection:
        return bool(connection.exec_driver_sql("SELECT 1 FROM events LIMIT 1").scalar())
    return False

"""The database cannot write for a while, under load: commands wait, and service returns by itself.

What is shown by which fault: a small disk that is full is a full disk, to SQLite as to PostgreSQL's
tables, but not to PostgreSQL's log, for which its own server stops. A limit on the size of files
makes the system refuse the same writes, also where no small disk can be had, with another error.
"""

from __future__ import annotations

import os
import pwd
import resource
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.chaos import disks
from tests.chaos.clients import CLIENTS, Crowd
from tests.chaos.postgres import Server, a_server
from tests.chaos.prepared import prepare
from tests.chaos.processes import FUNDTRAIL, Serving
from tests.chaos.witness import Witness

SMALLEST = 32_768
"""How long a file may be at most for the system to refuse nearly every write to SQLite's log."""


@pytest.fixture
def small_disk() -> None:
    """The test needs a small disk of its own."""
    if reason := disks.reason_against():
        pytest.skip(reason)


@contextmanager
def served(server: Serving) -> Iterator[Serving]:
    """The server, until the block is left."""
    server.start()
    try:
        server.wait()
        yield server
    finally:
        server.end()


@contextmanager
def limited(process: int) -> Iterator[None]:
    """A process whose files may not be longer than they nearly are."""
    _, most = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (SMALLEST, most))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (most, most))


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    """A PostgreSQL server that is down until the block is left."""
    server.stop()
    try:
        yield
    finally:
        server.start()


@contextmanager
def only_read(server: Server) -> Iterator[None]:
    """A PostgreSQL server that refuses every write, as one does that follows another."""
    reloaded = "SELECT pg_reload_conf()"
    server.execute("ALTER SYSTEM SET default_transaction_read_only = on", reloaded)
    try:
        yield
    finally:
        server.execute("ALTER SYSTEM RESET default_transaction_read_only", reloaded)


def status(server: Serving, path: str) -> int:
    """What a question without a speaker is answered."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def endures(
    crowd: Crowd, fault: AbstractContextManager[None], *, questions: int, witness: Witness | None
) -> None:
    """While the fault lasts every command is put off; afterwards they go on, without a restart."""
    (server,) = crowd.servers
    with crowd:
        crowd.wait_for(50)
        with fault:
            crowd.wait_for_refusals(3 * CLIENTS)
            assert status(server, "/healthz") == 200
            assert status(server, "/readyz") == questions
            assert status(server, "/v1/funds") == questions
            if witness is not None:
                witness.check(crowd.acknowledged)
        crowd.wait_for(50)
    crowd.is_well()
    for problem in crowd.unavailable:
        said = (problem["status"], problem["code"], problem["detail"])
        assert said == (
            503,
            "unavailable",
            "The database does not answer, or cannot be written, at the moment. "
            "Send the same again with the same key: nothing is carried out twice.",
        )


def test_a_full_disk_under_sqlite_puts_commands_off_and_loses_nothing(
    small_disk: None, tmp_path: Path
) -> None:
    disk, seed, kept = (tmp_path / name for name in ("disk", "seed", "kept"))
    for folder in (disk, seed, kept):
        folder.mkdir()
    prepared = prepare(f"sqlite:///{seed / 'fundtrail.db'}")
    owner = (os.getuid(), os.getgid())
    words = disks.before(disk, *owner, seed)
    url = f"sqlite:///{disk / 'fundtrail.db'}"

    with served(Serving(url, tmp_path, [*words, *FUNDTRAIL])) as server:
        assert server.process is not None
        theirs = disks.seen_by(server.process.pid, disk)
        crowd = Crowd([server], prepared)
        endures(crowd, disks.full(theirs, *owner), questions=200, witness=None)
        for file in theirs.iterdir():
            shutil.copy(file, kept)

    Witness(f"sqlite:///{kept / 'fundtrail.db'}").check(crowd.acknowledged)


def test_writes_that_the_system_refuses_put_commands_off_and_lose_nothing(
    sqlite_url: str, tmp_path: Path
) -> None:
    prepared = prepare(sqlite_url)
    with served(Serving(sqlite_url, tmp_path)) as server:
        assert server.process is not None
        crowd, witness = Crowd([server], prepared), Witness(sqlite_url)
        endures(crowd, limited(server.process.pid), questions=200, witness=witness)

    witness.check(crowd.acknowledged)


def owner_of(server: Server) -> tuple[int, int]:
    """The user and group that a PostgreSQL server runs as."""
    owner = pwd.getpwnam(server.user) if server.user else pwd.getpwuid(os.getuid())
    return owner.pw_uid, owner.pw_gid


def on_a_small_disk(server: Server) -> list[str]:
    """The words before a PostgreSQL server that has a small disk for its tables."""
    (server.folder / "disk").mkdir(exist_ok=True)
    return disks.before(server.folder / "disk", *owner_of(server))


def test_a_full_disk_under_postgresql_puts_commands_off_and_loses_nothing(
    small_disk: None, tmp_path: Path
) -> None:
    with a_server(before=on_a_small_disk) as store:
        disk = store.folder / "disk"
        store.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
        url = store.database("TABLESPACE small")
        fault = disks.full(disks.seen_by(store.first, disk), *owner_of(store))
        loses_nothing(url, tmp_path, fault, questions=200)


def test_a_postgresql_server_that_is_stopped_puts_commands_off_and_loses_nothing(
    tmp_path: Path,
) -> None:
    with a_server() as store:
        loses_nothing(store.database(), tmp_path, stopped(store), questions=503)


def test_a_postgresql_server_that_only_reads_puts_commands_off_and_loses_nothing(
    tmp_path: Path,
) -> None:
    with a_server() as store:
        loses_nothing(store.database(), tmp_path, only_read(store), questions=200)


def loses_nothing(
    url: str, folder: Path, fault: AbstractContextManager[None], *, questions: int
) -> None:
    """A server on PostgreSQL endures the fault; where it can be read, it is well meanwhile."""
    prepared, witness = prepare(url), Witness(url)
    with served(Serving(url, folder)) as server:
        crowd = Crowd([server], prepared)
        meanwhile = witness if questions == 200 else None
        endures(crowd, fault, questions=questions, witness=meanwhile)

    witness.check(crowd.acknowledged)

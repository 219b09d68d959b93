"""A flush of the log precedes every acknowledgement; seen in the system calls of the servers.

A process that is killed loses nothing that it has written, flushed or not. A machine whose power
fails does, so what reaches the disk before an answer is watched by itself.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

from infrastructure.settings import Settings
from infrastructure.system import System
from tests.chaos.calls import ON_POSTGRESQL, ON_SQLITE, before, read, reason_against
from tests.chaos.commands import a_fund
from tests.chaos.postgres import Server, a_server
from tests.chaos.prepared import prepare
from tests.chaos.processes import FUNDTRAIL, Serving
from tests.exactness.writer import sent

CLIENTS = 4
EACH = 10
CARELESS = (sys.executable, "-m", "tests.chaos.careless")
UNSAFE = ("fsync = off", "synchronous_commit = off")


@pytest.fixture(autouse=True)
def strace() -> None:
    """Nothing here can be seen without it."""
    if reason := reason_against():
        pytest.skip(reason)


def together(act: Callable[[str], object]) -> list[str]:
    """Several clients send commands at once; the key of each command."""
    keys = [[f"key-{client}-{turn}-" for turn in range(EACH)] for client in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(list[object], map(act, own)) for own in keys]:
            done.result()
    return [key for own in keys for key in own]


def unflushed_on_sqlite(folder: Path, program: Sequence[str]) -> list[str]:
    """The commands that a server acknowledged over HTTP before their flush had ended."""
    url, trace = f"sqlite:///{folder / 'fundtrail.db'}", folder / "trace"
    secrets = prepare(url).secrets
    server = Serving(url, folder, [*before(trace), *program])

    def propose(key: str) -> None:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        headers = {
            "Authorization": f"Bearer {secrets['fund_manager']}",
            "Idempotency-Key": key,
        }
        connection.request("POST", "/v1/funds", json.dumps(a_fund(key)), headers)
        assert connection.getresponse().status == 201
        connection.close()

    server.start()
    try:
        server.wait()
        keys = together(propose)
    finally:
        server.end()
    return ON_SQLITE.unflushed(read(trace), keys)


def trace_of(server: Server) -> Path:
    """Where the system calls of a server are written, which its own user must be able to do."""
    return server.folder / "trace"


def unflushed_on_postgresql(settings: str) -> list[str]:
    """The commands whose commit was acknowledged to the desk before their flush had ended."""
    with a_server(settings, lambda server: before(trace_of(server))) as server:
        system = System(Settings(database_url=server.database()), migrating=True)
        keys = together(lambda key: system.desk.send(sent(key, key)))
        system.close()
        server.stop()
        return ON_POSTGRESQL.unflushed(read(trace_of(server)), keys)


def test_sqlite_flushes_its_log_before_every_acknowledgement(tmp_path: Path) -> None:
    assert unflushed_on_sqlite(tmp_path, FUNDTRAIL) == []


def test_sqlite_without_flushes_is_found_out(tmp_path: Path) -> None:
    assert len(unflushed_on_sqlite(tmp_path, CARELESS)) == CLIENTS * EACH


def test_postgresql_flushes_its_log_before_every_acknowledgement() -> None:
    assert unflushed_on_postgresql("") == []


@pytest.mark.parametrize("setting", UNSAFE)
def test_postgresql_without_flushes_is_found_out(setting: str) -> None:
    assert len(unflushed_on_postgresql(setting)) > CLIENTS * EACH / 2

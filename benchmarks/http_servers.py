"""Real server processes for benchmarks.http, and the clients that ask them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.measure import Timed
from benchmarks.ours import Ours
from benchmarks.payments import CYCLE

PATIENCE_SECONDS = 30
FUNDTRAIL = (str(Path(sys.executable).with_name("fundtrail")), "serve")
RIVAL = (sys.executable, "-m", "benchmarks.http_rival")


@dataclass(frozen=True)
class Prepared:
    """A database with payments that may be asked for, and the tokens of who may ask."""

    file: Path
    works: tuple[dict[str, Any], ...]


def prepare(file: Path, clients: int) -> Prepared:
    """Fills a database until every client has a payment of its own to ask for."""
    ours = Ours(f"sqlite:///{file}", clients)
    system, tokens = ours.system, {}
    for who in sorted({who for who, _, _ in CYCLE}):
        (held,) = ours.people[who].held
        system.admit(f"person:{who}", who, held)
        secret = system.identity.create_token(who, f"person:{who}", held, system.clock.now())
        tokens[who] = secret
    streams = [f"tranche:{ready.tranche}" for ready in ours.payments.own]
    with system.shelf() as shelf:
        versions = [shelf.fetch([stream])[stream].version for stream in streams]
    system.close()
    cycle = [[who, verb, json.dumps(fields)] for who, verb, fields in CYCLE]
    works = tuple(
        {"id": r.tranche, "cycle": cycle, "tokens": tokens, "name": f"client-{n}", "version": v}
        for n, (r, v) in enumerate(zip(ours.payments.own, versions, strict=True))
    )
    return Prepared(file, works)


def rows_of(file: Path) -> dict[str, int]:
    """How many rows the tables have that commands write."""
    engine = sa.create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        found = {
            table: int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
            for table in ("events", "entries", "receipts")
        }
    engine.dispose()
    return found


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def serving(command: Sequence[str], url: str, folder: Path) -> Iterator[int]:
    """The port of a server process that is stopped at the end."""
    port = free_port()
    settings = {
        "FUNDTRAIL_DATABASE_URL": url,
        "FUNDTRAIL_CLOCK": "simulated",
        # How fast it can be is asked here, not how fast it lets itself be asked.
        "FUNDTRAIL_LIMIT_COMMANDS": "",
        "FUNDTRAIL_FILES": str(folder / "files"),
    }
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--port", str(port)],
            env={**os.environ, **settings},
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(port, server)
            yield port
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE_SECONDS)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Returns when the server takes connections."""
    last = time.monotonic() + PATIENCE_SECONDS
    while True:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        if server.poll() is not None or time.monotonic() > last:
            raise ChildProcessError("The server has not started; server.log says why.")
        time.sleep(0.05)


def asked(port: int, works: Sequence[dict[str, Any]], each: int, warming: int) -> Timed:
    """What the clients measured; their process has the machine's other core."""
    said = {"port": port, "works": list(works), "each": each, "warming": warming}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.http_clients"],
        input=json.dumps(said).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout)
    return Timed(len(found["waits"]) / found["seconds"], found["waits"])


def contender(
    command: Sequence[str], prepared: Prepared, each: int, written: dict[str, int]
) -> Callable[[], Timed]:
    """Measures a server on a fresh copy of the database; counts the rows that it wrote."""

    def run() -> Timed:
        folder = prepared.file.with_name("served")
        folder.mkdir()
        file = folder / "served.db"
        shutil.copy(prepared.file, file)
        before = rows_of(file)
        with serving(command, f"sqlite:///{file}", folder) as port:
            timed = asked(port, prepared.works, each, warming=len(CYCLE))
        written.update({table: count - before[table] for table, count in rows_of(file).items()})
        shutil.rmtree(folder)
        return timed

    return run

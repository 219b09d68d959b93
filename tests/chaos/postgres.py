"""A durable PostgreSQL server below the test itself: watched, killed, stopped, on a small disk."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import psycopg
import pytest

from tests import servers
from tests.chaos.processes import free_port

PATIENCE_SECONDS = 60
SETTINGS = "max_connections = 200\nwal_sync_method = fdatasync\n"

Before = Callable[["Server"], Sequence[str]]
"""The words before the server's own, by which another program runs it."""


class Server(servers.Server):
    """A server whose first process is a child of ours, or of the program that runs it."""

    def __init__(self, folder: Path, before: Before) -> None:
        super().__init__(folder, free_port())
        self.folder = folder
        self.user = servers._unprivileged_user()
        self.before = before
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What the server says of itself."""
        return self.folder / "server.log"

    @property
    def first(self) -> int:
        """The process that all the others of this server descend from."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Starts the server and waits until it takes connections.

        The processes of a killed one may still hold its memory, so it is tried again.
        """
        last = monotonic() + PATIENCE_SECONDS
        while not self.answers():
            if self.process is None or self.process.poll() is not None:
                self.launch()
            assert monotonic() < last, self.log.read_text()[-3_000:]
            sleep(0.05)

    def launch(self) -> None:
        """Starts the first process as a user that it accepts."""
        group = pwd.getpwnam(self.user).pw_gid if self.user else None
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.before(self), str(self.programs / "postgres"), "-D", str(self.data)],
                stdout=log,
                stderr=log,
                cwd="/",
                user=self.user,
                group=group,
                extra_groups=() if self.user else None,
            )

    def answers(self) -> bool:
        """Whether the server takes connections."""
        with suppress(psycopg.OperationalError):
            self.connect().close()
            return True
        return False

    def connect(self) -> psycopg.Connection:
        """A connection as the owner of everything."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="fundtrail",
            dbname="postgres",
            autocommit=True,
        )

    def execute(self, *statements: str) -> None:
        """Runs statements one by one as the owner of everything."""
        with self.connect() as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def database(self, where: str = "") -> str:
        """The URL of a new, empty database."""
        self.execute(f"CREATE DATABASE fundtrail {where}")
        return self.url("fundtrail").render_as_string(hide_password=False)

    def kill(self) -> None:
        """Kills every process of the server at once, as when its machine stops."""
        super().kill()
        assert self.process is not None
        self.process.wait(PATIENCE_SECONDS)

    def stop(self) -> None:
        """Ends every connection, and then the server in good order."""
        if self.process is not None and self.process.poll() is None:
            os.kill(self.first, signal.SIGINT)
            self.process.wait(PATIENCE_SECONDS)


@contextmanager
def a_server(settings: str = "", before: Before = lambda _: ()) -> Iterator[Server]:
    """A server that is thrown away afterwards; the test is skipped where there is none."""
    folder = Path(tempfile.mkdtemp(prefix="fundtrail-"))
    try:
        server = Server(folder, before)
        server.create()
        server.configure(SETTINGS + settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    except servers.NoServer as reason:
        pytest.skip(str(reason))
    finally:
        shutil.rmtree(folder)

"""Servers of the product as they are run for people: processes of their own, over HTTP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from unittest.mock import patch

from application.principals import Held
from infrastructure.settings import Settings
from infrastructure.system import System
from tests.conftest import MASTER_KEY
from tests.district import DISTRICT
from tests.exactness.pipes import ROOT

STARTING_SECONDS = 120


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Served:
    """A server process on a database, and the port on which it answers."""

    def __init__(self, url: str, log: Path) -> None:
        self.port = free_port()
        self.log = log
        command = "from api.cli import main; main()"
        words = [sys.executable, "-c", command, "serve", "--database", url, "--port"]
        others = {name: value for name, value in os.environ.items() if "FUNDTRAIL" not in name}
        # One token sends thousands of commands here, more than anybody types.
        others |= {**MASTER_KEY, "FUNDTRAIL_LIMIT_COMMANDS": ""}
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [*words, str(self.port)], stdout=output, stderr=output, cwd=ROOT, env=others
            )

    def status(self, path: str, timeout: float = 10) -> int:
        """The status with which it answers a question; 0 where it does not answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def wait(self) -> None:
        """Waits until it is ready."""
        until = time.monotonic() + STARTING_SECONDS
        while self.status("/readyz") != 200:
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)

    def close(self) -> None:
        """Ends it as an operator would, and at once if it does not listen."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(url: str, count: int, folder: Path) -> Iterator[list[Served]]:
    """As many servers on one database, all ready; ended afterwards."""
    started = [Served(url, folder / f"server-{number}.log") for number in range(count)]
    try:
        for server in started:
            server.wait()
        yield started
    finally:
        for server in started:
            server.close()


def people(url: str, *held: tuple[str, str]) -> dict[str, str]:
    """Makes an empty database ready, with people in one role each; the token of each."""
    with patch.dict(os.environ, **MASTER_KEY):
        system = System(Settings(database_url=url), migrating=True)
    tokens = {}
    for name, role in held:
        person, reach = f"person:{name}", Held(role, DISTRICT)
        system.admit(person, name, reach)
        tokens[name] = system.identity.create_token(name, person, reach, system.clock.now())
    system.close()
    return tokens

"""Real server processes that a test may kill: `fundtrail serve`, each on a port of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

PATIENCE_SECONDS = 60
REPOSITORY = Path(__file__).resolve().parent.parent.parent
FUNDTRAIL = (str(Path(sys.executable).with_name("fundtrail")),)


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment(folder: Path) -> dict[str, str]:
    """The variables of a server: a simulated clock that stands still, and nothing from outside."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FUNDTRAIL_")}
    ours = {"FUNDTRAIL_CLOCK": "simulated", "FUNDTRAIL_FILES": str(folder / "files")}
    return {**kept, **ours, "FUNDTRAIL_LIMIT_COMMANDS": ""}


def children(process: int) -> list[int]:
    """The processes that were started by this one, as Linux lists them."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # A name in brackets stands before the state and the parent, and may hold anything.
            parent = stat.read_text().rpartition(")")[2].split()[1]
            if int(parent) == process:
                found.append(int(stat.parent.name))
    return found


class Serving:
    """One server process, which can be killed and started again on the same port."""

    def __init__(self, url: str, folder: Path, program: Sequence[str] = FUNDTRAIL) -> None:
        self.url = url
        self.folder = folder
        self.program = program
        self.port = free_port()
        self.log = folder / f"server-{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the process and returns at once."""
        words = (*self.program, "serve", "--database", self.url, "--port", str(self.port))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                words, stdout=log, stderr=log, cwd=REPOSITORY, env=environment(self.folder)
            )

    def wait(self) -> None:
        """Returns when the server answers."""
        last = monotonic() + PATIENCE_SECONDS
        while not self.answers():
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()[-3_000:]
            assert monotonic() < last, "The server has not started."
            sleep(0.02)

    def answers(self) -> bool:
        """Whether the server is alive."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def end(self) -> None:
        """Kills the process at once, with no chance to finish anything, and whatever it runs."""
        if self.process is not None:
            for process in (*children(self.process.pid), self.process.pid):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            self.process.wait()
            self.process = None

"""The demonstration as a process of its own, started and stopped as people do it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from api.demo.history import VARIABLE
from api.demo.starting import bound
from api.demo.tokens import kept_tokens

PROGRAM = (sys.executable, "-c", "from api.cli import main; main()")


@dataclass
class Server:
    """A demonstration that is being served, and where."""

    process: subprocess.Popen[bytes]
    address: str
    folder: Path

    def advance(self, to: str) -> None:
        """Moves the simulated clock, which the API does for anybody who has a token."""
        secret = kept_tokens(self.folder / "demo-tokens.txt")[0].secret
        headers = {
            "Authorization": f"Bearer {secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": to,
        }
        body = json.dumps({"to": to}).encode()
        address = f"{self.address}/v1/clock/advance"
        with urlopen(Request(address, body, headers), timeout=120) as answer:
            assert answer.status == 200


def answers(address: str) -> bool:
    """Whether somebody serves there."""
    try:
        with urlopen(f"{address}/healthz", timeout=10) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def serving(folder: Path, seconds: int) -> Iterator[Server]:
    """The demonstration, started as people start it and stopped as they stop it."""
    with bound(0) as free:
        port = free.getsockname()[1]
    database, address = f"sqlite:///{folder / 'demo.db'}", f"http://127.0.0.1:{port}"
    command = (*PROGRAM, "demo", "--database", database, "--port", str(port))
    environment = {**os.environ, VARIABLE: "", "FUNDTRAIL_FILES": str(folder / "files")}
    with (folder / "said.txt").open("ab") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
    try:
        end = time.monotonic() + seconds
        while not answers(address):
            assert process.poll() is None, (folder / "said.txt").read_text()
            assert time.monotonic() < end, "It does not answer in time."
            time.sleep(0.2)
        yield Server(process, address, folder)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)

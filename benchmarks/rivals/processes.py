"""Processes that append at the same time, told what to do through their inputs."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any, cast

from benchmarks.measure import Timed
from benchmarks.rivals.worker import STORES, WARM

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 300
"""After so long a silence a process is taken to hang, and is ended."""


class Appenders:
    """Some processes on one store, and what became of what they appended."""

    def __init__(self, store: str, url: str, processes: int, python: str = sys.executable) -> None:
        self.store = store
        self.batch = STORES[store].batch
        self.failure = ""
        self.told = 0
        command = [python, "-m", "benchmarks.rivals.worker", store, url]
        self.processes = [
            subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for _ in range(processes)
        ]

    def one(self, order: str) -> Any:
        """What the first process answers to an order; None once one has failed."""
        return self.ask(order, self.processes[:1])[0]

    def ask(self, order: str, some: list[subprocess.Popen[str]]) -> list[Any]:
        """What some processes answer to an order."""
        for process in some:
            self.tell(process, order)
        return [self.heard(process) for process in some]

    def tell(self, process: subprocess.Popen[str], order: str) -> None:
        """Gives a process its next line."""
        if self.failure:
            return
        writing = cast(IO[str], process.stdin)
        writing.write(order + "\n")
        writing.flush()

    def heard(self, process: subprocess.Popen[str]) -> Any:
        """The next line of a process; None, and the store has failed, where there is none."""
        if self.failure:
            return None
        watch = threading.Timer(LONGEST_S, process.kill)
        watch.start()
        line = cast(IO[str], process.stdout).readline()
        watch.cancel()
        if not line:
            self.failure = f"a process ended with {process.wait()}"
            return None
        return json.loads(line)

    def run(self, clients: int, each: int) -> Timed:
        """Lets the clients of all processes append; nothing a second where one has failed."""
        self.ask(f"{clients} {each}", self.processes)
        found = [done for done in self.ask("go", self.processes) if done]
        self.failure = self.failure or next((d["failure"] for d in found if d["failure"]), "")
        if self.failure:
            return Timed(0.0)
        self.told += len(found) * clients * (each + WARM) * self.batch
        took = max(done["ended"] for done in found) - min(done["began"] for done in found)
        waits = [wait for done in found for wait in done["waits"]]
        return Timed(len(found) * clients * each * self.batch / took, waits)

    def kept(self) -> str:
        """What the store holds of what it has acknowledged."""
        if self.failure:
            return f"failed: {self.failure}"
        count, last = self.one("held")
        gaps = f"{last - count:,} positions left out" if last != count else "no position left out"
        return f"{count:,} of {self.told:,} kept, {gaps}"

    def close(self) -> None:
        """Ends the processes."""
        for process in self.processes:
            cast(IO[str], process.stdin).close()
            cast(IO[str], process.stdout).close()
            process.wait()

"""Processes that a test starts and talks to, one value after another."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 4


class Workers:
    """Processes that all run the `main` of one module, which reads values and writes values."""

    def __init__(self, module: str, count: int = PROCESSES) -> None:
        words = [sys.executable, "-c", f"from {module} import main; main()"]
        self.started = [
            subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
            for _ in range(count)
        ]

    def at_once(self, work: list[Any]) -> list[Any]:
        """Shares work out, waits until everybody has theirs, then lets all begin; the results."""
        count = len(self.started)
        self.tell_all([work[number::count] for number in range(count)])
        self.tell_all(["go"] * count, answered=False)
        results: list[Any] = [None] * len(work)
        for number in range(count):
            results[number::count] = self.told(number)
        return results

    def tell_all(self, values: list[Any], *, answered: bool = True) -> None:
        """Hands each process its value, and waits until all are ready for the next."""
        for worker, value in zip(self.started, values, strict=True):
            write(given(worker.stdin), value)
        if answered:
            assert {self.told(number) for number in range(len(values))} == {"ready"}

    def told(self, number: int) -> Any:
        """The next value from a process."""
        return read(given(self.started[number].stdout))

    def close(self) -> None:
        """Lets the processes end."""
        for worker in self.started:
            worker.communicate(timeout=60)
            assert worker.returncode == 0


def given(pipe: IO[bytes] | None) -> IO[bytes]:
    """The pipe, which is there because it was asked for."""
    assert pipe is not None
    return pipe


def write(pipe: IO[bytes], value: object) -> None:
    """Hands a value to another process."""
    pickle.dump(value, pipe)
    pipe.flush()


def read(pipe: IO[bytes]) -> Any:
    """The next value from another process; raises EOFError once it has ended."""
    return pickle.load(pipe)


def work_at_once() -> Any:
    """For a worker: its share of the work, returned when all may begin; None: there is no more."""
    work = read(sys.stdin.buffer)
    if work is not None:
        write(sys.stdout.buffer, "ready")
        assert read(sys.stdin.buffer) == "go"
    return work

"""Several processes of several clients at once, which begin at the same moment."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import msgspec

from benchmarks.bare import Theirs
from benchmarks.measure import Timed
from benchmarks.ours import settings_of
from benchmarks.payments import Payments
from infrastructure.system import System


class Round(msgspec.Struct):
    """What one process did: when it began and ended by the machine's clock, and its waits."""

    began: float
    ended: float
    waits: list[float]


class Crowd:
    """Processes that stay, and act whenever they are told to."""

    def __init__(self, kind: str, clients: int, members: list[dict[str, Any]]) -> None:
        self.clients = clients
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-m", "benchmarks.crowd", kind, str(clients)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            for _ in members
        ]
        # One after the other: the library makes its tables at every start, and fails if two do.
        for process, member in zip(self.processes, members, strict=True):
            self.say(process, msgspec.json.encode(member))
            self.hear(process)

    def say(self, process: subprocess.Popen[bytes], line: bytes) -> None:
        """Tells a process something."""
        assert process.stdin is not None
        process.stdin.write(line + b"\n")
        process.stdin.flush()

    def hear(self, process: subprocess.Popen[bytes]) -> bytes:
        """The next line of a process; it must not end before it has said it."""
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("A process of the crowd has ended; its own words say why.")
        return line

    def run(self, each: int) -> Timed:
        """Every client of every process acts so often; how many a second they were together."""
        for process in self.processes:
            self.say(process, str(each).encode())
        rounds = [msgspec.json.decode(self.hear(process), type=Round) for process in self.processes]
        took = max(one.ended for one in rounds) - min(one.began for one in rounds)
        waits = [wait for one in rounds for wait in one.waits]
        return Timed(len(waits) / took, waits)

    def close(self) -> None:
        """Lets every process end."""
        for process in self.processes:
            process.communicate(timeout=30)


def member_of(kind: str, clients: int, member: dict[str, Any]) -> Theirs | Payments:
    """What a process acts with."""
    if kind == "library":
        return Theirs(member, clients)
    system = System(settings_of(member["url"]))
    return Payments(system, member["organisation"], own=member["tranches"])


def main() -> None:
    """A member: it reads what it is, then how often each of its clients is to act, and again."""
    kind, clients = sys.argv[1], int(sys.argv[2])
    member = member_of(kind, clients, msgspec.json.decode(sys.stdin.readline()))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        began = time.perf_counter()
        timed = member.run(clients, int(line))
        done = Round(began, time.perf_counter(), timed.waits)
        sys.stdout.write(msgspec.json.encode(done).decode() + "\n")
        sys.stdout.flush()
    member.close()


if __name__ == "__main__":
    main()

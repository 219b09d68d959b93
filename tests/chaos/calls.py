"""The system calls of a server as strace saw them, and what they say of flushes and answers."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    "write,pwrite64,pwritev,writev,fsync,fdatasync,sync_file_range,sendto,sendmsg,"
    "read,readv,recvfrom,recvmsg"
)
LONGEST = 32_768
"""How much of what is written is kept, in bytes: more than any write that a command makes."""

BEGUN = re.compile(r"(?P<call>\w+)\((?P<fd>\d+)<(?P<target>.*?)>(?P<rest>.*)")
RESUMED = re.compile(r"<\.\.\. (?P<call>\w+) resumed>(?P<rest>.*)")
UNFINISHED = " <unfinished ...>"
FLUSHES = ("fsync", "fdatasync")
WRITES = ("write", "pwrite64", "pwritev", "writev")
SENDS = ("sendto", "sendmsg", "write", "writev")
RECEIVES = ("recvfrom", "recvmsg", "read", "readv")


@dataclass
class Call:
    """One system call: which, on what, with what; between which lines of the trace it ran."""

    name: str
    target: str
    data: str
    begun: int
    ended: int = -1


def before(trace: Path) -> list[str]:
    """The words before a command that write its calls into a file; of its threads and children."""
    words = ["strace", "-f", "--seccomp-bpf", "-y", "-s", str(LONGEST), "-e", f"trace={CALLS}"]
    return [*words, "-e", "signal=none", "-o", str(trace)]


def reason_against() -> str:
    """Why system calls cannot be watched here; empty where they can."""
    if shutil.which("strace") is None:
        return "strace: it is not installed, so no flush was seen"
    tried = subprocess.run([*before(Path("/dev/null")), "true"], capture_output=True, text=True)
    if tried.returncode:
        return f"strace: it may not watch a process here: {tried.stderr.strip()[:100]}"
    return ""


def read(trace: Path) -> list[Call]:
    """The calls that returned well, in the order in which they were begun."""
    calls: list[Call] = []
    open_by: dict[str, Call] = {}
    with trace.open(encoding="ascii", errors="replace") as lines:
        for number, line in enumerate(lines):
            process, _, said = line.rstrip("\n").partition(" ")
            said = said.lstrip()
            if found := BEGUN.match(said):
                call = Call(found["call"], found["target"], found["rest"], number)
                calls.append(call)
                if said.endswith(UNFINISHED):
                    open_by[process] = call
                else:
                    finish(call, number)
            elif (found := RESUMED.match(said)) and process in open_by:
                call = open_by.pop(process)
                call.data += found["rest"]
                finish(call, number)
    return calls


def finish(call: Call, number: int) -> None:
    """Notes where a call ended, unless it failed."""
    if " = -1 " not in call.data[-80:]:
        call.ended = number


def matching(
    calls: Sequence[Call], names: Sequence[str], target: str, text: str = ""
) -> Iterator[Call]:
    """The calls of these names on a target whose data contain a text."""
    return (
        call for call in calls if call.name in names and target in call.target and text in call.data
    )


@dataclass(frozen=True)
class Reading:
    """How to read a trace: where the log is, and how an acknowledgement begins."""

    log: str
    answer: str

    def unflushed(self, calls: Sequence[Call], keys: Sequence[str]) -> list[str]:
        """The keys of those commands that were acknowledged before their log was flushed."""
        return [key for key in keys if not self.is_flushed(calls, key)]

    def is_flushed(self, calls: Sequence[Call], key: str) -> bool:
        """Whether write, then flush, then acknowledgement: each ended before the next began."""
        acknowledged = self.acknowledgement(calls, key)
        written = next(matching(calls, WRITES, self.log, key), None)
        if written is None or written.ended < 0:
            return False
        return any(
            written.ended < flush.begun and flush.ended in range(acknowledged.begun)
            for flush in matching(calls, FLUSHES, self.log)
        )

    def acknowledgement(self, calls: Sequence[Call], key: str) -> Call:
        """The answer on the socket from which the command came."""
        came = next(matching(calls, RECEIVES, "socket", key))
        later = [call for call in calls if call.begun > came.begun]
        return next(matching(later, SENDS, came.target, self.answer))


ON_SQLITE = Reading(log="-wal", answer='"HTTP/1.1 2')
ON_POSTGRESQL = Reading(log="/pg_wal/", answer="COMMIT")

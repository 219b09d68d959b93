"""A process that appends to a store when it is told: python -m benchmarks.rivals.worker STORE URL.

It reads orders from its input, a line each, and answers each with a line: `prepare`, `settings`,
`held`, or `CLIENTS EACH`, which it answers with `ready` and carries out at the next line.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from typing import Any
from uuid import uuid4

from benchmarks.rivals.raw import Raw, RawMany
from benchmarks.rivals.stores import Library, LibraryFunction, OnSQLAlchemy, Ours, Store

STORES: dict[str, type[Store]] = {
    "ours": Ours,
    "library": Library,
    "function": LibraryFunction,
    "sqlalchemy": OnSQLAlchemy,
    "raw": Raw,
    "many": RawMany,
}
"""Every store by the name that a process is given."""

WARM = 3
"""How many appends of each client are not timed: they open connections and prepare statements."""


class Client(threading.Thread):
    """One client with a stream of its own."""

    def __init__(self, store: Store, each: int, gate: threading.Barrier) -> None:
        super().__init__()
        self.store, self.each, self.gate = store, each, gate
        self.stream = uuid4()
        self.began = self.ended = 0.0
        self.waits: list[float] = []
        self.failure = ""

    def run(self) -> None:
        """Warms up, waits for all to start, and appends one after another."""
        try:
            for version in range(1, WARM + 1):
                self.store.append(self.stream, version)
            self.gate.wait()
            self.gate.wait()
            self.began = previous = time.monotonic()
            for version in range(WARM + 1, WARM + self.each + 1):
                self.store.append(self.stream, version)
                now = time.monotonic()
                self.waits.append(now - previous)
                previous = now
            self.ended = previous
        finally:
            if not self.ended:
                self.gate.abort()


def note(args: threading.ExceptHookArgs) -> None:
    """Keeps what ended a client: whatever a rival raises is its result, and is reported."""
    if isinstance(args.thread, Client) and args.exc_type is not threading.BrokenBarrierError:
        args.thread.failure = f"{args.exc_type.__name__}: {args.exc_value}".splitlines()[0]


def measured(store: Store, each: int) -> dict[str, Any]:
    """What the clients of this process did, from the first start to the last end."""
    gate = threading.Barrier(store.clients + 1)
    clients = [Client(store, each, gate) for _ in range(store.clients)]
    for client in clients:
        client.start()
    try:
        gate.wait()
        answer("ready")
        sys.stdin.readline()
        gate.wait()
    except threading.BrokenBarrierError:
        answer("ready")
        sys.stdin.readline()
    for client in clients:
        client.join()
    failures = [client.failure for client in clients if client.failure]
    return {
        "began": min(client.began for client in clients),
        "ended": max(client.ended for client in clients),
        "waits": [round(wait, 6) for client in clients for wait in client.waits],
        "failure": failures[0] if failures else "",
    }


def answer(found: Any) -> None:
    """Says a line."""
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Carries out one order after another until the input ends."""
    threading.excepthook = note
    kind, url = STORES[sys.argv[1]], sys.argv[2]
    for order in sys.stdin:
        words = order.split()
        store = kind(url, int(words[0]) if words[0].isdigit() else 1)
        if words == ["prepare"]:
            store.prepare()
            answer("done")
        elif words == ["settings"]:
            answer(store.settings())
        elif words == ["held"]:
            answer(store.held())
        else:
            answer(measured(store, int(words[1])))
        store.close()


if __name__ == "__main__":
    main()

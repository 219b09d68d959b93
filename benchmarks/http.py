"""How many commands a second does one server process answer over HTTP, on SQLite?

Ours: `fundtrail serve`, as it is started by hand. 16 clients, kept open, each with a payment of
its own, send the four commands of its cycle with token, idempotency key, If-Match and a JSON body;
every second command posts. The rival, benchmarks.http_rival, is the same route with the same
checks and rows, built with one transaction for each request. Every round starts each server anew
on a copy of the same database, flushed with every commit; clients and server share the machine.
The first two rows are no contenders: they say what the clients and the framework could do at most.
Run: python -m benchmarks.http
"""

from __future__ import annotations

import socketserver
import sys
import tempfile
import threading
from pathlib import Path

from benchmarks.http_servers import (
    FUNDTRAIL,
    RIVAL,
    asked,
    contender,
    prepare,
    serving,
)
from benchmarks.measure import Timed, interleaved, machine, report, write_section

ROUNDS = 5
EACH = 100
CLIENTS = 16
EMPTY = [{"id": "", "cycle": [], "tokens": {}, "name": ""}] * CLIENTS
NOTHING = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Nothing(socketserver.BaseRequestHandler):
    """Answers whatever comes with the same bytes."""

    def handle(self) -> None:
        while self.request.recv(65_536):
            self.request.sendall(NOTHING)


def ceiling() -> Timed:
    """The clients against a server that does nothing."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Nothing) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        timed = asked(server.server_address[1], EMPTY, 10 * EACH, EACH)
        server.shutdown()
    return timed


def main() -> None:
    """Measures and writes the section of docs/performance.md."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared = prepare(folder / "prepared.db", CLIENTS)
        ours: dict[str, int] = {}
        theirs: dict[str, int] = {}

        def empty() -> Timed:
            url = f"sqlite:///{folder / 'prepared.db'}"
            with serving(RIVAL, url, folder) as port:
                return asked(port, EMPTY, 4 * EACH, EACH)

        found = interleaved(
            {
                "nothing at all, from a bare socket": ceiling,
                "an empty route of the framework": empty,
                "transaction for each request": contender(RIVAL, prepared, EACH, theirs),
                "fundtrail serve": contender(FUNDTRAIL, prepared, EACH, ours),
            },
            ROUNDS,
        )
    if ours != theirs:
        sys.exit(f"The two did not write the same: {ours} and {theirs}.")
    lines = [__doc__ or "", f"Measured with {machine()}", ""]
    lines += report("Commands over HTTP on SQLite", found, "transaction for each request")
    rows = ", ".join(f"{count:,} {table}" for table, count in ours.items())
    lines += [f"Both wrote in each round: {rows}.", ""]
    write_section("http", lines)


if __name__ == "__main__":
    main()

"""Clients of a server in one cheap process: raw sockets kept open, requests as prepared bytes.

Reads what to do as JSON from standard input and writes what it measured as JSON.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import Any

TAG = re.compile(rb'\r\netag: "([0-9]+)"', re.IGNORECASE)
LENGTH = re.compile(rb"\r\ncontent-length: ([0-9]+)", re.IGNORECASE)
PATIENCE_SECONDS = 60


class NotAnswered(Exception):
    """The server did not do what it was asked for."""


@dataclass
class Work:
    """What one client does: a cycle of commands on a thing of its own, or one empty request."""

    id: str
    cycle: list[list[str]]
    tokens: dict[str, str]
    name: str
    version: int = 0
    turn: int = 0
    heads: list[tuple[bytes, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for who, verb, body in self.cycle:
            said = body.encode()
            head = (
                f"POST /v1/tranches/{self.id}/{verb} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Authorization: Bearer {self.tokens[who]}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(said)}\r\nIdempotency-Key: {self.name}-"
            )
            self.heads.append((head.encode(), said))

    def request(self) -> bytes:
        """The next request, with a key of its own and the version that was answered last."""
        self.turn += 1
        if not self.cycle:
            return b"GET /empty HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        head, said = self.heads[(self.turn - 1) % len(self.heads)]
        return b'%b%d\r\nIf-Match: "%d"\r\n\r\n%b' % (head, self.turn, self.version, said)

    def take(self, answer: bytes) -> None:
        """Notes the version that the answer gives; stops at whatever is no success."""
        if not answer.startswith(b"HTTP/1.1 200"):
            raise NotAnswered(answer.decode(errors="replace"))
        if self.cycle and (tag := TAG.search(answer)) is not None:
            self.version = int(tag[1])


class Client:
    """One connection that asks, waits for the answer, and asks again."""

    def __init__(self, port: int, work: Work, each: int) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.work = work
        self.left = each
        self.waits: list[float] = []
        self.began = 0.0
        self.received = b""

    def ask(self) -> None:
        """Sends the next request."""
        self.left -= 1
        request = self.work.request()
        self.began = time.perf_counter()
        self.connection.sendall(request)

    def hear(self) -> bool:
        """Takes in what has come; whether the client has done all that it had to."""
        arrived = self.connection.recv(65_536)
        if not arrived:
            raise NotAnswered("The server hung up.")
        self.received += arrived
        end = self.received.find(b"\r\n\r\n")
        length = LENGTH.search(self.received, 0, end + 2) if end >= 0 else None
        if length is None or len(self.received) < end + 4 + int(length[1]):
            return False
        self.waits.append(time.perf_counter() - self.began)
        self.work.take(self.received)
        self.received = b""
        if self.left == 0:
            return True
        self.ask()
        return False


def run(clients: list[Client]) -> float:
    """Lets all clients ask until each has had all its answers; how many seconds that took."""
    selector = selectors.DefaultSelector()
    for client in clients:
        selector.register(client.connection, selectors.EVENT_READ, client)
    began = time.perf_counter()
    for client in clients:
        client.ask()
    while selector.get_map():
        ready = selector.select(PATIENCE_SECONDS)
        if not ready:
            raise NotAnswered("Nothing was answered any more.")
        for key, _ in ready:
            if key.data.hear():
                selector.unregister(key.fileobj)
    return time.perf_counter() - began


def main() -> None:
    """Warms the server up, measures, and says how long everything took."""
    said: dict[str, Any] = json.load(sys.stdin)
    works = [Work(**work) for work in said["works"]]
    for each in (said["warming"], said["each"]):
        clients = [Client(said["port"], work, each) for work in works]
        own = time.process_time()
        seconds = run(clients)
        own = time.process_time() - own
        for client in clients:
            client.connection.close()
    waits = [wait for client in clients for wait in client.waits]
    json.dump({"seconds": seconds, "waits": waits, "own_seconds": own}, sys.stdout)


if __name__ == "__main__":
    main()

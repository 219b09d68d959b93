"""A process of its own that sends requests over HTTP, each from a connection of its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from threading import Barrier
from typing import NamedTuple

from tests.exactness.pipes import work_at_once, write

PATIENCE_SECONDS = 60


class Post(NamedTuple):
    """A command on its way to a server of this machine."""

    port: int
    path: str
    token: str
    key: str
    body: bytes


class Told(NamedTuple):
    """What a server answered: all of it but the headers that name the request and the time."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


KEPT = ("content-type", "etag", "event-position", "location")


def post(connection: HTTPConnection, sent: Post) -> Told:
    """Sends a command and waits for its answer."""
    headers = {
        "Authorization": f"Bearer {sent.token}",
        "Idempotency-Key": sent.key,
        "Content-Type": "application/json",
    }
    connection.request("POST", sent.path, sent.body, headers)
    answer = connection.getresponse()
    kept = tuple((name, answer.headers[name]) for name in KEPT if name in answer.headers)
    return Told(answer.status, kept, answer.read())


def posted(sent: Post) -> Told:
    """Sends a command over a new connection."""
    connection = HTTPConnection("127.0.0.1", sent.port, timeout=PATIENCE_SECONDS)
    try:
        return post(connection, sent)
    finally:
        connection.close()


def send_at_once(posts: Sequence[Post]) -> list[Told]:
    """Sends every command at one moment, over connections that are open by then."""
    barrier = Barrier(len(posts))

    def client(sent: Post) -> Told:
        connection = HTTPConnection("127.0.0.1", sent.port, timeout=PATIENCE_SECONDS)
        try:
            connection.connect()
            barrier.wait()
            return post(connection, sent)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(client, posts))


def main() -> None:
    """Sends what it is told, until it is told nothing more."""
    with suppress(EOFError):
        while posts := work_at_once():
            write(sys.stdout.buffer, send_at_once(posts))

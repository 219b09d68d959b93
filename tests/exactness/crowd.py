"""Clients who send commands over HTTP without pause, and repeat each until it is answered."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from http.client import HTTPException
from itertools import count
from threading import Event, Thread

from api.v1 import funds
from tests.exactness.sender import Post, Told, posted
from tests.exactness.serving import Served

FUND = funds.EXAMPLES["propose"]
PAUSE_SECONDS = 0.1


class Crowd:
    """As many clients as asked for; what each was answered is kept by key."""

    def __init__(self, servers: Sequence[Served], token: str, clients: int) -> None:
        self.servers = servers
        self.token = token
        self.tried: set[str] = set()
        self.acknowledged: dict[str, Told] = {}
        self.failures: Counter[str] = Counter()
        self.over = Event()
        self.threads = [Thread(target=self.act, args=(n,)) for n in range(clients)]
        for thread in self.threads:
            thread.start()

    def act(self, client: int) -> None:
        """One command after another, each with a key of its own."""
        for number in count():
            if self.over.is_set():
                return
            self.insist(f"client-{client}-{number}", client)

    def insist(self, key: str, client: int) -> None:
        """Sends a command until it is acknowledged, to one server and then to the next."""
        self.tried.add(key)
        body = json.dumps({**FUND, "name": key}).encode()
        for attempt in count(client):
            server = self.servers[attempt % len(self.servers)]
            told = self.once(Post(server.port, "/v1/funds", self.token, key, body))
            if told is not None:
                self.acknowledged[key] = told
                return
            if self.over.wait(PAUSE_SECONDS):
                return

    def once(self, sent: Post) -> Told | None:
        """The answer, if it is an acknowledgement; otherwise only what went wrong is counted."""
        try:
            told = posted(sent)
        except (OSError, HTTPException) as error:
            self.failures[type(error).__name__] += 1
            return None
        if told.status == 201:
            return told
        self.failures[str(told.status)] += 1
        return None

    def wait_for(self, more: int, seconds: float) -> None:
        """Waits until so many more commands are acknowledged."""
        until, wanted = time.monotonic() + seconds, len(self.acknowledged) + more
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < until, self.failures
            time.sleep(0.02)

    def end(self) -> None:
        """Lets every client finish the request that it has sent."""
        self.over.set()
        for thread in self.threads:
            thread.join()

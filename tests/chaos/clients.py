"""Clients that send commands over HTTP until each is acknowledged, whichever server answers."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from tests.chaos.commands import Said, Script, pays, receives
from tests.chaos.prepared import Prepared
from tests.chaos.processes import PATIENCE_SECONDS, Serving

CLIENTS = 16
DONE = (200, 201, 202)
AGAIN_SECONDS = 0.05
"""How long a client waits before it sends a command again that nobody acknowledged."""

CALM_SECONDS = 0.2


@dataclass(frozen=True)
class Acknowledged:
    """What a client was answered: the event's position, and the thing it concerned."""

    command: str
    path: str
    id: str
    stage: str
    version: int
    position: int


class Crowd:
    """Sixteen clients and what they were answered.

    `broken` are the commands that were on their way when their connection broke, `found` those of
    them that proved to be recorded by then, which is where the chronicle ends at `head`. Nobody
    sends a broken command again during the `killing`. A crowd that is `calm` leaves the processor
    to whoever starts meanwhile.
    """

    def __init__(self, servers: Sequence[Serving], prepared: Prepared) -> None:
        self.servers = servers
        self.prepared = prepared
        self.acknowledged: list[Acknowledged] = []
        self.broken: list[str] = []
        self.found: list[str] = []
        self.unavailable: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self.head = 0
        self.killing = threading.Lock()
        self.calm = threading.Event()
        self.over = threading.Event()
        scripts = [pays(prepared), *(receives(prepared, f"资金{n}") for n in range(1, CLIENTS))]
        self.threads = [threading.Thread(target=Client(self, script).run) for script in scripts]

    def __enter__(self) -> Crowd:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def is_well(self) -> None:
        """Nobody got any other answer than an acknowledgement or a 503."""
        assert not self.refused, self.refused[:3]

    def wait_for(self, more: int) -> None:
        """Returns when so many more commands have been acknowledged."""
        self.wait_until(self.acknowledged, len(self.acknowledged) + more)

    def wait_for_refusals(self, more: int) -> None:
        """Returns when so many more commands have been answered that nothing can be written."""
        self.wait_until(self.unavailable, len(self.unavailable) + more)

    def wait_until(self, answers: Sequence[object], count: int) -> None:
        """Returns when there are so many answers of a kind, and only of kinds that may be."""
        last = monotonic() + PATIENCE_SECONDS
        while len(answers) < count:
            self.is_well()
            assert monotonic() < last, f"{len(answers)} of {count} such answers came."
            sleep(0.005)


class Client:
    """One client: says the next command only when the last one was acknowledged."""

    def __init__(self, crowd: Crowd, script: Script) -> None:
        self.crowd = crowd
        self.script = script
        self.connections: dict[int, HTTPConnection] = {}

    def run(self) -> None:
        """Plays the script until the crowd goes home, or until an answer is none."""
        said = next(self.script)
        while (answer := self.tell(said)) is not None:
            said = self.script.send(answer)
            if self.crowd.calm.is_set():
                sleep(CALM_SECONDS)
        for connection in self.connections.values():
            connection.close()

    def tell(self, said: Said) -> dict[str, Any] | None:
        """Sends a command with one key until it is acknowledged; None where that ends."""
        key, crowd, head = uuid4().hex, self.crowd, 0
        while not crowd.over.is_set():
            try:
                status, answer = self.send(random.choice(crowd.servers).port, said, key)
            except (OSError, HTTPException) as error:
                if not isinstance(error, ConnectionRefusedError):
                    crowd.broken.append(key)
                sleep(AGAIN_SECONDS)
                with crowd.killing:
                    head = crowd.head
                continue
            if status in DONE:
                self.keep(said, key, answer)
                if answer["position"] <= head:
                    crowd.found.append(key)
                return answer
            if status != 503:
                crowd.refused.append(f"{said}: {status} {answer}")
                return None
            crowd.unavailable.append(answer)
            sleep(AGAIN_SECONDS)
        return None

    def send(self, port: int, said: Said, key: str) -> tuple[int, Any]:
        """One attempt: the status and the body of the answer."""
        who, path, fields = said
        if port not in self.connections:
            self.connections[port] = HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Authorization": f"Bearer {self.crowd.prepared.secrets[who]}",
            "Idempotency-Key": key,
            "Accept-Language": "en",
        }
        connection = self.connections[port]
        try:
            connection.request("POST", f"/v1{path}", json.dumps(fields).encode(), headers)
            answer = connection.getresponse()
            body = answer.read()
            is_json = "json" in answer.getheader("Content-Type", "")
            return answer.status, json.loads(body) if is_json else body.decode()
        except (OSError, HTTPException):
            self.connections.pop(port).close()
            raise

    def keep(self, said: Said, key: str, answer: dict[str, Any]) -> None:
        """Notes an acknowledgement."""
        who, path, _ = said
        self.crowd.acknowledged.append(
            Acknowledged(
                f"person:{who} {key}",
                path,
                answer["id"],
                answer["stage"],
                answer["version"],
                answer["position"],
            )
        )

"""The HTTP interface in-process: one house, its application, and people with tokens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from api.main import create_app
from application.principals import Held
from tests.district import DISTRICT, District

PROBLEM = "application/problem+json"


class Surface:
    """Sends requests as people of a district; every command has a key of its own."""

    def __init__(self, district: District) -> None:
        self.district = district
        self.app = create_app(district.system)
        self.client = TestClient(self.app, raise_server_exceptions=False)
        self.secrets: dict[str, str] = {}
        self.keys = count(1)

    def lends(self, name: str, held: Held) -> None:
        """Gives a person of the district a token in one role; it is known by the name."""
        identity, now = self.district.system.identity, self.district.system.clock.now()
        self.district.system.admit(f"person:{name}", name, held)
        self.secrets[name] = identity.create_token(name, f"person:{name}", held, now)

    def secret(self, name: str) -> str:
        """The token of a person; an officer of that name gets one when it is first asked for."""
        if name not in self.secrets:
            known = self.district.people.get(name)
            self.lends(name, known.held[0] if known else Held(name, DISTRICT))
        return self.secrets[name]

    def send(
        self, method: str, path: str, name: str = "", *, headers: Any = None, **said: Any
    ) -> Response:
        """A request; by nobody in particular where no name is given."""
        signed = {"Authorization": f"Bearer {self.secret(name)}"} if name else {}
        key = {"Idempotency-Key": f"key-{next(self.keys)}"} if method == "POST" else {}
        sent = {**signed, **key, **(headers or {})}
        given = {field: value for field, value in sent.items() if value is not None}
        return self.client.request(method, path, headers=given, **said)

    def get(self, path: str, name: str = "", **said: Any) -> Response:
        """The answer to a question."""
        return self.send("GET", path, name, **said)

    def post(self, path: str, name: str = "", fields: Any = None, **said: Any) -> Response:
        """The answer to a command with these fields."""
        return self.send("POST", path, name, json={} if fields is None else fields, **said)

    @property
    def position(self) -> int:
        """How far the chronicle goes."""
        return self.district.system.questions.head()


@contextmanager
def a_surface(url: str) -> Iterator[Surface]:
    """A surface on an empty database."""
    district = District(url)
    try:
        yield Surface(district)
    finally:
        district.close()


def problem_of(answer: Response, status: int) -> dict[str, Any]:
    """The problem that an answer states; every answer that refuses has the same shape."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM), answer.text
    problem: dict[str, Any] = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "code", "errors", "trace_id"}
    assert problem["status"] == status
    assert problem["type"] == f"urn:fundtrail:problem:{problem['code']}"
    assert problem["title"]
    assert problem["detail"]
    assert problem["trace_id"] == answer.headers["X-Trace-Id"]
    return problem

"""A district under attack: its addresses, and what no answer of it may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from httpx2 import Response

from tests.api.everyone import Direct, a_district, direct, with_every_noun
from tests.api.hostile import operations

COMMAND = "application/json"


@dataclass
class World:
    """A district behind its application, an id of every noun, and all addresses."""

    direct: Direct
    ids: dict[str, str]

    def addresses(self, nouns: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Method, address and description of everything below a noun's plural."""
        document = self.direct.app.openapi()
        for path, method, operation in operations(document):
            if path.split("/")[2:3] == [nouns]:
                yield method, path, operation

    def commands(self, nouns: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The address and the example of every command of a noun, said to a thing there is."""
        for method, path, operation in self.addresses(nouns):
            body = operation.get("requestBody", {}).get("content", {}).get(COMMAND)
            if method == "POST" and body is not None:
                yield path.format(id=self.ids.get(nouns, "none")), body["example"]

    def fault(self, method: str, url: str, what: str, **said: Any) -> str:
        """What is wrong with the answer, in a line; empty where nothing is."""
        before = self.direct.position
        answer = self.direct.send(method, url, **said)
        wrong = faulty(answer) or unwritten(answer, before, self.direct.position)
        return f"{method} {url[:80]} with {what}: {wrong}" if wrong else ""


def faulty(answer: Response) -> str:
    """Why an answer is none that a client may get."""
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.text[:200]}"
    is_problem = answer.headers.get("Content-Type") == "application/problem+json"
    if answer.status_code >= 400 and not (is_problem and answer.json()["detail"]):
        return f"{answer.status_code} is no problem: {answer.text[:200]}"
    return ""


def unwritten(answer: Response, before: int, after: int) -> str:
    """A refusal that has written something."""
    if answer.status_code >= 400 and after != before:
        return f"{answer.status_code}, but {after - before} records were written"
    return ""


def assert_none(faults: Iterable[str]) -> None:
    """All faults at once, one a line."""
    found = [fault for fault in faults if fault]
    assert not found, f"{len(found)} faults\n" + "\n".join(found[:40])


@contextmanager
def a_world(url: str, play: Any) -> Iterator[World]:
    """A district in which something was played, with an id of every noun that there is."""
    for path in a_district(url, play):
        with direct(path) as way:
            yield World(way, with_every_noun(path))

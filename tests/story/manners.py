"""What the server promises of every command, shown on the first ones: repeats and versions."""

from __future__ import annotations

from typing import Any

from tests.story.people import Teller

SAID_AGAIN = ("ETag", "Event-Position", "Location")


def a_repeat_gets_the_first_answer(teller: Teller, path: str, fields: dict[str, Any]) -> str:
    """The same key and body: the same answer and nothing new; another body: refused."""
    first = teller.post(path, fields, Idempotency_Key="the-first-fund")
    again = teller.post(path, fields, Idempotency_Key="the-first-fund")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    for name in SAID_AGAIN:
        assert first.headers[name] == again.headers[name]

    other = teller.post(path, {**fields, "name": "别的资金"}, Idempotency_Key="the-first-fund")
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")
    assert len(teller.get(path).json()["data"]) == 1
    return str(first.json()["id"])


def a_stale_version_is_refused(teller: Teller, path: str) -> None:
    """Somebody who has seen another version is told the current one, and then goes on."""
    stale = teller.post(path, {}, If_Match='"7"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    assert stale.headers["Content-Type"] == "application/problem+json"

    answer = teller.post(path, {}, If_Match=stale.headers["ETag"])
    assert (answer.status_code, answer.json()["stage"]) == (200, "active")

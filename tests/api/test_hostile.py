"""Whatever is said in a body: never a fault of ours, and nothing is written by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from httpx2 import Response

from application.kinds import PLURALS
from tests.api.attacked import World, a_world, assert_none
from tests.api.hostile import BODIES, NEVER, SELDOM, odd_values, places, replaced
from tests.played import with_award_confirmed, with_review_started, with_submitted_proposal
from tests.played_to_end import with_costs_accepted


def misplaced(answer: Response, place: Iterable[str | int]) -> str:
    """A value that can never be right, and is not refused with its place."""
    pointer = "".join(f"/{part}" for part in place)
    if answer.status_code != 422:
        return f"{answer.status_code} instead of 422"
    found = [error["pointer"] or "" for error in answer.json()["errors"]]
    return "" if any(p.startswith(pointer) for p in found) else f"{found} instead of {pointer}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A district in the middle of a grant."""
    file = tmp_path_factory.mktemp("hostile") / "fundtrail.db"
    with a_world(f"sqlite:///{file}", with_costs_accepted) as world:
        yield world


@pytest.mark.parametrize("nouns", PLURALS.values())
def test_a_value_that_no_field_takes_is_refused_with_its_place(world: World, nouns: str) -> None:
    assert_none(
        f"{url} {place} is {name}: {wrong}"
        for url, example in world.commands(nouns)
        for place in places(example)
        for name, raw in NEVER.items()
        if (
            wrong := misplaced(
                world.direct.send("POST", url, content=replaced(example, place, raw)), place
            )
        )
    )


def test_every_odd_value_has_its_turn() -> None:
    tried = {name for number in range(20) for name in odd_values(number)}
    assert tried == set(SELDOM)


@pytest.mark.parametrize("nouns", PLURALS.values())
def test_an_odd_value_is_taken_or_refused(world: World, nouns: str) -> None:
    assert_none(
        world.fault("POST", url, f"{place} {name}", content=replaced(example, place, raw))
        for url, example in world.commands(nouns)
        for place in places(example)
        for name, raw in odd_values(url.rpartition("/")[2], place).items()
    )


GROUNDS = {
    "reason": "原因",
    "authority_ref": "南财〔2026〕1号",
    "evidence": [{"document": "document:1", "sha256": "0" * 64, "type": "text/plain"}],
    "effective_at": "2026-03-02T09:00:00+08:00",
    "on_behalf_of": "person:legal",
}


@pytest.mark.parametrize("name", [*NEVER, *SELDOM])
def test_grounds_are_read_as_strictly_as_fields(world: World, name: str) -> None:
    url = f"/v1/funds/{world.ids['funds']}/freeze"
    example = {"decision": "南监〔2026〕2号", "reason": "核查。", **GROUNDS}
    raw = {**NEVER, **SELDOM}[name]

    for place in places(GROUNDS):
        body = replaced(example, place, raw)
        assert_none([world.fault("POST", url, f"{place} {name}", content=body)])


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_understood_or_refused(world: World, name: str) -> None:
    """Where a command needs no fields, an empty body is a command; no other of these is one."""
    everywhere = [url for nouns in PLURALS.values() for url, _ in world.commands(nouns)]
    assert_none(
        world.fault("POST", url, name, content=BODIES[name])
        for url in [*everywhere, "/v1/clock/advance", "/v1/documents"]
    )
    if name != "nothing":
        for url in everywhere:
            answer = world.direct.send("POST", url, content=BODIES[name])
            assert answer.status_code in (400, 422), (url, answer.text)


@pytest.mark.parametrize(
    "play", [with_submitted_proposal, with_review_started, with_award_confirmed]
)
def test_an_odd_value_in_a_command_that_is_permitted(sqlite_url: str, play: Any) -> None:
    """The rules themselves have to judge these, because nothing else stands in their way."""
    with a_world(sqlite_url, play) as world:
        assert_none(
            world.fault("POST", url, f"{place} {name}", content=replaced(example, place, raw))
            for nouns in PLURALS.values()
            for url, example in world.commands(nouns)
            if url.rpartition("/")[2] in permitted(world, nouns)
            for place in places(example)
            for name, raw in odd_values(play.__name__, place, url.rpartition("/")[2]).items()
        )


def permitted(world: World, nouns: str) -> set[str]:
    """What everyone may do with the thing there is."""
    answer = world.direct.send("GET", f"/v1/{nouns}/{world.ids.get(nouns)}/actions")
    return {a["verb"] for a in answer.json() if a["permitted"]} if answer.is_success else set()

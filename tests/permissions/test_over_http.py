"""Over HTTP the answer is what the tables say: cells of the matrix, drawn with a fixed seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

import pytest
from httpx2 import Response

from api.docs.markdown import ENGLISH
from application.handlers import HANDLERS
from application.kinds import KINDS, PLURALS
from application.principals import Held
from domain.roles import OFFERED
from tests.api.surface import problem_of
from tests.permissions.cells import row_of
from tests.permissions.places import reaches
from tests.permissions.test_rows import NOT_OVER_HTTP
from tests.permissions.town import REACHES, Town, seat_of, things, towns
from tests.permissions.who import ANYBODY, SECOND, WHO, Who

SEED = 20260302
REFUSED, LET_IN = 260, 130
"""How many cells of either kind are drawn."""

IN_ENGLISH = {"Accept-Language": "en"}


class Drawn(NamedTuple):
    """A command to a thing that there is, and what the person holds who tells it."""

    town: Town
    noun: str
    verb: str
    id: str
    held: Held

    @property
    def who(self) -> Who:
        """The row of the tables."""
        return WHO[row_of(self.noun, self.verb)]

    @property
    def roles(self) -> frozenset[str]:
        """The roles that may tell it; of something prepared, those that it waits for."""
        if self.who.first == SECOND:
            return frozenset({"finance_approver"})
        return self.who.first

    def may(self) -> bool:
        """What the tables say."""
        if self.roles == ANYBODY:
            return True
        spot = self.town.spot(self.noun, self.id)
        seat = seat_of(self.town, self.held)
        return self.held.role in self.roles and reaches(seat, spot, self.who.row)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Town]]:
    with towns(tmp_path_factory.mktemp("towns")) as all_towns:
        yield all_towns


@pytest.fixture(scope="module")
def examples(opened: list[Town]) -> dict[str, Any]:
    """A body for every address, which the door understands."""
    paths = opened[0].surface.get("/openapi.json").json()["paths"]
    return {
        path: methods["post"]["requestBody"]["content"]["application/json"]["example"]
        for path, methods in paths.items()
        if "application/json" in methods.get("post", {}).get("requestBody", {}).get("content", {})
    }


def address(noun: str, verb: str) -> str:
    return f"/v1/{PLURALS[noun]}/{{id}}/{verb}"


def commands(opened: list[Town]) -> list[tuple[Town, str, str, str]]:
    """Every command that is told to a thing, with things of several districts."""
    return [
        (town, noun, verb, id)
        for town in opened
        for noun, id in things(town).items()
        for verb in HANDLERS[noun]
        if KINDS[noun].lifecycle.verbs[verb].sources and (noun, verb) not in NOT_OVER_HTTP
    ]


def draw(opened: list[Town], random: Random) -> list[Drawn]:
    """As many cells as are asked for, some permitted and more refused; everyone for everything."""
    told, drawn = commands(opened), list[Drawn]()
    nouns = sorted({noun for _, noun, *_ in told})
    wanted = Counter({True: LET_IN, False: REFUSED})
    while wanted.total():
        # One noun is as likely as another, however many commands it has.
        noun = random.choice(nouns)
        town, _, verb, id = random.choice([each for each in told if each[1] == noun])
        held = town.holder(random.choice(sorted(OFFERED)), random.choice(REACHES))
        cell = Drawn(town, noun, verb, id, held)
        if wanted[cell.may()] > 0:
            wanted[cell.may()] -= 1
            drawn.append(cell)
    return drawn


def check(cell: Drawn, answer: Response) -> None:
    """HTTP says what the tables say, and names the roles that may."""
    said = f"{cell.held} {cell.who.row} {answer.status_code} {answer.text[:300]}"
    if cell.may():
        assert answer.status_code not in (401, 403), said
        return
    assert answer.status_code == 403, said
    problem = problem_of(answer, 403)
    row = "W2" if cell.verb == "approve" and cell.noun == "approval" else cell.who.row
    assert [error["rule"] for error in problem["errors"]] == [f"{row}.who"], said
    named = set(problem["detail"].rpartition(": ")[2].rstrip(".").split(", "))
    in_words = {ENGLISH.word("role", role) for role in cell.roles}
    assert named == in_words, said


def test_the_answer_over_http_is_what_the_tables_say(
    opened: list[Town], examples: dict[str, Any]
) -> None:
    told = set()
    for cell in draw(opened, Random(SEED)):
        path, name = address(cell.noun, cell.verb), cell.town.name(cell.held)
        body = examples[path]
        answer = cell.town.surface.post(path.format(id=cell.id), name, body, headers=IN_ENGLISH)
        check(cell, answer)
        told.add((cell.noun, cell.verb))
    assert len(told) >= 120
    assert {noun for noun, _ in told} == {noun for _, noun, *_ in commands(opened)}


def test_whoever_brings_no_token_tells_nothing(
    opened: list[Town], examples: dict[str, Any]
) -> None:
    for town, noun, verb, id in commands(opened[:1]):
        path = address(noun, verb)
        problem_of(town.surface.post(path.format(id=id), "", examples[path]), 401)


def creations(examples: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Every command that makes something new, with its address.

    A document is left out: it asks for a file of one's own before anything else.
    """
    found = []
    for noun in set(HANDLERS) - {"document"}:
        for verb in HANDLERS[noun]:
            paths = (f"/v1/{PLURALS[noun]}/{verb}", f"/v1/{PLURALS[noun]}")
            path = next((one for one in paths if one in examples), "")
            if path and not KINDS[noun].lifecycle.verbs[verb].sources:
                found.append((noun, verb, path))
    return found


def test_a_role_that_may_not_makes_nothing_new(
    opened: list[Town], examples: dict[str, Any]
) -> None:
    town, asked = opened[0], 0
    for noun, verb, path in creations(examples):
        may = WHO[row_of(noun, verb)].first
        for role in sorted(OFFERED - may if may != ANYBODY else ()):
            held = town.holder(role, REACHES[0])
            answer = town.surface.post(path, town.name(held), examples[path])
            assert answer.status_code == 403, (path, held, answer.text)
            asked += 1
    assert asked > 200

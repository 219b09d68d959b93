"""What somebody must not know changes nothing that they see: two worlds, one fact, equal answers.

Each pair of worlds is played from one story, with the same ids and salts, up to the one fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from application.veils import COVERS, Cover, Veil
from tests.api.surface import Surface, problem_of
from tests.api.worlds import (
    answers,
    differences,
    first_proposal,
    lock,
    opened,
    opened_at,
    play,
    play_on,
    review_of,
    submit,
)

Worlds = tuple[Surface, Surface]

REVIEWED = ("panel_chair", "two")

FOUND = ("proposals", "reviews")
"""Nouns at which a planted fault is looked for."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the story, told as it is and with the organisations changed over."""
    folder = tmp_path_factory.mktemp("told")
    for name, is_swapped in (("story", False), ("swapped", True)):
        (folder / name).mkdir()
        play(folder / name, is_swapped=is_swapped)
    return folder


def two(stack: ExitStack, told: Path, names: tuple[str, str], of: tuple[str, str]) -> Worlds:
    """Two worlds of which each goes on from another one."""
    one, other = (
        stack.enter_context(opened(told / name, of=told / was))
        for name, was in zip(names, of, strict=True)
    )
    return one, other


@pytest.fixture(scope="module")
def scored_apart(told: Path) -> Iterator[Worlds]:
    """The first reviewer has given 90 points in one world, and 60 in the other."""
    with ExitStack() as stack:
        worlds = two(stack, told, ("high", "low"), ("story", "story"))
        for world, points in zip(worlds, (90, 60), strict=True):
            submit(world.district, "one", points)
        yield worlds


@pytest.fixture(scope="module")
def ranked_apart(told: Path) -> Iterator[Worlds]:
    """And there the reviews are locked, and the proposal has its score; one more is to be read."""
    with ExitStack() as stack:
        worlds = two(stack, told, ("better", "worse"), ("story", "story"))
        for world, points in zip(worlds, (90, 60), strict=True):
            for name, given in (("one", points), ("two", 70), ("three", 80)):
                submit(world.district, name, given)
            lock(world.district)
        yield worlds


@pytest.fixture(scope="module")
def swapped(told: Path) -> Iterator[Worlds]:
    """Each proposal is one organisation's in one world, and the other's in the other."""
    with ExitStack() as stack:
        yield two(stack, told, ("ours", "theirs"), ("story", "swapped"))


@pytest.mark.parametrize(
    ("name", "most"), [("two", 40), ("applicant", 0), ("panel_chair", 20), ("auditor", 0)]
)
def test_a_score_that_is_not_locked_changes_nothing_for_anybody_else(
    scored_apart: Worlds, name: str, most: int
) -> None:
    assert differences(scored_apart, name, most_pages=most) == []


def test_it_is_there_for_the_reviewer_who_gave_it(scored_apart: Worlds) -> None:
    review = review_of(scored_apart[0].district, "one", first_proposal(scored_apart[0].district))
    found = differences(scored_apart, "one", among=FOUND)
    assert found == ["/v1/reviews", f"/v1/reviews/{review}", f"/v1/reviews/{review}/timeline"] + [
        address for address in found if "?" in address and address.startswith("/v1/reviews?")
    ]


@pytest.mark.parametrize(
    ("name", "most"), [("", 20), ("two", 30), ("three", 0), ("applicant", 30), ("theirs", 0)]
)
def test_a_score_in_the_ranking_changes_nothing_for_whoever_still_scores_or_has_applied(
    ranked_apart: Worlds, name: str, most: int
) -> None:
    assert differences(ranked_apart, name, most_pages=most) == []


def test_a_score_in_the_ranking_is_there_for_the_chair(ranked_apart: Worlds) -> None:
    id = first_proposal(ranked_apart[0].district)
    assert f"/v1/proposals/{id}" in differences(ranked_apart, "panel_chair", among=FOUND)


@pytest.mark.parametrize("name", ["three", "panel_chair"])
def test_whoever_stood_back_from_a_proposal_sees_no_score_of_it_whatever_their_office(
    ranked_apart: Worlds, told: Path, name: str
) -> None:
    """The read models are set to what they show of a review from which its reviewer stood back."""
    names = (f"better {name}", f"worse {name}")
    with ExitStack() as stack:
        worlds = two(stack, told, names, ("better", "worse"))
        for world in worlds:
            stands_back(world, name)
            seen = world.get(f"/v1/proposals/{first_proposal(world.district)}", name)
            assert seen.status_code == (404 if name == "three" else 200)
        assert differences(worlds, name, among=("proposals", "reviews", "rounds")) == []


def stands_back(world: Surface, name: str) -> None:
    """Makes a review of the first proposal one from which somebody stood back."""
    id = review_of(world.district, "three", first_proposal(world.district))
    with world.district.system.database.writing() as connection:
        change = "UPDATE reviews SET stage = 'recused', member = :member WHERE id = :id"
        connection.execute(sa.text(change), {"member": f"person:{name}", "id": id})


@pytest.mark.parametrize(("name", "most"), [("two", 40), ("three", 0), ("", 0)])
def test_whose_a_proposal_is_changes_nothing_for_a_reviewer_of_a_blind_round(
    swapped: Worlds, name: str, most: int
) -> None:
    assert differences(swapped, name, most_pages=most) == []


def test_and_yet_a_reviewer_reads_the_proposal_and_the_secretary_knows_whose_it_is(
    swapped: Worlds,
) -> None:
    seen = [
        json.loads(world.get(f"/v1/proposals/{first_proposal(world.district)}", "two").content)
        for world in swapped
    ]
    assert [(one["title"], one["content"]["summary"]) for one in seen] == [
        ("为老服务", "为老人办的活动"),
    ] * 2
    assert {"organisation", "drafter", "partners", "place"}.isdisjoint(seen[0])
    id = first_proposal(swapped[0].district)
    found = differences(swapped, "round_secretary", among=("proposals",))
    assert f"/v1/proposals/{id}" in found


def test_before_the_declaration_a_reviewer_sees_names_and_nothing_of_the_proposal(
    swapped: Worlds,
) -> None:
    """The names are those of the whole round, in the order of names."""
    world = swapped[0]
    second = world.district.all("proposals")[1]
    review = review_of(world.district, "three", second)
    for path in ("", "/timeline", "/actions"):
        problem_of(world.get(f"/v1/proposals/{second}{path}", "three"), 404)
    answer = world.get(f"/v1/reviews/{review}/parties", "three").json()
    assert answer == {"names": ["同创社工", "春芽社工"], "is_of_round": True}
    problem_of(world.get(f"/v1/reviews/{review}/parties", "two"), 404)
    problem_of(world.get(f"/v1/reviews/{review}/parties", "applicant"), 404)


@pytest.mark.parametrize(
    ("planted", "pair", "name"),
    [
        (("reviews", Veil.SCORES), "scored_apart", "panel_chair"),
        (("proposals", Veil.SCORES), "ranked_apart", "applicant"),
        (("proposals", Veil.NAMES), "swapped", "two"),
    ],
)
def test_a_veil_that_is_forgotten_is_noticed(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    planted: tuple[str, Veil],
    pair: str,
    name: str,
) -> None:
    monkeypatch.setitem(COVERS, planted, Cover((), ()))
    worlds: Worlds = request.getfixturevalue(pair)
    assert differences(worlds, name, among=("proposals", "reviews"))


def test_one_average_that_is_shown_is_noticed(
    ranked_apart: Worlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ("proposals", Veil.SCORES)
    fields, events, _ = COVERS[key]
    without = tuple(name for name in fields if name != "score_milli")
    monkeypatch.setitem(COVERS, key, Cover(without, events))
    found = differences(ranked_apart, "two", among=("proposals",))
    id = first_proposal(ranked_apart[0].district)
    assert found[:2] == ["/v1/proposals", f"/v1/proposals/{id}"]


def test_a_hidden_amount_is_not_found_by_guessing(ranked_apart: Worlds) -> None:
    """A list that is narrowed by what is hidden is empty, whatever is guessed."""
    surface = ranked_apart[0]
    asked = ["/v1/proposals?waits_at=0", "/v1/proposals?amount_minor=0"]
    found = answers(surface, "two", asked)
    assert [json.loads(found[address][2])["data"] for address in asked] == [[], []]


def test_the_veils_lie_on_postgresql_too(postgresql_url: str) -> None:
    play_on(postgresql_url)
    with opened_at(postgresql_url) as world:
        for name, points in (("one", 90), ("two", 70), ("three", 80)):
            submit(world.district, name, points)
        lock(world.district)
        id = first_proposal(world.district)
        chair, reader = (world.get(f"/v1/proposals/{id}", who).json() for who in REVIEWED)
        assert (chair["score_milli"], chair["organisation"] != "") == (80_000, True)
        assert {"score_milli", "rank", "organisation", "drafter"}.isdisjoint(reader)
        assert reader["title"] == "为老服务"
        assert world.get("/v1/proposals?waits_at=0", "two").json()["data"] == []
        for path in ("/v1/documents", "/v1/approvals", f"/v1/proposals/{id}/timeline"):
            assert world.get(path, "two").status_code == 200
        sheet = review_of(world.district, "two", world.district.all("proposals")[1])
        address = f"/v1/reviews/{sheet}/draft"
        assert world.send("PUT", address, "two", json={"comment": "草"}).status_code == 200
        assert world.get(address, "two").json()["typed"] == {"comment": "草"}
        assert world.get(f"/v1/reviews/{sheet}/parties", "two").json()["is_of_round"]

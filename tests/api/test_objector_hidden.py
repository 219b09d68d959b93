"""Who objects under protection: two worlds that differ only in that person look the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from application.kinds import NOUNS
from application.principals import Held
from tests.api.surface import Surface
from tests.district import DISTRICT, District
from tests.played import with_notice_published

NEIGHBOURS = ("neighbour one", "neighbour two")

PLACES = (
    *("district_officer", "leader", "round_secretary", "reviewer", "panel_chair", "fund_manager"),
    *("finance_approver", "cashier", "reconciler", "evaluator", "administrator", "observer"),
)
"""Roles that are neither oversight nor audit."""

OFFICES = "offices"
"""One person who holds all that one may hold together, and signs in: sees what each sees."""

FORM_TOKEN = re.compile(rb'name="_(token|key)" value="[^"]*"')


@contextmanager
def a_world(file: Path, objector: str, *, is_protected: bool) -> Iterator[Surface]:
    """A district in which one of two neighbours has objected and handed in a paper to it."""
    district = District(f"sqlite:///{file}")
    try:
        path = with_notice_published(district)
        surface = Surface(district)
        for neighbour in NEIGHBOURS:
            surface.lends(neighbour, Held("resident", DISTRICT))
        answer = surface.post(
            "/v1/objections", objector,
            {"proposal": path.proposal, "statement": "重复", "is_protected": is_protected},
        )  # fmt: skip
        assert answer.status_code == 201, answer.text
        objection = answer.json()["id"]
        paper = {"file": ("a.txt", b"paper", "text/plain")}
        subject = {"subject": f"objection:{objection}"}
        stored = surface.post("/v1/documents", objector, None, files=paper, data=subject)
        assert stored.status_code == 201, stored.text
        for verb in ("accept", "investigate"):
            path.tell("oversight_officer", "objections", verb, objection)
        for role in PLACES:
            surface.lends(role, Held(role, DISTRICT))
            if role != "administrator":
                district.system.admit(f"person:{OFFICES}", OFFICES, Held(role, DISTRICT))
        surface.lends("handler", Held("applicant", organisation=path.organisation))
        surface.lends("oversight_officer", Held("oversight_officer", DISTRICT))
        surface.lends("auditor", Held("auditor", DISTRICT))
        yield surface
    finally:
        district.close()


def addresses(surface: Surface) -> list[str]:
    """Every question of the interface, about everything that there is."""
    described = surface.app.openapi()["paths"].items()
    paths = [path for path, verbs in described if "get" in verbs and path.startswith("/v1/")]
    found = []
    for path in paths:
        plural = path.split("/")[2]
        ids = surface.district.all(plural) if plural in NOUNS else ["?"]
        found += [path.replace("{id}", id) for id in ids] if "{id}" in path else [path]
    return found


def seen(surface: Surface, name: str) -> dict[str, tuple[int, bytes]]:
    """What somebody is answered at every address."""
    asked = addresses(surface) + [f"/v1/objections?objector=person:{who}" for who in NEIGHBOURS]
    asked += [f"/v1/documents?owner=person:{who}" for who in NEIGHBOURS]
    if name == OFFICES:
        identity = surface.district.system.identity
        surface.client.cookies.set("fundtrail_session", identity.sign_in(f"person:{OFFICES}"))
        name = ""
    answers = {address: surface.get(address, name) for address in asked}
    surface.client.cookies.clear()
    return {
        address: (answer.status_code, without_trace(answer.content))
        for address, answer in answers.items()
    }


def without_trace(content: bytes) -> bytes:
    """The answer without the id by which a refusal is looked up."""
    return re.sub(rb'"trace_id":\s*"[^"]*"', b"", content)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Surface, Surface]]:
    folder = tmp_path_factory.mktemp("worlds")
    with ExitStack() as stack:
        one, two = (
            stack.enter_context(a_world(folder / f"{who}.db", who, is_protected=True))
            for who in NEIGHBOURS
        )
        yield one, two


@pytest.mark.parametrize("name", ["", "handler", "administrator", OFFICES])
def test_nobody_can_tell_from_any_answer_who_objected(
    worlds: tuple[Surface, Surface], name: str
) -> None:
    one, two = (seen(world, name) for world in worlds)
    assert len(one) > 60
    assert [address for address in one if one[address] != two[address]] == []
    said = b"".join(content for _, content in one.values())
    if name in ("administrator", OFFICES):
        assert '"statement":"重复"'.encode() in said


@pytest.mark.parametrize("name", ["oversight_officer", "auditor"])
def test_oversight_and_audit_can(worlds: tuple[Surface, Surface], name: str) -> None:
    surface = worlds[0]
    id = surface.district.only("objections")
    for address in (f"/v1/objections/{id}", f"/v1/objections/{id}/timeline"):
        assert f"person:{NEIGHBOURS[0]}" in surface.get(address, name).text


def test_whoever_objects_sees_their_own_objection_and_no_other_does(
    worlds: tuple[Surface, Surface],
) -> None:
    surface = worlds[0]
    mine, other = (json.loads(surface.get("/v1/objections", who).content) for who in NEIGHBOURS)
    assert len(mine["data"]) == 1
    assert other["data"] == []


def test_whoever_objects_by_name_is_known_to_the_officers(tmp_path: Path) -> None:
    with a_world(tmp_path / "named.db", NEIGHBOURS[0], is_protected=False) as surface:
        text = surface.get("/v1/objections", "district_officer").text
        assert f"person:{NEIGHBOURS[0]}" in text


@pytest.mark.parametrize("page", ["", "/{id}", "?objector=person:neighbour one"])
def test_no_page_shows_who_objected(worlds: tuple[Surface, Surface], page: str) -> None:
    shown = []
    for world in worlds:
        id = world.district.only("objections")
        secret = world.district.system.identity.sign_in("person:district_officer")
        world.client.cookies.set("fundtrail_session", secret)
        answer = world.client.get(f"/objections{page.format(id=id)}")
        world.client.cookies.clear()
        assert answer.status_code == 200
        assert "异议" in answer.text
        shown.append(FORM_TOKEN.sub(b"", answer.content))
    assert shown[0] == shown[1]

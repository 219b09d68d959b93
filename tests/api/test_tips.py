"""Who gave a tip is read by oversight officers alone, wherever anybody looks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from api.identity import COOKIE
from api.v1.findings import EXAMPLES
from application.kinds import KINDS
from application.principals import Held
from domain.roles import OF_ORGANISATION, ROLES
from tests.api.surface import Surface, a_surface, problem_of
from tests.district import DISTRICT, uscc
from tests.played import Path, with_submitted_proposal

SECRETS = ("informant", "只有知情人才知道的事")
"""The person who gave the tip, and the words by which that person could be recognised."""

CURIOUS = (*(role for role in ROLES if role not in ("clock", "oversight_officer")), "tipped")


@dataclass
class Tipped:
    """A place with a tip about a proposal: `waiting` was given, `adopted` was taken up."""

    surface: Surface
    path: Path
    waiting: str
    adopted: str

    def page(self, name: str, address: str) -> Any:
        """A page as somebody who has signed in sees it."""
        secret = self.surface.district.system.identity.sign_in(f"person:{name}")
        self.surface.client.cookies.set(COOKIE, secret)
        try:
            return self.surface.client.get(address)
        finally:
            self.surface.client.cookies.clear()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tipped]:
    file = tmp_path_factory.mktemp("tips") / "fundtrail.db"
    with a_surface(f"sqlite:///{file}") as surface:
        path = with_submitted_proposal(surface.district)
        for role in ROLES:
            if role not in surface.district.people and role != "clock":
                surface.district.person(role, held(role, path.organisation))
        surface.district.person("tipped", Held("round_secretary", DISTRICT))
        surface.district.person("overseer elsewhere", Held("oversight_officer", "220103"))
        surface.district.person("informant", held("applicant", other(path)))
        yield Tipped(surface, path, *(give(surface, path) for _ in range(2)))


def held(role: str, organisation: str) -> Held:
    """The role for the district, or for the organisation if it is one of those."""
    if role in OF_ORGANISATION:
        return Held(role, organisation=organisation)
    return Held(role, DISTRICT)


def other(path: Path) -> str:
    """An organisation that has nothing to do with the matter."""
    return path.tell(
        "district_officer", "organisations", "import", name="别处的服务中心", uscc=uscc(77),
        place=DISTRICT, leader="person:elsewhere", account="account:elsewhere",
    )  # fmt: skip


def give(surface: Surface, path: Path) -> str:
    said = {"subject": f"proposal:{path.proposal}", "tip": "只有知情人才知道的事"}
    answer = surface.post("/v1/findings/tip", "informant", said)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.fixture(scope="module")
def adopted(town: Tipped) -> Tipped:
    said = {"severity": "grave", "owner": "person:tipped", "statement": "受理时未回避"}
    answer = town.surface.post(f"/v1/findings/{town.adopted}/adopt-tip", "oversight_officer", said)
    assert answer.status_code == 200, answer.text
    return town


@pytest.mark.parametrize("name", [*CURIOUS, "informant", "overseer elsewhere", ""])
def test_a_tip_is_not_there_for_anybody_but_oversight(town: Tipped, name: str) -> None:
    listed = town.surface.get("/v1/findings?limit=100", name).json()["data"]
    assert town.waiting not in {row["id"] for row in listed}
    for question in ("", "/timeline"):
        problem_of(town.surface.get(f"/v1/findings/{town.waiting}{question}", name), 404)
    if name:
        problem_of(town.surface.get(f"/v1/findings/{town.waiting}/actions", name), 404)
        assert town.page(name, f"/findings/{town.waiting}").status_code == 404
        assert "tipped" not in town.surface.get("/v1/stages", name).json()["stages"]["findings"]


@pytest.mark.parametrize("name", [*CURIOUS, "overseer elsewhere"])
def test_no_command_tells_a_tip_from_a_finding_that_is_not_there(town: Tipped, name: str) -> None:
    """Whatever is told to it, the answer is that for an id that nobody has given."""
    nowhere = town.waiting[:-4] + "0000"
    assert nowhere not in town.surface.district.all("findings")

    def answer(id: str, verb: str, body: dict[str, Any]) -> tuple[int, str]:
        said = town.surface.post(f"/v1/findings/{id}/{verb}", name, body)
        # Only the id itself and the number of the request differ.
        text = said.text.replace(id, "ID")
        return said.status_code, text.replace(said.json()["trace_id"], "TRACE")

    for verb, body in EXAMPLES.items():
        if KINDS["finding"].lifecycle.verbs[verb].sources:
            told = answer(town.waiting, verb, body)
            assert told == answer(nowhere, verb, body), verb
            assert told[0] == 404, verb


def test_an_oversight_officer_of_the_place_is_told_what_speaks_against_a_command(
    town: Tipped,
) -> None:
    said = town.surface.post(f"/v1/findings/{town.waiting}/verify", "oversight_officer", {})
    assert [error["rule"] for error in problem_of(said, 409)["errors"]] == ["D6.stage"]


def test_an_oversight_officer_of_the_place_reads_the_tip_and_who_gave_it(town: Tipped) -> None:
    one = town.surface.get(f"/v1/findings/{town.waiting}", "oversight_officer").json()
    (event,) = town.surface.get(
        f"/v1/findings/{town.waiting}/timeline", "oversight_officer"
    ).json()["events"]
    assert one["tip"] == "只有知情人才知道的事"
    assert (event["actor"]["id"], event["actor"]["role"]) == ("person:informant", "resident")
    assert "informant" in town.page("oversight_officer", f"/findings/{town.waiting}").text


@pytest.mark.parametrize("name", CURIOUS)
def test_the_source_stays_hidden_when_the_tip_has_become_a_finding(
    adopted: Tipped, name: str
) -> None:
    for path in ("", f"/{adopted.adopted}", f"/{adopted.adopted}/timeline"):
        text = adopted.surface.get(f"/v1/findings{path}", name).text
        assert not [secret for secret in SECRETS if secret in text]
    for address in ("/findings", f"/findings/{adopted.adopted}", f"/?person={name}"):
        text = adopted.page(name, address).text
        assert not [secret for secret in SECRETS if secret in text]


def test_the_person_tipped_about_sees_the_finding_and_not_its_source(adopted: Tipped) -> None:
    one = adopted.surface.get(f"/v1/findings/{adopted.adopted}", "tipped").json()
    events = adopted.surface.get(f"/v1/findings/{adopted.adopted}/timeline", "tipped").json()
    assert one["statement"] == "受理时未回避"
    assert "tip" not in one
    assert [event["type"] for event in events["events"]] == [
        "finding.tipped", "finding.tip_adopted",
    ]  # fmt: skip
    assert events["events"][0]["actor"] == {"id": "", "role": "resident", "place": {}}
    assert events["events"][1]["actor"]["id"] == "person:oversight_officer"


def admits(line: dict[str, Any]) -> bool:
    """Whether the line of the feed lets somebody in or gives them a role."""
    return str(line.get("record", line).get("stream", "")).startswith("person:")


@pytest.mark.parametrize("name", ["auditor", "administrator"])
def test_the_feed_withholds_the_tip_and_gives_the_hash_of_its_leaf(town: Tipped, name: str) -> None:
    feed = town.surface.get("/v1/events?after=0", name).text.splitlines()
    lines = [json.loads(line) for line in feed]
    # That there is such a person is no secret; what the person said is.
    said = [text for text, line in zip(feed, lines, strict=True) if not admits(line)]
    assert len(said) < len(feed)
    assert not [secret for secret in SECRETS if secret in "".join(said)]
    withheld = [line for line in lines if "withheld" in line]
    stored = dict(town.surface.district.system.questions.behind(0, 10_000))
    assert [line["withheld"] for line in withheld] == ["finding.tipped"] * 2
    for line in withheld:
        leaf = hashlib.sha256(b"\0" + stored[line["position"]]).hexdigest()
        assert line["leaf"] == leaf
    assert [line["position"] for line in lines] == sorted(stored)


@pytest.mark.parametrize("asked", ["tip=x", "tipper=person:informant", "actor=person:informant"])
def test_the_source_cannot_be_guessed_by_a_filter(town: Tipped, asked: str) -> None:
    problem_of(town.surface.get(f"/v1/findings?{asked}", "auditor"), 422)


def test_a_file_is_not_taken_for_a_tip_since_it_would_name_who_stored_it(town: Tipped) -> None:
    files = {"file": ("a.txt", "证据".encode(), "text/plain")}
    answer = town.surface.send(
        "POST", "/v1/documents", "informant", data={"subject": f"finding:{town.waiting}"},
        files=files,
    )  # fmt: skip
    assert [error["rule"] for error in problem_of(answer, 409)["errors"]] == ["Y5.sealed"]


def test_a_tip_needs_somebody_who_has_signed_in(town: Tipped) -> None:
    said = {"subject": f"proposal:{town.path.proposal}", "tip": "匿名"}
    problem_of(town.surface.post("/v1/findings/tip", "", said), 401)

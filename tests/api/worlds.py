"""Two worlds that differ in one hidden fact: the same story, told twice, and all that one sees."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

from application.kinds import NOUNS
from application.principals import Held
from tests.api.surface import Surface
from tests.district import DISTRICT, RULES, District, uscc
from tests.drawn import draw_panel
from tests.played import CONTENT, REGISTERED, with_open_round
from tests.played import Path as Story

BLIND: dict[str, Any] = {**RULES, "double_blind": True}
REVIEWERS = ("one", "two", "three")

NEW_EACH_TIME = re.compile(
    rb'"trace_id":\s*"[^"]*"|"leaf":"[0-9a-f]{64}"|name="_(token|key)" value="[^"]*"'
)
"""Ids of requests and forms, and hashes with a salt inside that nobody outside knows."""

HEADERS = frozenset({"x-trace-id", "date", "content-length"})
"""Headers that say nothing of what is there, or say again how long the content is."""

LINK = re.compile(rb'href="(/[^"#]*)')
OWN = ("/static", "/sign", "/sessions", "/tokens", "/password", "/docs", "/me", "/metrics")
"""Addresses of what is the visitor's alone and has ids by chance, or is the same for all."""


def play(folder: Path, *, is_swapped: bool = False, **rules: Any) -> None:
    """A double-blind round under review: two proposals, three reviewers, one of them invited only.

    Where it `is_swapped`, each of the two organisations hands in what is the other's elsewhere.
    """
    play_on(f"sqlite:///{folder / 'world.db'}", is_swapped=is_swapped, **rules)


def play_on(url: str, *, is_swapped: bool = False, **rules: Any) -> None:
    """The same in an empty database."""
    district = District(url)
    try:
        story = with_open_round(district, rules={**BLIND, **rules})
        other = story.tell(
            "district_officer", "organisations", "import", name="春芽社工", uscc=uscc(2),
            place="220102006", leader="person:their_legal", account="account:2", **REGISTERED,
        )  # fmt: skip
        district.person("theirs", Held("applicant", organisation=other))
        district.person("their_legal", Held("legal_representative", organisation=other))
        hands = [("applicant", "legal", story.organisation), ("theirs", "their_legal", other)]
        ours, theirs = hands[::-1] if is_swapped else hands
        hand_in(story, "为老服务", *ours)
        hand_in(story, "助残服务", *theirs)
        begin_review(story)
    finally:
        district.close()


def hand_in(story: Story, title: str, applicant: str, legal: str, organisation: str) -> None:
    """A proposal from the draft to the budget check."""
    proposal = story.tell(
        applicant, "proposals", "draft", round=story.round, organisation=organisation, title=title
    )
    story.tell(applicant, "proposals", "edit", proposal, **CONTENT)
    story.pair(applicant, legal, "proposals", "submit", proposal)
    story.tell("round_secretary", "proposals", "take-intake", proposal)
    story.tell("finance_approver", "proposals", "pass-budget-check", proposal)


def begin_review(story: Story) -> None:
    """Three reviewers are drawn; the third has not yet answered for the second proposal."""
    district = story.district
    for name in REVIEWERS:
        district.person(name, Held("reviewer", DISTRICT))
    district.person("resident", Held("resident", DISTRICT))
    district.wait(days=11)
    draw(story, REVIEWERS)
    proposals = district.all("proposals", stage="budget_checked")
    for proposal in proposals:
        story.tell("round_secretary", "proposals", "admit", proposal)
    story.tell("round_secretary", "rounds", "start-review", story.round)
    due = district.today + timedelta(days=3)
    for name in REVIEWERS:
        for review in district.all("reviews", member=f"person:{name}"):
            story.tell("round_secretary", "reviews", "invite", review, due=due)
        for proposal in proposals[: 1 if name == "three" else 2]:
            review = review_of(district, name, proposal)
            story.tell(name, "reviews", "accept", review, declaration="无利害关系")
            story.tell(name, "reviews", "start-scoring", review)


def draw(story: Story, names: tuple[str, ...]) -> None:
    """A panel of all these people."""
    people = [f"person:{name}" for name in names]
    draw_panel(story.district, story.round, *people, size=len(names))


def review_of(district: District, name: str, proposal: str) -> str:
    """The review that somebody has of a proposal."""
    return district.only("reviews", member=f"person:{name}", proposal=proposal)


def first_proposal(district: District) -> str:
    """The proposal whose scores are the secret."""
    return district.all("proposals")[0]


def submit(district: District, name: str, points: int) -> None:
    """Somebody hands in their score of the first proposal."""
    review = review_of(district, name, first_proposal(district))
    scores = [{"criterion": code, "points": points} for code in ("need", "plan")]
    comment = f"意见{points}"
    district.tell(name, "reviews", "submit-score", review, scores=scores, comment=comment)


def lock(district: District) -> None:
    """The reviews of the first proposal are locked, and its score worked out."""
    for review in district.all("reviews", proposal=first_proposal(district)):
        district.tell("panel_chair", "reviews", "lock", review)
    district.wait(hours=1)


@contextmanager
def opened(folder: Path, *, of: Path | None = None) -> Iterator[Surface]:
    """The world of a folder, begun as a copy of another one where that is given."""
    if of is not None:
        shutil.copytree(of, folder)
    with opened_at(f"sqlite:///{folder / 'world.db'}") as surface:
        yield surface


@contextmanager
def opened_at(url: str) -> Iterator[Surface]:
    """The world of a database, in which nobody has a token yet."""
    district = District(url)
    known = district.system.identity.principals().items()
    with district.system.database.writing() as connection:
        # Tokens of the world that this one goes on from are lent anew.
        connection.exec_driver_sql("DELETE FROM tokens")
    district.people = {id.removeprefix("person:"): who for id, who in known}
    try:
        yield Surface(district)
    finally:
        district.close()


def addresses(surface: Surface, among: tuple[str, ...] = ()) -> list[str]:
    """Every question of the interface, about everything that there is, and about every part."""
    district, found = surface.district, []
    ids = {plural: few(district.all(plural)) for plural in NOUNS}
    for path, verbs in surface.app.openapi()["paths"].items():
        plural = path.split("/")[2] if path.startswith("/v1/") else ""
        if "get" not in verbs or not plural or (among and plural not in among):
            continue
        here = [path.replace("{id}", id) for id in ids.get(plural, ["1"])]
        found += here if "{id}" in path else [path]
    round = district.only("rounds")
    found += [f"/v1/proposals?organisation={id}" for id in district.all("organisations")]
    found += [f"/v1/proposals?{part}" for part in ("amount_minor=0", "waits_at=0", "q=服务")]
    found += [f"/v1/reviews?round={round}", "/v1/proposals?limit=1", "/v1/reviews?total_milli=1"]
    return found


def few(ids: list[str]) -> list[str]:
    """The first and the last of many that are alike."""
    return ids if len(ids) <= 8 else [*ids[:2], *ids[-2:]]


def pages(surface: Surface, name: str, most: int) -> dict[str, tuple[int, bytes]]:
    """Every page that somebody finds by following links, and what it says."""
    client = surface.client
    client.cookies.clear()
    if name:
        identity = surface.district.system.identity
        client.cookies.set("fundtrail_session", identity.sign_in(f"person:{name}"))
    found: dict[str, tuple[int, bytes]] = {}
    waiting = ["/"]
    while waiting and len(found) < most:
        address = waiting.pop(0)
        if address in found:
            continue
        answer = client.get(address)
        found[address] = (answer.status_code, NEW_EACH_TIME.sub(b"", answer.content))
        links = sorted({unescape(link.decode()) for link in LINK.findall(answer.content)})
        waiting += [a for a in links if not a.startswith(OWN) and "lang=" not in a]
    client.cookies.clear()
    return found


def answers(surface: Surface, name: str, asked: list[str]) -> dict[str, Any]:
    """What somebody is answered at these addresses, with what stands at the head of it."""
    found: dict[str, Any] = {}
    for address in asked:
        answer = surface.get(address, name)
        head = sorted((k, v) for k, v in answer.headers.items() if k not in HEADERS)
        found[address] = (answer.status_code, head, NEW_EACH_TIME.sub(b"", answer.content))
    return found


def differences(
    worlds: tuple[Surface, Surface], name: str, *, most_pages: int = 0, among: tuple[str, ...] = ()
) -> list[str]:
    """The addresses at which somebody could tell the two worlds from each other."""
    asked = addresses(worlds[0], among)
    one, two = (answers(world, name, asked) for world in worlds)
    if most_pages:
        one |= pages(worlds[0], name, most_pages)
        two |= pages(worlds[1], name, most_pages)
    assert any(answer[0] == 200 for answer in one.values())
    return [address for address in {**one, **two} if one.get(address) != two.get(address)]

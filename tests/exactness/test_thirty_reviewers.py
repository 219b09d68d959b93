"""Thirty reviewers hand in their scores in the same moment: none is lost, and none is an error."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier

from application.principals import Held
from infrastructure.verify import verify
from tests.api.worlds import draw
from tests.chaos.processes import Serving
from tests.district import DISTRICT, District
from tests.played import with_checked_proposal

NAMES = tuple(f"r{number:02d}" for number in range(1, 31))


def ready(district: District) -> dict[str, tuple[str, str]]:
    """Thirty reviewers at their open score sheets: each one's token and review."""
    story = with_checked_proposal(district)
    now, found = district.system.clock.now, {}
    for name in NAMES:
        district.person(name, Held("reviewer", DISTRICT))
    district.wait(days=11)
    draw(story, NAMES)
    story.tell("round_secretary", "proposals", "admit", story.proposal)
    story.tell("round_secretary", "rounds", "start-review", story.round)
    due = district.today + timedelta(days=3)
    for name in NAMES:
        held, review = (
            district.people[name].held[0],
            district.only("reviews", member=f"person:{name}"),
        )
        story.tell("round_secretary", "reviews", "invite", review, due=due)
        story.tell(name, "reviews", "accept", review, declaration="无利害关系")
        story.tell(name, "reviews", "start-scoring", review)
        secret = district.system.identity.create_token(name, f"person:{name}", held, now())
        found[name] = (secret, review)
    return found


def hand_in(port: int, together: Barrier, at: int, secret: str, review: str) -> tuple[int, int]:
    """Hands in one's own points when everybody is ready; the status and the position of it."""
    scores = [{"criterion": code, "points": 60 + at} for code in ("need", "plan")]
    heads = {
        "Authorization": f"Bearer {secret}",
        "Content-Type": "application/json",
        "Idempotency-Key": NAMES[at],
    }
    body = json.dumps({"scores": scores, "comment": f"{NAMES[at]}：可行"})
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.connect()
        together.wait()
        connection.request("POST", f"/v1/reviews/{review}/submit-score", body, heads)
        answer = connection.getresponse()
        answer.read()
        return answer.status, int(answer.getheader("Event-Position", "0"))


def test_thirty_reviewers_score_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'thirty.db'}"
    district = District(url)
    try:
        sheets = ready(district)
    finally:
        district.close()
    serving, together = Serving(url, tmp_path), Barrier(len(NAMES))
    serving.start()
    try:
        serving.wait()
        with ThreadPoolExecutor(len(NAMES)) as pool:
            told = [
                pool.submit(hand_in, serving.port, together, at, *sheets[name])
                for at, name in enumerate(NAMES)
            ]
            answers = [one.result() for one in told]
    finally:
        serving.end()
    assert [status for status, _ in answers] == [200] * 30
    assert len({position for _, position in answers}) == 30
    again = District(url)
    try:
        with again.system.store.shelf() as shelf:
            kept = shelf.fetch(f"review:{review}" for _, review in sheets.values())
        totals = [getattr(kept[f"review:{sheets[name][1]}"], "total_milli", None) for name in NAMES]
        assert totals == [1_000 * (60 + number) for number in range(30)]
        assert verify(again.system.store).ok
    finally:
        again.close()

"""A panel is drawn before a witness; who declines or does not answer makes way for the next."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path as Folder
from typing import Any

import pytest

from application.principals import Held
from domain.reviews.panel import Panel
from tests.application.refusing import refused, rules
from tests.commandline import CommandLine
from tests.district import DISTRICT, RULES, District, uscc
from tests.drawn import FAR, listed
from tests.played import Path, with_checked_proposal

AGAIN = Folder(__file__).parents[2] / "docs" / "draw_again.py"
FREE = tuple(f"person:expert_{number}" for number in range(1, 6))
TIED = ("employed", "related", "former")
"""People whom a tie to the applicant keeps from the whole round."""

OTHERS = ("neighbour", "elsewhere", "long_gone")
"""People who can be drawn; the neighbour lives in the applicant's subdistrict, which keeps her
from this one proposal."""


def ties(ours: str, elsewhere: str, today: date) -> dict[str, dict[str, Any]]:
    """What the list says of people; two years and a day ago is long enough."""
    return {
        "employed": {"employer": ours},
        "related": {"relations": [elsewhere, ours]},
        "former": {"left": [{"organisation": ours, "day": today - timedelta(days=729)}]},
        "long_gone": {"left": [{"organisation": ours, "day": today - timedelta(days=731)}]},
        "elsewhere": {"employer": elsewhere},
        "neighbour": {"place": "220102006"},
    }


class Drawn:
    """A round of two reviewers whose panel is drawn from a list with ties."""

    def __init__(self, url: str, size: int = 2) -> None:
        self.url = url
        self.size = size
        self.district = District(url)
        two = {**RULES, "reviewers_min": 2}
        self.path: Path = with_checked_proposal(self.district, rules=two)
        self.said = self.drawn()

    def drawn(self) -> dict[str, Any]:
        """The list is kept, the panel drawn, the proposal admitted; what the draw said."""
        district, path = self.district, self.path
        other: dict[str, Any] = {
            "name": "别家",
            "uscc": uscc(77),
            "place": FAR,
            "leader": "person:legal",
        }
        elsewhere = district.tell(
            "district_officer", "organisations", "import", **other, account="account:77"
        ).id
        people = [*FREE, *(f"person:{name}" for name in (*TIED, *OTHERS))]
        for person in people:
            district.person(person.removeprefix("person:"))
        district.wait(days=11)
        said: dict[str, Any] = ties(path.organisation, elsewhere, district.today)
        draw: dict[str, Any] = {
            "round": path.round,
            "size": self.size,
            **listed(district, *people, **said),
        }
        district.pair("round_secretary", "oversight_officer", "panels", "draw", **draw)
        path.tell("round_secretary", "proposals", "admit", path.proposal)
        path.tell("round_secretary", "rounds", "start-review", path.round)
        return draw

    @property
    def panel(self) -> Panel:
        """The panel as it stands."""
        stream = f"panel:{self.district.only('panels')}"
        with self.district.system.store.shelf() as shelf:
            found = shelf.fetch([stream])[stream]
        assert isinstance(found, Panel)
        return found

    def review_of(self, person: str) -> str:
        """The one review that somebody was given."""
        return self.district.only("reviews", member=person)

    def invite(self, person: str) -> str:
        """Somebody is invited to answer within three days; their review."""
        review, due = self.review_of(person), self.district.today + timedelta(days=3)
        self.path.tell("round_secretary", "reviews", "invite", review, due=due)
        return review

    def answers(self, person: str, verb: str, review: str, **said: Any) -> None:
        """What a reviewer does in the role of one."""
        role = Held("reviewer", DISTRICT)
        name = person.removeprefix("person:")
        self.district.pretender(name, role)
        self.path.tell(name, "reviews", verb, review, **said)

    def stage(self, review: str) -> str:
        """Where a review stands."""
        with self.district.system.store.shelf() as shelf:
            return shelf.fetch([f"review:{review}"])[f"review:{review}"].stage

    def free(self) -> list[str]:
        """Who may step in for this proposal, in their order, worked out by hand."""
        members, order = self.panel.members, self.panel.draw_order
        return [one for one in order if one not in (*members, "person:neighbour")]


@pytest.fixture
def drawn(sqlite_url: str) -> Iterator[Drawn]:
    made = Drawn(sqlite_url)
    yield made
    made.district.close()


def run_again(records: Folder) -> tuple[int, list[str]]:
    """The exit code of the script, and the people that it draws."""
    ran = subprocess.run(
        [sys.executable, "-I", str(AGAIN), str(records)], capture_output=True, text=True
    )
    return ran.returncode, ran.stdout.split()[1:]


def test_anybody_draws_the_panel_again_from_the_exported_records(
    drawn: Drawn, tmp_path: Folder
) -> None:
    panel, file = drawn.panel, tmp_path / "records.jsonl"
    assert {(one.person, one.rule, one.of) for one in panel.excluded} == {
        ("person:employed", "employer", drawn.path.organisation),
        ("person:related", "relation", drawn.path.organisation),
        ("person:former", "left", drawn.path.organisation),
    }
    able = [*FREE, *(f"person:{name}" for name in OTHERS)]
    assert sorted(panel.draw_order) == sorted(able)
    assert (panel.pool_id, panel.pool_version) == (drawn.said["pool_id"], 12)

    CommandLine(drawn.url)("export", "records", "-o", file)
    assert run_again(file) == (0, list(panel.members))

    first = f'"person":"{panel.members[0]}"'
    lines = file.read_text().splitlines()
    swapped = [
        line.replace(first, '"person":"person:friend"') if "pool.expert_added" in line else line
        for line in lines
    ]
    assert swapped != lines
    file.write_text("\n".join(swapped))
    code, people = run_again(file)
    assert code == 1
    assert people != list(panel.members)


def test_who_declines_and_who_does_not_answer_is_replaced_by_the_next_in_order(
    drawn: Drawn,
) -> None:
    district, path = drawn.district, drawn.path
    one, two = drawn.panel.members
    third, fourth = drawn.free()[:2]
    refused_one, expired_one = drawn.invite(one), drawn.invite(two)
    assert rules(refused(district, "round_secretary", "reviews", "replace", refused_one)) == [
        "V4.stage"
    ]
    drawn.answers(one, "refuse-invitation", refused_one)
    assert (drawn.stage(refused_one), drawn.stage(expired_one)) == ("declined", "invited")
    district.wait(days=3)
    assert drawn.stage(expired_one) == "invited"
    district.wait(days=1)
    assert drawn.stage(expired_one) == "declined"

    for review, successor in ((refused_one, third), (expired_one, fourth)):
        path.tell("round_secretary", "reviews", "replace", review)
        assert drawn.stage(review) == "replaced"
        assert drawn.stage(drawn.review_of(successor)) == "drawn"
    assert len(district.all("reviews")) == 4


def test_replaced_reviews_hold_up_neither_the_lock_nor_the_score_nor_the_deliberation(
    drawn: Drawn,
) -> None:
    district, path = drawn.district, drawn.path
    # Where the neighbour was drawn, she is the one who declines: she may not judge this one.
    gone, stays = sorted(drawn.panel.members, key=lambda person: person != "person:neighbour")
    successor = drawn.free()[0]
    review = drawn.invite(gone)
    drawn.answers(gone, "refuse-invitation", review)
    path.tell("round_secretary", "reviews", "replace", review)
    mine = [drawn.review_of(person) for person in (stays, successor)]
    for person, own in zip((stays, successor), mine, strict=True):
        drawn.invite(person)
        drawn.answers(person, "accept", own, declaration="无")
        drawn.answers(person, "start-scoring", own)
        scores = [{"criterion": "need", "points": 90}, {"criterion": "plan", "points": 85}]
        drawn.answers(person, "submit-score", own, scores=scores, comment="可行")
    for own in mine:
        path.tell("panel_chair", "reviews", "lock", own)
    district.wait(hours=1)
    with district.system.store.shelf() as shelf:
        scored: Any = shelf.fetch([f"proposal:{path.proposal}"])[f"proposal:{path.proposal}"]
    assert (scored.stage, scored.score_milli) == ("scored", 87_000)
    (panel,) = district.all("panels")
    votes = [{"member": person, "choice": "for"} for person in (gone, stays)]
    assert rules(
        refused(district, "panel_chair", "panels", "hold-deliberation", panel, votes=votes)
    ) == ["V9.votes"]
    votes = [{"member": person, "choice": "for"} for person in (stays, successor)]
    path.tell("panel_chair", "panels", "hold-deliberation", panel, votes=votes)

"""A round whose rules adjust scores: what is kept, what replay finds again, and who sees it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from application.judging import Judging
from application.principals import Held
from domain.rounds.round import Round
from infrastructure.replay import Replayed, records
from tests.api.surface import Surface
from tests.commandline import CHINESE, CommandLine
from tests.deliberated import fix_ranking
from tests.district import DISTRICT, RULES, District
from tests.drawn import draw_panel
from tests.played import Path, with_checked_proposal
from tests.web.workbench import pages, sign_in

GIVEN = {"reviewer": (100, 50, 0), "second_reviewer": (60, 80, 70)}
"""What each reviewer gives the three proposals: one uses the whole scale, the other little of it.

The means are 80, 65 and 35. The first is 1, 0 and −1 of the one's standard deviations (50) away
from the one's mean, and −1, 1 and 0 of the other's (10). All six scores have the mean 60 and the
sum of squares 5 800, so a standard deviation of √1 160 = 34.0588 points. Adjusted are they thus
60, 60 + 34.0588 / 2 = 77.029 and 60 − 17.029 = 42.971.
"""


@dataclass(frozen=True)
class Played:
    district: District
    path: Path
    proposals: list[str]
    fundtrail: CommandLine

    def round(self) -> Round:
        with self.district.system.store.shelf() as shelf:
            found = shelf.fetch([f"round:{self.path.round}"])[f"round:{self.path.round}"]
        assert isinstance(found, Round)
        return found

    def judging(self, **changed: Any) -> Judging:
        """The round judged again, of a chronicle in which events of a kind say something else."""
        replayed = Replayed()
        judging = Judging(self.path.round, replayed.things)
        for position, record in records(self.district.system.store):
            name = record.event_name.replace(".", "_")
            if name in changed:
                event = msgspec.structs.replace(record.event, **changed[name])
                record = msgspec.structs.replace(record, event=event)
            judging.before(position, record)
            replayed.take(position, record)
        return judging


def judge(path: Path, proposals: list[str]) -> None:
    """Both reviewers score each proposal, and all is locked."""
    district = path.district
    for review in district.all("reviews"):
        with district.system.store.shelf() as shelf:
            found: Any = shelf.fetch([f"review:{review}"])[f"review:{review}"]
        who = found.member.partition(":")[2]
        points = GIVEN[who][proposals.index(found.proposal)]
        due = district.today + timedelta(days=3)
        path.tell("round_secretary", "reviews", "invite", review, due=due)
        path.tell(who, "reviews", "accept", review, declaration="无利害关系")
        path.tell(who, "reviews", "start-scoring", review)
        said = {"points": points, "comment": "理由已在合议记录中写明"}
        scores = [{"criterion": code, **said} for code in ("need", "plan")]
        path.tell(who, "reviews", "submit-score", review, scores=scores, comment="可行")
    for review in district.all("reviews"):
        path.tell("panel_chair", "reviews", "lock", review)
    district.wait(hours=1)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    url = f"sqlite:///{tmp_path_factory.mktemp('adjusted') / 'fundtrail.db'}"
    district = District(url)
    rules = {**RULES, "aggregation": "z_score", "reviewers_min": 2, "per_organisation_limit": 3}
    path = with_checked_proposal(district, rivals=2, rules=rules)
    district.person("second_reviewer", Held("reviewer", DISTRICT))
    district.wait(days=11)
    draw_panel(district, path.round, "person:reviewer", "person:second_reviewer", size=2)
    proposals = [path.proposal, *path.rivals]
    for proposal in proposals:
        path.tell("round_secretary", "proposals", "admit", proposal)
    path.tell("round_secretary", "rounds", "start-review", path.round)
    judge(path, proposals)
    for proposal in proposals:
        path.tell("panel_chair", "proposals", "decline", proposal, feedback="名额有限")
    fix_ranking(path)
    yield Played(district, path, proposals, CommandLine(url))
    district.close()


def test_the_ranking_is_by_adjusted_scores_and_keeps_those_that_were_given(played: Played) -> None:
    first, second, third = played.proposals
    round = played.round()
    ranking = [(item.proposal, item.rank, item.score_milli) for item in round.ranking]
    assert ranking == [(second, 1, 77_029), (first, 2, 60_000), (third, 3, 42_971)]
    assert round.adjusted is not None
    assert (round.adjusted.method, round.adjusted.raw_milli) == (
        "z_score",
        (65_000, 80_000, 35_000),
    )
    assert round.adjusted.parts == (3,)
    effects = {effect.reviewer: effect.effect_milli for effect in round.adjusted.effects}
    assert effects == {"person:reviewer": -10_000, "person:second_reviewer": 10_000}


def test_replay_finds_every_score_the_ranking_and_the_draw_again(played: Played) -> None:
    answer = played.fundtrail.answer("replay", "--round", played.path.round)
    # Three scores, the ranking and the draw.
    assert (answer["equal"], answer["differences"], answer["compared"]) == (True, [], 5)
    assert {row["score_milli"] for row in answer["scores"]} == {80_000, 65_000, 35_000}
    assert [row["proposal"] for row in answer["ranking"]] == [
        played.proposals[place] for place in (1, 0, 2)
    ]
    assert answer["adjusted"]["raw_milli"] == [65_000, 80_000, 35_000]
    assert answer["tie_break"] == ["number"]
    assert set(answer["agreement"]) == {"icc_one_way", "icc_two_way", "kendall_w"}
    assert played.fundtrail("replay", "--round", played.path.round, language=CHINESE) == 0
    assert "重算 5 项，与记录一致。" in played.fundtrail.out
    assert played.fundtrail("replay", "--round", "none") == 1


def test_replay_finds_what_was_recorded_otherwise(played: Played) -> None:
    assert played.judging().differences == []
    (ranking, *_), adjusted = played.round().ranking, played.round().adjusted
    assert adjusted is not None
    forged = played.judging(
        round_ranking_fixed={"ranking": (ranking,)}, panel_drawn={"members": ("person:friend",)}
    )
    assert [one.of for one in forged.differences] == ["draw", "ranking"]
    raised = played.judging(proposal_scored={"score_milli": 99_000})
    assert {one.of.partition(":")[0] for one in raised.differences} == {"proposal", "ranking"}
    milder = replace(adjusted, effects=())
    kept = played.judging(round_ranking_fixed={"adjusted": milder})
    assert [one.of for one in kept.differences] == ["ranking"]


def test_a_forged_record_ends_replay_with_an_answer_of_no(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("application.judging.raw_milli", lambda scores, method: 1)
    assert played.fundtrail("replay", "--round", played.path.round) == 1
    assert "differ from what was recorded" in played.fundtrail.out


def test_officers_read_raw_beside_adjusted_and_nobody_else_learns_of_either(
    played: Played,
) -> None:
    surface = Surface(played.district)
    surface.lends("some_chair", Held("panel_chair", DISTRICT))
    surface.lends("some_applicant", Held("applicant", organisation=played.path.organisation))
    address = f"/v1/rounds/{played.path.round}"
    assert surface.get(address, "some_chair").json()["adjusted"]["method"] == "z_score"
    assert "adjusted" not in surface.get(address, "some_applicant").json()
    told = json.dumps(surface.get(f"{address}/timeline", "some_applicant").json())
    assert "effect_milli" not in told


def test_a_page_shows_the_chair_both_scores_in_chinese_first(played: Played) -> None:
    client = pages(played.district.system)
    address = f"/rounds/{played.path.round}/scores"
    sign_in(client, played.district.system, "panel_chair")
    page = client.get(address).text
    assert "原始分与调整分" in page
    assert "每个分数都与该评委自己的平均分和打分幅度相比" in page
    for shown in ("77.029", "65", "42.971", "升 1", "降 1", "+10", "−10"):
        assert f">{shown}<" in page, shown
    assert address in client.get(f"/rounds/{played.path.round}").text
    assert "Raw and adjusted scores" in client.get(f"{address}?lang=en").text


@pytest.mark.parametrize("who", ["applicant", "reviewer", ""])
def test_whoever_does_not_see_the_ranking_has_no_such_page(played: Played, who: str) -> None:
    client = pages(played.district.system)
    if who:
        sign_in(client, played.district.system, who)
    assert client.get(f"/rounds/{played.path.round}").status_code == 200
    assert client.get(f"/rounds/{played.path.round}/scores").status_code == 404
    assert "/scores" not in client.get(f"/rounds/{played.path.round}").text

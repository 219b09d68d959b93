"""An allocation: worked out, adopted by two hands, refused when anything has changed since."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from application import workings
from application.documents import StoreDocument
from domain.errors import NotPermitted, Refusal
from tests.district import DISTRICT, RULES, District
from tests.played import Path, with_review_started

POINTS = {0: 70, 1: 90, 2: 60, 3: 80, 4: 95, 5: 50, 6: 85, 7: 75}
"""What each proposal earns on both criteria, by the order in which it was submitted."""

MANY = {**RULES, "per_organisation_limit": 20}


def scored(district: District, rivals: int = 7, **rules: Any) -> Path:
    """Eight scored proposals that ask for 80,000 yuan each, where 500,000 are to be given."""
    path = with_review_started(district, rivals=rivals, rules={**MANY, **rules})
    order = {id: n for n, id in enumerate((path.proposal, *path.rivals))}
    for review in district.all("reviews"):
        with district.system.store.shelf() as shelf:
            of: Any = shelf.fetch([f"review:{review}"])[f"review:{review}"]
        due = district.today
        path.tell("round_secretary", "reviews", "invite", review, due=due.replace(day=28))
        path.tell("reviewer", "reviews", "accept", review, declaration="无利害关系")
        path.tell("reviewer", "reviews", "start-scoring", review)
        points = POINTS[order[of.proposal]]
        scores = [{"criterion": c, "points": points} for c in ("need", "plan")]
        path.tell("reviewer", "reviews", "submit-score", review, scores=scores, comment="可行")
        path.tell("panel_chair", "reviews", "lock", review)
    district.wait(hours=1)
    return path


def worked_out(path: Path) -> tuple[bytes, dict[str, Any]]:
    """The working paper, and the command that adopts it."""
    district = path.district
    paper = workings.allocated(district.system, district.people["panel_chair"], path.round)
    return paper, workings.adopting_allocation(paper) | {"working": kept(path, paper)}


def kept(path: Path, paper: bytes, subject: str = "") -> str:
    """The document in which the paper is kept."""
    system = path.district.system
    command = StoreDocument(
        sha256=system.files.put(paper),
        media_type="text/plain",
        size=len(paper),
        subject=subject or f"round:{path.round}",
    )
    return path.tell("panel_chair", "documents", "store", **msgspec.to_builtins(command))


def stages(path: Path) -> list[str]:
    """Where each proposal stands, in the order of submission."""
    found = []
    with path.district.system.store.shelf() as shelf:
        for id in (path.proposal, *path.rivals):
            proposal: Any = shelf.fetch([f"proposal:{id}"])[f"proposal:{id}"]
            found.append(f"{proposal.stage} {proposal.amount_minor} {proposal.waits_at}")
    return found


def test_the_best_six_are_put_up_by_one_decision_and_the_rest_wait_in_order(
    district: District,
) -> None:
    path = scored(district)
    paper, fields = worked_out(path)
    solution = msgspec.json.decode(paper)["solution"]
    # 500,000 yuan pay for six of 80,000: all but those with 50 and 60 points.
    assert solution["value"] == solution["bound"] == (70 + 90 + 80 + 95 + 85 + 75) * 1_000 * 100

    path.pair(
        "panel_chair", "leader", "rounds", "allocate", path.round, keeps_waiting=True, **fields
    )

    assert stages(path) == [
        "proposed 8000000 0",
        "proposed 8000000 0",
        "waitlisted 0 1",
        "proposed 8000000 0",
        "proposed 8000000 0",
        "waitlisted 0 2",
        "proposed 8000000 0",
        "proposed 8000000 0",
    ]


def test_where_amounts_may_shrink_the_last_yuan_is_used_in_steps_of_five_percent(
    district: District,
) -> None:
    path = scored(district, least_percent=20)
    paper, fields = worked_out(path)
    given = {i["proposal"]: i["percent"] for i in msgspec.json.decode(paper)["solution"]["given"]}
    # Six whole awards leave 20,000 yuan: a quarter of what the next best asked for.
    sixty = path.rivals[1]
    assert given[sixty] == 25
    assert sorted(given.values()) == [25, 100, 100, 100, 100, 100, 100]
    path.pair("panel_chair", "leader", "rounds", "allocate", path.round, **fields)
    assert stages(path)[2] == "proposed 2000000 0"
    assert stages(path)[5] == "scored 0 0"


def test_a_least_share_of_a_place_that_nobody_can_meet_is_refused(district: District) -> None:
    share = {"kind": "place", "key": "220102099", "amount_minor": 1}
    path = scored(district, rivals=1, least_shares=[share])
    with pytest.raises(Refusal) as refused:
        workings.allocated(district.system, district.people["panel_chair"], path.round)
    assert [reason.rule for reason in refused.value.reasons] == ["allocation.none"]


def test_a_paper_is_worth_nothing_once_a_score_or_the_money_has_changed(
    district: District,
) -> None:
    path = scored(district)
    _, fields = worked_out(path)
    path.pair("panel_chair", "leader", "proposals", "propose-award", path.proposal, amount_minor=1)

    assert refused_for(path, **fields) == {"R7a.scored", "R7a.working"}


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"bound": 1}, {"R7a.working", "R7a.bound"}),
        ({"method": "by eye"}, {"R7a.working"}),
        ({"first_percent": 95}, {"R7a.levels", "R7a.working"}),
        ({"twice": True}, {"R7a.once", "R7a.budget", "R7a.bound", "R7a.working"}),
        ({"stranger": True}, {"R7a.scored", "R7a.working"}),
    ],
)
def test_whoever_changes_a_figure_of_the_paper_is_refused(
    district: District, change: dict[str, Any], rules: set[str]
) -> None:
    path = scored(district)
    _, fields = worked_out(path)
    given = [dict(item) for item in fields["given"]]
    if percent := change.pop("first_percent", None):
        given[0]["percent"] = percent
    if change.pop("twice", None):
        given.append(given[0])
    if change.pop("stranger", None):
        given[0]["proposal"] = "nobody"
    assert refused_for(path, **{**fields, "given": given, **change}) == rules


def test_a_paper_of_another_thing_does_not_serve(district: District) -> None:
    path = scored(district, rivals=1)
    paper, fields = worked_out(path)
    elsewhere = kept(path, paper, subject=f"fund:{path.fund}")
    assert refused_for(path, **{**fields, "working": elsewhere}) == {"R7a.paper"}


def test_nobody_allocates_while_a_score_is_missing_or_alone(district: District) -> None:
    path = with_review_started(district, rivals=1, rules=MANY)
    given = [{"proposal": path.proposal, "percent": 100}]
    fields = {"given": given, "bound": 1, "method": "highs", "working": "none"}
    assert refused_for(path, **fields) == {"R7a.reviewed", "R7a.any"}


def test_a_secretary_of_the_next_district_is_not_told_what_came_out(district: District) -> None:
    from application.principals import Held

    path = scored(district, rivals=1)
    stranger = district.person("stranger", Held("round_secretary", "220103"))
    with pytest.raises(NotPermitted):
        workings.allocated(district.system, stranger, path.round)
    own = district.person("own", Held("round_secretary", DISTRICT))
    assert workings.allocated(district.system, own, path.round)


def refused_for(path: Path, **fields: Any) -> set[str]:
    """The rules that refuse an allocation."""
    with pytest.raises(Refusal) as refused:
        path.pair("panel_chair", "leader", "rounds", "allocate", path.round, **fields)
    return {reason.rule for reason in refused.value.reasons}

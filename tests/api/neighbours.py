"""A subdistrict with a round under review: two organisations, two reviewers, and neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from application.principals import Held
from tests.api.surface import Surface
from tests.district import RULES, uscc
from tests.drawn import draw_panel
from tests.played import ACCOUNT, CONTENT

HERE, NEXT_DOOR = "220102006", "220102007"


@dataclass
class Neighbourhood:
    """The ids of what there is: the proposal and draft are ours, `theirs` is the neighbour's."""

    surface: Surface
    fund: str = ""
    round: str = ""
    ours: str = ""
    draft: str = ""
    theirs: str = ""
    review: str = ""
    other_review: str = ""
    waiting: str = ""


def a_neighbourhood(surface: Surface) -> Neighbourhood:
    """One reviewer has handed in a score that nobody has locked; the other is still scoring."""
    town = Neighbourhood(surface)
    with_people(town)
    with_a_round(town)
    with_proposals(town)
    with_scores(town)
    return town


def with_people(town: Neighbourhood) -> None:
    district = town.surface.district
    district.officers()
    district.person("second_reviewer", Held("reviewer", HERE))
    for name, place in (("officer", HERE), ("next_officer", NEXT_DOOR)):
        district.person(name, Held("subdistrict_officer", place))
    for number, (name, place) in enumerate((("ours", HERE), ("theirs", NEXT_DOOR)), start=1):
        organisation = district.tell(
            "district_officer", "organisations", "import", name=name, uscc=uscc(number),
            place=place, leader=f"person:{name}", account=ACCOUNT,
        ).id  # fmt: skip
        district.person(f"{name}_applicant", Held("applicant", organisation=organisation))
        district.person(f"{name}_legal", Held("legal_representative", organisation=organisation))


def with_a_round(town: Neighbourhood) -> None:
    district = town.surface.district
    town.fund = district.tell(
        "fund_manager", "funds", "propose", name="街道资金", kind="dedicated", place=HERE,
        year=2026, currency="CNY", purposes=["创投"], reuse=True,
    ).id  # fmt: skip
    district.tell("finance_approver", "funds", "open", town.fund)
    district.pair(
        "fund_manager", "finance_approver", "funds", "record-appropriation", town.fund,
        doc_no="1", amount_minor=100_000_000, year=2026,
    )  # fmt: skip
    town.round = district.tell(
        "round_secretary", "rounds", "plan", no="2026-1", title="街道创投", kind="micro",
        place=HERE, rules={**RULES, "reviewers_min": 2},
    ).id  # fmt: skip
    district.pair(
        "fund_manager", "finance_approver", "rounds", "allot-budget", town.round, fund=town.fund,
        lines=[{"line": "grants", "amount_minor": 50_000_000}],
    )  # fmt: skip
    now = district.system.clock.now()
    district.tell(
        "district_officer", "rounds", "publish-call", town.round, rules_version="1",
        opens=now + timedelta(hours=1), closes=now + timedelta(days=10),
    )  # fmt: skip
    district.wait(hours=2)


def drafted(town: Neighbourhood, name: str) -> str:
    district = town.surface.district
    (held,) = district.people[f"{name}_applicant"].held
    proposal = district.tell(
        f"{name}_applicant", "proposals", "draft", round=town.round,
        organisation=held.organisation, title=f"{name} 的项目",
    ).id  # fmt: skip
    district.tell(f"{name}_applicant", "proposals", "edit", proposal, **CONTENT)
    return proposal


def with_proposals(town: Neighbourhood) -> None:
    """Both organisations hand one in; ours has a second one that waits to be signed."""
    district = town.surface.district
    town.ours, town.theirs, town.draft = (drafted(town, n) for n in ("ours", "theirs", "ours"))
    for name, proposal in (("ours", town.ours), ("theirs", town.theirs)):
        district.pair(f"{name}_applicant", f"{name}_legal", "proposals", "submit", proposal)
        district.tell("round_secretary", "proposals", "take-intake", proposal)
    town.waiting = district.tell("ours_applicant", "proposals", "submit", town.draft).id
    district.tell("finance_approver", "proposals", "pass-budget-check", town.ours)
    district.tell("round_secretary", "proposals", "admit", town.ours)
    district.pair(
        "round_secretary", "second_secretary", "proposals", "reject-intake", town.theirs,
        rule="S3.period", reason="不在期限内。",
    )  # fmt: skip


def with_scores(town: Neighbourhood) -> None:
    district = town.surface.district
    district.wait(days=10)
    draw_panel(district, town.round, "person:reviewer", "person:second_reviewer", size=2)
    district.tell("round_secretary", "rounds", "start-review", town.round)
    for name in ("reviewer", "second_reviewer"):
        review = district.only("reviews", proposal=town.ours, member=f"person:{name}")
        due = district.today + timedelta(days=3)
        district.tell("round_secretary", "reviews", "invite", review, due=due)
        district.tell(name, "reviews", "accept", review, declaration="无利害关系")
        district.tell(name, "reviews", "start-scoring", review)
        if name == "reviewer":
            town.review = review
            hand_in(town, name, review)
        else:
            town.other_review = review


def hand_in(town: Neighbourhood, name: str, review: str) -> None:
    """The reviewer gives 90 and 85 points, 87 together, and says why."""
    scores = [{"criterion": "need", "points": 90}, {"criterion": "plan", "points": 85}]
    town.surface.district.tell(
        name, "reviews", "submit-score", review, scores=scores, comment="只有我知道的意见"
    )

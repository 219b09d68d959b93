"""The second chapter: two proposals are handed in, checked and scored; one is awarded."""

from __future__ import annotations

from typing import Any

from tests.story.people import DISTRICT
from tests.story.telling import Story

CASH = "bank 2000000, income_appropriation 2000000"
ALLOTTED = "source 3000000, available 2480000, allotted 520000"

COMPANY: dict[str, Any] = {
    "summary": "每周入户陪伴空巢老人。",
    "budget": [
        {"line": "activity", "amount": "95000.00"},
        {"line": "management", "amount": "5000.00"},
    ],
    "requested": "80000.00",
    "match": "20000.00",
    "indicators": [{"name": "服务", "unit": "person_times", "target": 900}],
    "starts": "2026-05-15",
    "ends": "2026-10-31",
}
GARDEN: dict[str, Any] = {
    **COMPANY,
    "summary": "社区花园共建。",
    "budget": [{"line": "activity", "amount": "80000.00"}],
    "requested": "60000.00",
}


def judging(story: Story) -> None:
    """From an open round to a confirmed award."""
    two_proposals_are_submitted(story)
    the_garden_is_returned_and_resubmitted(story)
    both_come_through_intake(story)
    a_panel_is_drawn(story)
    both_are_scored(story)
    the_panel_decides(story)
    the_notice_is_published(story)
    the_award_is_confirmed(story)


def drafted(story: Story, title: str, says: dict[str, Any]) -> str:
    proposal = story["applicant"].creates(
        "proposals", round=story.round, organisation=story.organisation, title=title
    )
    story.quietly("applicant", "proposals", "edit", proposal, **says)
    return proposal


def two_proposals_are_submitted(story: Story) -> None:
    story.chosen = drafted(story, "空巢老人心灵慰藉", COMPANY)
    story.pair("applicant", "legal_representative", "proposals", "submit", story.chosen)
    story.books.hold(authority=ALLOTTED, cash=CASH, match="counterpart 20000, pledged 20000")

    story.declined = drafted(story, "社区花园", GARDEN)
    story.pair("applicant", "legal_representative", "proposals", "submit", story.declined)
    story.books.hold(authority=ALLOTTED, cash=CASH, match="counterpart 40000, pledged 40000")


def the_garden_is_returned_and_resubmitted(story: Story) -> None:
    """The applicant brings 5 000 yuan more, so the old pledge ends and a new one stands."""
    story.until("2026-03-11T10:00:00+08:00")
    story.quietly("round_secretary", "proposals", "take-intake", story.declined)
    defects = [
        {"part": "budget", "text": "缺土壤检测费。"},
        {"part": "match_minor", "text": "同上"},
    ]
    story.quietly(
        "round_secretary", "proposals", "return-for-correction", story.declined, defects=defects
    )
    returned = story["applicant"].get(f"/proposals/{story.declined}").json()
    assert (returned["stage"], returned["due"]) == ("returned", "2026-03-18")
    unlisted = {"title": "别的项目"}
    rules = story["applicant"].is_refused("proposals", "resubmit", story.declined, **unlisted)
    assert rules == ["S6.listed"]

    story.until("2026-03-13T10:00:00+08:00")
    budget = [{"line": "activity", "amount": "85000.00"}]
    story.pair(
        "applicant",
        "legal_representative",
        "proposals",
        "resubmit",
        story.declined,
        budget=budget,
        match="25000.00",
    )
    story.books.hold(authority=ALLOTTED, cash=CASH, match="counterpart 45000, pledged 45000")


def both_come_through_intake(story: Story) -> None:
    for proposal in (story.chosen, story.declined):
        story.quietly("round_secretary", "proposals", "take-intake", proposal)
        story.quietly("finance_approver", "proposals", "pass-budget-check", proposal)
    story.until("2026-03-23T09:00:00+08:00")
    assert story.stage("rounds", story.round) == "intake_closed"


def a_panel_is_drawn(story: Story) -> None:
    for proposal in (story.chosen, story.declined):
        story.quietly("round_secretary", "proposals", "admit", proposal)
    pool = story["round_secretary"].creates("pools", name="评审专家库", place=DISTRICT)
    chen = {"person": "person:chen", "place": "220102099"}
    story.quietly("round_secretary", "pools", "add-expert", pool, expert=chen)
    story.pair(
        "round_secretary", "oversight_officer", "panels", "draw", round=story.round,
        pool_id=pool, pool_version=2, size=1,
    )  # fmt: skip
    story.books.are_as_before()
    story.quietly("round_secretary", "rounds", "start-review", story.round)


def both_are_scored(story: Story) -> None:
    """90 × 40% + 85 × 60% are 87 points; 70 × 40% + 60 × 60% are 64."""
    for proposal, need, plan in ((story.chosen, 90, 85), (story.declined, 70, 60)):
        (review,) = story.all("reviews", proposal=proposal)
        story.quietly("round_secretary", "reviews", "invite", review, due="2026-04-10")
        story.quietly("reviewer", "reviews", "accept", review, declaration="无利害关系。")
        story.quietly("reviewer", "reviews", "start-scoring", review)
        scores = [{"criterion": "need", "points": need}, {"criterion": "plan", "points": plan}]
        story.quietly(
            "reviewer", "reviews", "submit-score", review, scores=scores, comment="可行。"
        )
        story.quietly("panel_chair", "reviews", "lock", review)
    story.until("2026-04-24T09:00:00+08:00")
    scored = story["leader"].get(f"/proposals/{story.chosen}").json()
    assert (scored["stage"], scored["score_milli"], scored["rank"]) == ("scored", 87_000, 1)


def the_panel_decides(story: Story) -> None:
    story.pair(
        "panel_chair", "leader", "proposals", "propose-award", story.chosen, amount="80000.00"
    )
    story.books.are_as_before()
    story.by("panel_chair", "proposals", "decline", story.declined, feedback="名额有限。")
    story.books.hold(authority=ALLOTTED, cash=CASH, match="counterpart 20000, pledged 20000")
    (panel,) = story.all("panels", round=story.round)
    votes = [{"member": "person:chen", "choice": "for"}]
    story.quietly("panel_chair", "panels", "hold-deliberation", panel, votes=votes)
    story.pair("panel_chair", "leader", "rounds", "fix-ranking", story.round)
    story.books.are_as_before()


def the_notice_is_published(story: Story) -> None:
    """30 April, 6, 7 and 8 May, and Saturday, 9 May, worked for the holiday: five working days."""
    story.until("2026-04-30T09:00:00+08:00")
    notice = {"starts": "2026-04-30", "contact": "民政局社会组织科"}
    rules = story["district_officer"].is_refused(
        "rounds", "publish-notice", story.round, ends="2026-05-08", **notice
    )
    assert rules == ["R9.days"]
    story.books.are_as_before()

    story.by(
        "district_officer", "rounds", "publish-notice", story.round, ends="2026-05-09", **notice
    )
    story.books.hold(
        authority="source 3000000, available 2480000, allotted 440000, reserved 80000",
        cash=CASH,
        match="counterpart 20000, pledged 20000",
    )


def the_award_is_confirmed(story: Story) -> None:
    story.until("2026-05-09T23:59:00+08:00")
    assert story["leader"].is_refused("proposals", "confirm-award", story.chosen) == ["S21.period"]
    story.until("2026-05-10T00:00:00+08:00")
    assert story.stage("rounds", story.round) == "concluded"
    assert story.quietly("leader", "proposals", "confirm-award", story.chosen) == "awarded"
    (story.grant,) = story.all("grants", proposal=story.chosen)

"""The rules of proposals and reviews, each with the sentence that refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from application.principals import CLOCK
from tests.application.cases import (
    Case,
    Fields,
    Step,
    says,
    with_accepted_review,
    with_draft,
    with_planned_round,
)
from tests.application.refusing import check_refused, everybody, refused, rules, stand_at
from tests.district import RULES, District
from tests.drawn import draw_panel
from tests.played import (
    Path,
    draft,
    with_notice_published,
    with_open_round,
    with_review_started,
    with_submitted_proposal,
)

PARTS = "title, summary, budget, requested_minor, match_minor, indicators, starts, ends, theme"


def with_intake(district: District) -> Path:
    path = with_submitted_proposal(district)
    path.tell("round_secretary", "proposals", "take-intake", path.proposal)
    return path


def with_corrections_used_up(district: District) -> Path:
    path = with_submitted_proposal(district, rules={**RULES, "corrections_max": 0})
    path.tell("round_secretary", "proposals", "take-intake", path.proposal)
    return path


def with_returned_proposal(district: District) -> Path:
    path = with_intake(district)
    path.tell("round_secretary", "proposals", "return-for-correction", path.proposal,
              **defect("summary")(path))  # fmt: skip
    return path


def with_correction_overdue(district: District) -> Path:
    """The correction is overdue, and the clock has not been asked yet."""
    path = with_returned_proposal(district)
    stand_at(district, district.system.clock.now() + timedelta(days=9))
    return path


def with_intake_closed_on_a_draft(district: District) -> Path:
    """Intake is closed, and the draft has not been ended yet."""
    path = with_draft(district)
    close_intake(path)
    return path


def with_intake_closed_on_a_proposal(district: District) -> Path:
    path = with_submitted_proposal(district)
    close_intake(path)
    return path


def close_intake(path: Path) -> None:
    stand_at(path.district, path.district.system.clock.now() + timedelta(days=10))
    path.district.people["clock"] = CLOCK
    path.tell("clock", "rounds", "close-intake", path.round)


def with_scoring_started(district: District) -> Path:
    path = with_accepted_review(district)
    path.tell("reviewer", "reviews", "start-scoring", district.only("reviews"))
    return path


def defect(part: str) -> Fields:
    return says(defects=[{"part": part, "text": "要改"}])


def new_draft(path: Path) -> dict[str, Any]:
    return {"round": path.round, "organisation": path.organisation, "title": "新"}


def joint_with_oneself(path: Path) -> dict[str, Any]:
    return {**new_draft(path), "partners": [path.organisation]}


def lines(**minor: int) -> Fields:
    listed = [{"line": line, "amount_minor": amount} for line, amount in minor.items()]
    return says(adjusted_lines=listed)


def points(**given: int) -> Fields:
    listed = [{"criterion": code, "points": score} for code, score in given.items()]
    return says(scores=listed, comment="好")


PROPOSALS = [
    Case(with_planned_round, "applicant", "proposals/draft", "S1.round",
         "The round concerned is in stage “planned”, which does not allow this.", new_draft),
    Case(with_open_round, "applicant", "proposals/draft", "S1.partners",
         "A partner is another organisation than the one that proposes, and is named once.",
         joint_with_oneself),
    Case(with_intake_closed_on_a_draft, "applicant", "proposals/edit", "S2.round",
         "The round concerned is in stage “intake_closed”, which does not allow this."),
    Case(with_intake_closed_on_a_draft, "applicant", "proposals/submit", "S3.round",
         "The round concerned is in stage “intake_closed”, which does not allow this."),
    Case(with_intake_closed_on_a_proposal, "legal", "proposals/take-back", "S3a.round",
         "The round concerned is in stage “intake_closed”, which does not allow this."),
    Case(with_intake, "round_secretary", "proposals/return-for-correction", "S5.parts",
         f"A defect names one part of the proposal: {PARTS}.", defect("no")),
    Case(with_corrections_used_up, "round_secretary", "proposals/return-for-correction",
         "S5.maximum", "This round allows 0 corrections, and they are used up.", defect("title")),
    Case(with_correction_overdue, "applicant", "proposals/resubmit", "S6.due",
         "The correction was due on 2026-03-09.", says(summary="改好")),
    Case(with_returned_proposal, "applicant", "proposals/resubmit", "S6.listed",
         "Only the parts that were listed may be changed; this also changes: title.",
         says(title="另", summary="改好")),
    Case(with_returned_proposal, "clock", "proposals/lapse", "S7.due",
         "The correction is not overdue."),
    Case(with_intake, "everybody", "proposals/reject-intake", "S8.interest",
         "You belong to this organisation, so somebody else must decide.",
         says(rule="资格", reason="不符")),
    Case(with_intake, "finance_approver", "proposals/pass-budget-check", "S9.up",
         "These lines are not in the budget or would go up: activity.", lines(activity=9_500_001)),
    Case(with_intake, "finance_approver", "proposals/pass-budget-check", "S9.up",
         "These lines are not in the budget or would go up: travel.", lines(travel=1)),
    Case(with_intake, "finance_approver", "proposals/pass-budget-check", "S9.rest",
         "Nothing of the requested amount would be left.",
         lines(activity=1_900_000, management=100_000)),
    Case(with_intake, "finance_approver", "proposals/pass-budget-check", "S3.line_cap",
         "The budget line “management” is more than 10% of the budget.", lines(activity=4_000_000)),
    Case(with_review_started, "clock", "proposals/record-score", "S11.locked S11.minimum",
         "1 reviews are not locked. At least 1 locked reviews are needed."),
    Case(with_draft, "clock", "proposals/expire-draft", "S26.round", "Intake is not closed."),
    Case(with_notice_published, "leader", "proposals/confirm-award", "S21.period",
         "The notice runs to 2026-03-23, and a whole notice must be over."),
]  # fmt: skip

REVIEWS = [
    Case(with_review_started, "round_secretary", "reviews/invite", "V2.due",
         "The due day lies in the future.", lambda path: {"due": path.district.today}),
    Case(with_accepted_review, "everybody", "reviews/start-scoring", "V5.own",
         "This review is another reviewer's."),
    Case(with_scoring_started, "everybody", "reviews/submit-score", "V5a.own",
         "This review is another reviewer's.", points(need=1, plan=1)),
    Case(with_scoring_started, "reviewer", "reviews/submit-score", "V5a.complete",
         "Score every criterion of the rubric once: need, plan.", points(need=90)),
    Case(with_scoring_started, "reviewer", "reviews/submit-score", "V5a.complete",
         "Score every criterion of the rubric once: need, plan.", points(need=9, plan=9, more=9)),
    Case(with_scoring_started, "reviewer", "reviews/submit-score", "V5a.points",
         "A score may not be higher than its criterion allows.", points(need=101, plan=1)),
]  # fmt: skip


@pytest.mark.parametrize("case", PROPOSALS + REVIEWS, ids=lambda case: case.rule)
def test_a_rule_refuses_with_its_sentence(standing: Callable[[Step], Path], case: Case) -> None:
    path = standing(case.step)
    everybody(path)
    check_refused(path, case)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("S3.complete", {"indicators": []}),
        ("S3.period", {"ends": "2026-04-01"}),
        ("S3.budget", {"match_minor": 2_000_001}),
        ("S3.cap_percent", {"requested_minor": 8_000_001, "match_minor": 1_999_999}),
        ("S3.match", {"requested_minor": 8_000_001, "match_minor": 1_999_999}),
        ("S3.lines", {"budget": [{"line": "activity", "amount_minor": 5_000_000}] * 2}),
        (
            "S3.line_cap",
            {
                "budget": [
                    {"line": "activity", "amount_minor": 8_999_999},
                    {"line": "management", "amount_minor": 1_000_001},
                ]
            },
        ),
    ],
)
def test_a_draft_that_breaks_a_rule_of_its_content_is_not_submitted(
    district: District, rule: str, changes: dict[str, Any]
) -> None:
    path = with_open_round(district)
    proposal = draft(path, "为老服务")
    path.tell("applicant", "proposals", "edit", proposal, **changes)
    assert rule in rules(refused(district, "applicant", "proposals", "submit", proposal))


def test_a_review_is_locked_when_all_of_the_proposal_are_in(district: District) -> None:
    path = with_submitted_proposal(district, rules={**RULES, "reviewers_min": 2})
    path.tell("round_secretary", "proposals", "take-intake", path.proposal)
    path.tell("finance_approver", "proposals", "pass-budget-check", path.proposal)
    district.wait(days=11)
    draw_panel(district, path.round, "person:reviewer", "person:evaluator", size=2)
    path.tell("round_secretary", "proposals", "admit", path.proposal)
    path.tell("round_secretary", "rounds", "start-review", path.round)
    mine = district.only("reviews", member="person:reviewer")
    path.tell("round_secretary", "reviews", "invite", mine, due="2026-12-31")
    path.tell("reviewer", "reviews", "accept", mine, declaration="无")
    path.tell("reviewer", "reviews", "start-scoring", mine)
    path.tell("reviewer", "reviews", "submit-score", mine, **points(need=90, plan=80)(path))
    refusal = refused(district, "panel_chair", "reviews", "lock", mine)
    assert [reason.sentence for reason in refusal.reasons] == [
        "1 reviews of the proposal are not in."
    ]


def test_a_list_shows_the_title_that_the_proposal_has_now(district: District) -> None:
    path = with_draft(district)
    assert district.only("proposals", title="为老服务") == path.proposal
    path.tell("applicant", "proposals", "edit", path.proposal, title="为老服务二期")
    assert district.only("proposals", title="为老服务二期") == path.proposal

"""Mid-terms that fail: by the clock when no report comes, or by whoever judges it."""

from __future__ import annotations

from tests.district import RULES, District
from tests.played_to_end import found, with_costs_accepted
from tests.story.stopped import OVERSIGHT, rules_of_refusal, stage_of_grant, stages_of_tranches


def test_a_midterm_report_that_does_not_come_suspends_the_grant_once(district: District) -> None:
    path = with_costs_accepted(district)
    district.wait(days=115)
    assert stage_of_grant(path) == "midterm_due"
    said = {"score_milli": 41_000}
    refused = rules_of_refusal(path, "evaluator", "grants", "fail-midterm", path.grant, **said)
    assert refused == {"G13.submitted"}
    district.wait(days=30)
    assert stage_of_grant(path) == "suspended"
    assert found(path, f"grant:{path.grant}").midterm_score_milli is None

    path.tell(OVERSIGHT, "grants", "resume", path.grant, reason="报告在途")
    district.wait(days=1)
    assert stage_of_grant(path) == "midterm_due"
    path.tell("applicant", "grants", "submit-midterm", path.grant, report="中期报告")
    path.tell("evaluator", "grants", "record-midterm", path.grant, score_milli=85_000)
    assert stage_of_grant(path) == "active"


def test_a_report_that_is_in_is_not_late_however_long_its_judge_takes(district: District) -> None:
    path = with_costs_accepted(district)
    district.wait(days=115)
    path.tell("applicant", "grants", "submit-midterm", path.grant, report="中期报告")
    district.wait(days=40)
    assert stage_of_grant(path) == "midterm_due"

    path.tell("evaluator", "grants", "fail-midterm", path.grant, score_milli=41_000)
    assert stage_of_grant(path) == "suspended"
    assert found(path, f"grant:{path.grant}").midterm_score_milli == 41_000
    assert stages_of_tranches(path) == ["reconciled", "planned"]


def test_a_round_may_let_the_midterm_report_come_late(district: District) -> None:
    path = with_costs_accepted(district, rules={**RULES, "late_midterm_fails": False})
    district.wait(days=150)
    assert stage_of_grant(path) == "midterm_due"

"""Findings from beginning to end: a tip that is put right, one that is handed over, an audit's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from infrastructure.verify import verify
from tests.application.refusing import refused, rules
from tests.district import DISTRICT, District
from tests.played import Path
from tests.played_to_end import found, with_first_tranche_paid, with_grant_active


def tip(path: Path) -> str:
    """A neighbour who holds no role at all says what she saw."""
    path.district.person("neighbour")
    return path.tell(
        "neighbour", "findings", "tip", subject=f"grant:{path.grant}", tip="签到表是同一个人写的"
    )


def adopt(path: Path, finding: str, **said: object) -> None:
    path.tell(
        "oversight_officer", "findings", "adopt-tip", finding, severity="serious",
        owner="person:applicant", statement="签到表笔迹相同", **said,
    )  # fmt: skip


def evidence(path: Path, subject: str) -> str:
    return path.tell(
        "applicant", "documents", "store", sha256="ab" * 32, media_type="application/pdf", size=9,
        subject=subject,
    )  # fmt: skip


def test_a_tip_is_adopted_answered_put_right_and_verified(district: District) -> None:
    path = with_grant_active(district)
    finding = tip(path)
    assert found(path, f"finding:{finding}").stage == "tipped"
    adopt(path, finding)
    path.tell("applicant", "findings", "respond", finding, reply="由社工代填")
    due = district.today + timedelta(days=7)
    path.tell("leader", "findings", "order-rectification", finding, due=due)
    document = evidence(path, f"finding:{finding}")
    path.tell(
        "applicant", "findings", "rectify", finding, measures="改为扫码签到", document=document
    )
    path.tell("auditor", "findings", "verify", finding)

    settled = found(path, f"finding:{finding}")
    assert settled.stage == "verified"
    assert (settled.subject, settled.place) == (f"grant:{path.grant}", DISTRICT)
    assert (settled.reply, settled.measures, settled.document) == (
        "由社工代填", "改为扫码签到", document,
    )  # fmt: skip
    assert verify(district.system.store).faults == ()


def test_a_finding_that_is_not_put_right_in_time_goes_up_and_out(district: District) -> None:
    path = with_grant_active(district)
    finding = path.tell(
        "evaluator", "findings", "raise", subject=f"grant:{path.grant}", severity="grave",
        owner="person:applicant", statement="冒领补贴", amount_minor=120_000,
        refs=[f"tranche:{path.tranches[0]}"],
    )  # fmt: skip
    due = district.today + timedelta(days=7)
    path.tell("oversight_officer", "findings", "order-rectification", finding, due=due)

    district.wait(days=7)
    assert found(path, f"finding:{finding}").stage == "rectification_ordered"
    district.wait(days=1)
    assert found(path, f"finding:{finding}").stage == "escalated"

    later = district.today + timedelta(days=3)
    path.tell("leader", "findings", "return-to-owner", finding, due=later)
    district.wait(days=4)
    escalated = found(path, f"finding:{finding}")
    assert (escalated.stage, escalated.to) == ("escalated", "leader")
    path.tell("leader", "findings", "hand-over", finding, body="区公安分局")
    assert found(path, f"finding:{finding}").stage == "handed_over"
    assert verify(district.system.store).faults == ()


def test_an_unanswered_finding_goes_up_when_its_day_has_passed(district: District) -> None:
    path = with_grant_active(district)
    finding = tip(path)
    adopt(path, finding, due=district.today + timedelta(days=2))
    district.wait(days=3)
    assert found(path, f"finding:{finding}").stage == "escalated"


def test_what_was_put_right_does_not_go_up_by_itself(district: District) -> None:
    path = with_grant_active(district)
    finding = tip(path)
    adopt(path, finding)
    due = district.today + timedelta(days=2)
    path.tell("leader", "findings", "order-rectification", finding, due=due)
    document = evidence(path, f"grant:{path.grant}")
    path.tell("applicant", "findings", "rectify", finding, measures="已补", document=document)
    district.wait(days=30)
    assert found(path, f"finding:{finding}").stage == "rectified"


def test_a_tip_may_be_put_aside(district: District) -> None:
    path = with_grant_active(district)
    finding = tip(path)
    path.tell("oversight_officer", "findings", "dismiss-tip", finding, reason="查无此事")
    assert found(path, f"finding:{finding}").stage == "dismissed"


def test_an_auditors_finding_stands_behind_a_questioned_cost(district: District) -> None:
    path = with_first_tranche_paid(district)
    spent = {"line": "activity", "voucher": "V1", "description": "场地", "amount_minor": 100_000}
    path.tell(
        "applicant", "grants", "report-progress", path.grant, period="2026Q2", sessions=1,
        cost_lines=[spent],
    )  # fmt: skip
    finding = path.tell(
        "auditor", "findings", "raise", subject=f"tranche:{path.tranches[0]}", severity="serious",
        owner="person:applicant", statement="凭证无发票", amount_minor=100_000,
    )  # fmt: skip
    path.tell(
        "finance_approver", "grants", "question-cost", path.grant, cost=1, cause="没有发票",
        finding=finding,
    )  # fmt: skip
    (cost,) = found(path, f"grant:{path.grant}").costs
    assert (cost.stage, cost.finding) == ("questioned", finding)
    assert found(path, f"grant:{path.grant}").questioned_minor == 100_000
    assert verify(district.system.store).faults == ()


def test_a_finding_about_something_else_or_a_mere_tip_questions_no_cost(
    district: District,
) -> None:
    path = with_first_tranche_paid(district)
    spent = {"line": "activity", "voucher": "V1", "description": "场地", "amount_minor": 100_000}
    path.tell(
        "applicant", "grants", "report-progress", path.grant, period="2026Q2", sessions=1,
        cost_lines=[spent],
    )  # fmt: skip
    about_the_fund = path.tell(
        "auditor", "findings", "raise", subject=f"fund:{path.fund}", severity="minor",
        owner="person:fund_manager", statement="账册未装订",
    )  # fmt: skip
    said: dict[str, Any] = {"cost": 1, "cause": "没有发票"}
    for finding in (about_the_fund, tip(path)):
        refusal = refused(
            district, "evaluator", "grants", "question-cost", path.grant, finding=finding, **said
        )
        assert rules(refusal) == ["G7.finding"]
    nothing = refused(
        district, "evaluator", "grants", "question-cost", path.grant, finding="none", **said
    )
    assert rules(nothing) == ["found"]
    district.tell("evaluator", "grants", "question-cost", path.grant, **said)

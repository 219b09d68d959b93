"""Appeals: who contests which decision until when, who looks at it again, and what follows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from domain.grants.lifecycle import Stage as GrantStage
from infrastructure.verify import verify
from tests.application.refusing import refused, rules
from tests.application.test_objections import books, investigated
from tests.district import District
from tests.drawn import draw_panel
from tests.played import (
    Path,
    with_award_proposed,
    with_notice_published,
    with_submitted_proposal,
)
from tests.played_to_end import found

MEMBERS = ["person:elder", "person:lawyer", "person:teacher"]

UNDECIDED = {
    "authority.source": -300_000_000,
    "authority.available": 249_000_000,
    "authority.allotted": 51_000_000,
    "cash.bank": 300_000_000,
    "cash.income_appropriation": -300_000_000,
}
"""What the books hold while nothing is promised to anybody, debit less credit."""


def pledged(minor: int) -> dict[str, int]:
    """The same with so much match money pledged."""
    return {**UNDECIDED, "match.pledged": minor, "match.counterpart": -minor}


def with_rejected_proposal(district: District, **asked: Any) -> Path:
    """A proposal that two secretaries have found ineligible."""
    path = with_submitted_proposal(district, **asked)
    path.tell("round_secretary", "proposals", "take-intake", path.proposal)
    path.pair(
        "round_secretary", "second_secretary", "proposals", "reject-intake", path.proposal,
        rule="S3.period", reason="不在期限内",
    )  # fmt: skip
    return path


def with_declined_proposal(district: District) -> Path:
    """A proposal of the path was declined; another of the same organisation is to be awarded."""
    path = with_award_proposed(district, rivals=1)
    path.proposal, path.rivals = path.rivals[0], [path.proposal]
    return path


def file(path: Path, decision: str, **said: Any) -> str:
    fields = {"decision": decision, "contested": path.proposal, "statement": "事实有误", **said}
    return path.tell("legal", "appeals", "file", **fields)


def heard(path: Path, decision: str, **said: Any) -> str:
    """An appeal that a panel of three has heard."""
    appeal = file(path, decision, **said)
    path.tell("district_officer", "appeals", "admit", appeal, members=MEMBERS)
    path.tell("district_officer", "appeals", "hear", appeal, minutes="document:1")
    return appeal


def votes(*given: bool) -> list[dict[str, Any]]:
    """Votes of the panel's first members."""
    voted = zip(MEMBERS, given, strict=False)
    return [{"member": m, "is_for": is_for, "document": f"d:{m}"} for m, is_for in voted]


def stage(path: Path) -> str:
    return str(found(path, f"proposal:{path.proposal}").stage)


def test_a_granted_appeal_leads_from_ineligible_back_into_intake(district: District) -> None:
    path = with_rejected_proposal(district)
    assert books(path) == UNDECIDED
    appeal = heard(path, "S8")
    assert stage(path) == "appealed"
    path.tell(
        "leader", "appeals", "grant", appeal, votes=votes(True, True), step="readmit-to-intake"
    )
    assert stage(path) == "submitted"
    assert books(path) == pledged(2_000_000)
    path.tell("second_secretary", "proposals", "take-intake", path.proposal)
    path.tell("district_officer", "appeals", "notify", appeal, document="document:2")
    assert found(path, f"appeal:{appeal}").stage == "final"


def test_once_intake_is_over_for_good_an_appeal_leads_to_the_waiting_list(
    district: District,
) -> None:
    path = with_rejected_proposal(district, rivals=1)
    rival = path.rivals[0]
    path.tell("round_secretary", "proposals", "take-intake", rival)
    path.tell("finance_approver", "proposals", "pass-budget-check", rival)
    district.wait(days=10)
    path.tell("round_secretary", "proposals", "admit", rival)
    draw_panel(path.district, path.round, "person:reviewer")
    path.tell("round_secretary", "rounds", "start-review", path.round)
    appeal = heard(path, "S8")
    back = {"votes": votes(True, True, True)}
    refusal = refused(
        district, "leader", "appeals", "grant", appeal, step="readmit-to-intake", **back
    )
    assert rules(refusal) == ["X4.step"]
    path.tell("leader", "appeals", "grant", appeal, step="readmit-to-waitlist", **back)
    assert stage(path) == "waitlisted"


def test_a_granted_appeal_against_a_decline_leads_to_the_waiting_list(district: District) -> None:
    path = with_declined_proposal(district)
    assert books(path) == pledged(2_000_000)
    appeal = heard(path, "S15")
    said = {"votes": votes(True, True, False), "step": "readmit-to-waitlist"}
    path.tell("leader", "appeals", "grant", appeal, **said)
    assert stage(path) == "waitlisted"
    assert books(path) == pledged(4_000_000)
    until = found(path, f"proposal:{path.proposal}").until
    assert until == district.today + timedelta(days=90)
    path.tell("legal", "proposals", "withdraw", path.proposal, reason="人员变动")
    assert books(path) == pledged(2_000_000)


def test_a_revoked_award_may_be_contested_too(district: District) -> None:
    path = with_notice_published(district)
    objection = investigated(path)
    path.tell("oversight_officer", "objections", "uphold", objection, result="属实")
    path.tell("leader", "proposals", "revoke-award", path.proposal, reason="异议成立")
    appeal = heard(path, "S20")
    said = {"votes": votes(True, True), "step": "readmit-to-waitlist"}
    path.tell("leader", "appeals", "grant", appeal, **said)
    assert stage(path) == "waitlisted"
    assert books(path) == pledged(2_000_000)


def test_an_appeal_that_comes_late_is_refused_and_one_in_time_is_not(district: District) -> None:
    path = with_declined_proposal(district)
    assert district.today == date(2026, 3, 13)
    # Ten working days from Friday the 13th end on Friday the 27th.
    district.wait(days=15)
    said = {"decision": "S15", "contested": path.proposal, "statement": "事实有误"}
    assert rules(refused(district, "legal", "appeals", "file", **said)) == ["X1.time"]
    assert stage(path) == "not_selected"


def test_an_appeal_on_the_last_day_is_in_time(district: District) -> None:
    path = with_declined_proposal(district)
    district.wait(days=14)
    file(path, "S15")
    assert stage(path) == "appealed"


def test_a_decision_is_contested_once_and_a_new_one_anew(district: District) -> None:
    path = with_rejected_proposal(district)
    said = {"decision": "S8", "contested": path.proposal, "statement": "事实有误"}
    appeal = file(path, "S8")
    path.tell("legal", "appeals", "withdraw", appeal)
    assert stage(path) == "ineligible"
    assert rules(refused(district, "legal", "appeals", "file", **said)) == ["X1.once"]


def test_after_a_readmission_the_next_decision_may_be_contested_again(district: District) -> None:
    path = with_rejected_proposal(district)
    appeal = heard(path, "S8")
    said = {"votes": votes(True, True), "step": "readmit-to-intake"}
    path.tell("leader", "appeals", "grant", appeal, **said)
    path.tell("second_secretary", "proposals", "take-intake", path.proposal)
    path.pair(
        "second_secretary", "round_secretary", "proposals", "reject-intake", path.proposal,
        rule="S3.period", reason="仍不在期限内",
    )  # fmt: skip
    file(path, "S8")
    assert stage(path) == "appealed"


def test_a_decision_that_was_not_taken_is_not_contested(district: District) -> None:
    path = with_rejected_proposal(district)
    said = {"contested": path.proposal, "statement": "事实有误"}
    refusal = refused(district, "legal", "appeals", "file", decision="S15", **said)
    assert rules(refusal) == ["X1.decision"]


def test_a_closed_round_is_contested_no_more(district: District) -> None:
    path = with_declined_proposal(district)
    path.tell("legal", "proposals", "withdraw", path.rivals[0], reason="人员变动")
    path.tell(
        "district_officer", "rounds", "publish-notice", path.round, starts=district.today,
        ends=district.today + timedelta(days=6), contact="0431-88888888",
    )  # fmt: skip
    district.wait(days=7)
    path.tell("district_officer", "rounds", "close", path.round)
    said = {"decision": "S15", "contested": path.proposal, "statement": "事实有误"}
    assert rules(refused(district, "legal", "appeals", "file", **said)) == ["S24.round"]


@pytest.mark.parametrize("end", ["deny", "refuse", "withdraw"])
def test_an_appeal_in_vain_lets_the_decision_stand(district: District, end: str) -> None:
    path = with_rejected_proposal(district)
    if end == "deny":
        path.tell("leader", "appeals", "deny", heard(path, "S8"), votes=votes(False, False))
    elif end == "refuse":
        path.tell("district_officer", "appeals", "refuse", file(path, "S8"), reason="不属受理范围")
    else:
        path.tell("legal", "appeals", "withdraw", file(path, "S8"))
    assert stage(path) == "ineligible"
    assert books(path) == UNDECIDED
    assert verify(district.system.store).faults == ()


def test_an_award_of_the_round_is_no_obstacle_to_an_appeal_of_another(district: District) -> None:
    path = with_declined_proposal(district)
    appeal = heard(path, "S15")
    path.tell(
        "district_officer", "rounds", "publish-notice", path.round, starts=district.today,
        ends=district.today + timedelta(days=10), contact="0431-88888888",
    )  # fmt: skip
    district.wait(days=11)
    path.tell("leader", "proposals", "confirm-award", path.rivals[0])
    path.tell("leader", "appeals", "deny", appeal, votes=votes(False, False))
    grant = district.only("grants", proposal=path.rivals[0])
    assert found(path, f"grant:{grant}").stage == GrantStage.AGREEMENT_PENDING
    assert stage(path) == "not_selected"

"""What travels beside a command: version, time, key and size; and a hand that comes too late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from application.desk import KeyReused
from application.principals import Grounds
from domain.errors import Invalid, Stale
from tests.application.refusing import head, refused, rules, stand_at
from tests.district import District
from tests.played import Path, draft, with_fund, with_open_round, with_submitted_proposal

APPROPRIATION: dict[str, Any] = {"doc_no": "2", "amount_minor": 1, "year": 2026}


def with_draft(district: District) -> Path:
    path = with_open_round(district)
    path.proposal = draft(path, "为老服务")
    return path


def test_a_command_for_an_older_version_is_refused_with_the_present_one(district: District) -> None:
    path = with_draft(district)
    refusal = refused(district, "applicant", "proposals", "edit", path.proposal, version=1)
    assert isinstance(refusal, Stale)
    assert (refusal.version, rules(refusal)) == (2, ["version"])
    told = district.tell("applicant", "proposals", "edit", path.proposal, version=2, title="新")
    assert told.version == 3


@pytest.mark.parametrize("hours", [1, -3])
def test_nothing_takes_effect_in_the_future_or_before_what_happened_last(
    district: District, hours: int
) -> None:
    path = with_draft(district)
    moment = district.system.clock.now() + timedelta(hours=hours)
    grounds = Grounds(effective_at=moment)
    refusal = refused(
        district, "applicant", "proposals", "edit", path.proposal, grounds=grounds, title="新"
    )
    assert isinstance(refusal, Invalid)
    assert rules(refusal) == ["envelope.effective_at"]
    assert [reason.field for reason in refusal.reasons] == ["/effective_at"]


def test_what_happened_since_the_last_event_may_be_recorded_later(district: District) -> None:
    path = with_draft(district)
    moment = district.system.clock.now()
    stand_at(district, moment + timedelta(hours=5))
    grounds = Grounds(effective_at=moment + timedelta(hours=2), reason="补录")
    district.tell("applicant", "proposals", "edit", path.proposal, grounds=grounds, title="新")
    record = last_record(district, f"proposal:{path.proposal}")
    assert record.recorded_at - record.effective_at == timedelta(hours=3)
    assert record.reason == "补录"


def test_a_due_day_is_not_escaped_by_stating_an_earlier_one(district: District) -> None:
    path = with_submitted_proposal(district)
    district.tell("round_secretary", "proposals", "take-intake", path.proposal)
    defects = [{"part": "summary", "text": "写得太短"}]
    district.tell(
        "round_secretary", "proposals", "return-for-correction", path.proposal, defects=defects
    )
    in_time = district.system.clock.now() + timedelta(days=1)
    stand_at(district, in_time + timedelta(days=30))
    grounds = Grounds(effective_at=in_time)
    refusal = refused(
        district, "applicant", "proposals", "resubmit", path.proposal, grounds=grounds,
        summary="为老人服务，每周两次",
    )  # fmt: skip
    assert "S6.due" in rules(refusal)


def last_record(district: District, stream: str) -> Any:
    lines = district.system.store.recorder.lines([stream])[stream]
    return district.system.store.chronicle.lines.decode(lines[-1])


def test_a_record_that_is_too_long_is_refused_and_its_neighbours_are_not(
    district: District,
) -> None:
    path = with_draft(district)
    long = [{"name": "指" * 200, "unit": "标" * 200, "target": 1}] * 60
    refusal = refused(district, "applicant", "proposals", "edit", path.proposal, indicators=long)
    assert rules(refusal) == ["envelope.size"]
    told = district.tell("applicant", "proposals", "edit", path.proposal, title="新")
    assert told.version == 3


def test_a_repeated_key_gets_the_first_answer_and_writes_nothing(district: District) -> None:
    path = with_draft(district)
    said: dict[str, Any] = {"key": "once", "title": "新"}
    first = district.tell("applicant", "proposals", "edit", path.proposal, **said)
    before = head(district)
    assert district.tell("applicant", "proposals", "edit", path.proposal, **said) == first
    assert head(district) == before


def test_a_key_with_another_command_is_refused(district: District) -> None:
    path = with_draft(district)
    district.tell("applicant", "proposals", "edit", path.proposal, key="once", title="新")
    refusal = refused(
        district, "applicant", "proposals", "edit", path.proposal, key="once", title="另"
    )
    assert isinstance(refusal, KeyReused)
    assert rules(refusal) == ["idempotency"]


def test_the_key_of_a_refused_command_may_be_used_again(district: District) -> None:
    path = with_fund(district)
    refused(district, "finance_approver", "funds", "open", path.fund, key="once")
    told = district.tell(
        "oversight_officer", "funds", "freeze", path.fund, key="once", decision="1", reason="查"
    )
    assert told.stage == "frozen"


def test_an_approval_that_has_waited_too_long_is_refused(district: District) -> None:
    path = with_fund(district)
    waiting = path.tell("fund_manager", "funds", "record-appropriation", path.fund, **APPROPRIATION)
    stand_at(district, district.system.clock.now() + timedelta(days=15))
    refusal = refused(district, "finance_approver", "approvals", "approve", waiting)
    assert [reason.sentence for reason in refusal.reasons] == [
        "This waited until 2026-03-16 and has expired."
    ]
    district.system.tick()
    assert rules(refused(district, "finance_approver", "approvals", "approve", waiting)) == [
        "W2.stage"
    ]


def test_an_approval_is_refused_once_the_thing_has_left_its_stage(district: District) -> None:
    path = with_fund(district)
    cut = {"doc_no": "2", "amount_minor": 1}
    waiting = path.tell("fund_manager", "funds", "amend-appropriation", path.fund, **cut)
    path.tell("oversight_officer", "funds", "freeze", path.fund, decision="1", reason="查")
    refusal = refused(district, "finance_approver", "approvals", "approve", waiting)
    assert [(reason.rule, reason.sentence) for reason in refusal.reasons] == [
        ("W2.left", "This was prepared for a thing in stage “active”, which it has left.")
    ]
    district.system.tick()
    assert district.only("approvals", stage="expired") == waiting


def test_the_event_of_a_pair_names_both_hands(district: District) -> None:
    path = with_submitted_proposal(district)
    record = last_record(district, f"proposal:{path.proposal}")
    assert (record.actor.id, record.on_behalf_of.prepared_by) == (
        "person:legal",
        "person:applicant",
    )
    assert record.causation.startswith("approval:")


def test_a_document_belongs_to_a_thing_that_exists(district: District) -> None:
    path = with_fund(district)
    file: dict[str, Any] = {"sha256": "0" * 64, "media_type": "application/pdf", "size": 1}
    refusal = refused(district, "cashier", "documents", "store", subject="nothing", **file)
    assert rules(refusal) == ["Y5.subject"]
    refusal = refused(district, "cashier", "documents", "store", subject="fund:none", **file)
    assert rules(refusal) == ["found"]
    subject = f"organisation:{path.organisation}"
    assert district.tell("applicant", "documents", "store", subject=subject, **file).created

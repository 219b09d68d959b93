"""Rounds that are given up, with proposals wherever they stand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import NotPermitted
from infrastructure.verify import verify
from tests.application.refusing import refused, rules, stand_at
from tests.application.rounds import MANY, WHOLE, books, give_notice, hold, stage, stands
from tests.deliberated import fix_ranking
from tests.district import District
from tests.played import (
    AWARD,
    Path,
    draft,
    submit,
    with_award_confirmed,
    with_notice_published,
    with_open_round,
    with_scored_proposal,
)

SEC = "round_secretary"
REASON = "财政资金未能到位"


def cancel(path: Path) -> None:
    path.tell("leader", "rounds", "cancel", path.round, reason=REASON)


def test_a_round_that_is_cancelled_in_intake_ends_every_proposal(district: District) -> None:
    path = with_open_round(district, rules=MANY)
    taken = [submit(path, f"项目{number}") for number in range(4)]
    for proposal in taken[1:]:
        path.tell(SEC, "proposals", "take-intake", proposal)
    defects = [{"part": "summary", "text": "太短"}]
    path.tell(SEC, "proposals", "return-for-correction", taken[2], defects=defects)
    path.tell("finance_approver", "proposals", "pass-budget-check", taken[3])
    proposals = [draft(path, "草稿"), *taken]
    stages = [stage(path, "proposal", each) for each in proposals]
    assert stages == ["draft", "submitted", "in_intake", "returned", "budget_checked"]
    held = {"available": 2_490_000, "pledged": 80_000, "counterpart": -80_000}
    assert books(path) == hold(allotted=510_000, **held)

    cancel(path)

    assert {stage(path, "proposal", each) for each in proposals} == {"cancelled"}
    assert books(path) == WHOLE
    assert stands(path, "round", path.round).cancellation == REASON
    assert verify(district.system.store).faults == ()


def with_everything_on_notice(district: District) -> Path:
    """One on notice, one put up after the notice, one that waits, one that was declined."""
    path = with_scored_proposal(district, rivals=3, rules=MANY)
    path.pair(
        "panel_chair", "leader", "proposals", "propose-award", path.proposal, amount_minor=AWARD
    )
    for waits_at, rival in enumerate(path.rivals[:2], start=1):
        path.tell("panel_chair", "proposals", "waitlist", rival, waits_at=waits_at)
    path.tell("panel_chair", "proposals", "decline", path.rivals[2], feedback="名额有限")
    fix_ranking(path)
    give_notice(path)
    path.tell("leader", "proposals", "promote", path.rivals[0])
    return path


def test_what_was_held_for_awards_goes_back_to_the_fund_with_the_round(district: District) -> None:
    path = with_everything_on_notice(district)
    held = {"available": 2_490_000, "pledged": 60_000, "counterpart": -60_000}
    assert books(path) == hold(allotted=430_000, reserved=80_000, **held)

    cancel(path)

    stages = [stage(path, "proposal", each) for each in (path.proposal, *path.rivals)]
    assert stages == ["cancelled", "cancelled", "cancelled", "not_selected"]
    assert books(path) == WHOLE
    assert verify(district.system.store).faults == ()


def test_the_proposals_end_before_the_round_and_because_of_it(district: District) -> None:
    path = with_everything_on_notice(district)
    cancel(path)
    store, records = district.system.store, []
    for _, line, _ in store.recorder.scan(0):
        records.append(store.chronicle.lines.decode(line))
    end = next(record for record in records if record.event_name == "round.cancelled")
    ended = [record for record in records if record.event_name == "proposal.cancelled"]
    assert {record.causation for record in ended} == {end.name}
    assert records.index(end) > max(map(records.index, ended))
    assert [(p.code, p.amount_minor) for p in end.postings] == [
        ("P3r", 50_000_000),
        ("P3r", 1_000_000),
    ]


def test_a_round_that_has_led_to_a_grant_is_not_cancelled(district: District) -> None:
    path = with_notice_published(district)
    district.wait(days=10)
    clockwork(path)
    found = rules(refused(district, "leader", "rounds", "cancel", path.round, reason=REASON))
    assert found == ["R13.grants"]


def clockwork(path: Path) -> None:
    """The award is confirmed before the clock has concluded the notice."""
    district = path.district
    stand_at(district, district.system.clock.now() + timedelta(days=1))
    path.tell("leader", "proposals", "confirm-award", path.proposal)
    assert stage(path, "round", path.round) == "on_notice"


def test_a_round_past_its_notice_is_not_cancelled_and_only_a_leader_cancels(
    district: District,
) -> None:
    path = with_award_confirmed(district)
    said = {"reason": REASON}
    assert rules(refused(district, "leader", "rounds", "cancel", path.round, **said)) == [
        "R13.stage"
    ]
    with pytest.raises(NotPermitted):
        path.tell("district_officer", "rounds", "cancel", path.round, **said)

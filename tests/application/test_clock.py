"""The clock: each step is taken when it is due and not before, in order, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from application.clock import due_now
from application.duties import DUTIES
from application.kinds import KINDS, NOUNS
from application.permissions import PERMISSIONS
from application.ports import Wanted
from domain.kernel import Aggregate
from tests.application.cases import Step
from tests.application.refusing import head, stand_at
from tests.district import RULES, District
from tests.played import (
    Path,
    draft,
    score,
    with_award_confirmed,
    with_budgeted_round,
    with_fund,
    with_notice_published,
    with_open_round,
    with_review_started,
    with_submitted_proposal,
)
from tests.played_to_end import with_agreement_signed, with_grant_active

ZONE = ZoneInfo("Asia/Shanghai")


class Timed(NamedTuple):
    """A step with a date: where the path stands, for which thing, due when, leading where."""

    step: Step
    nouns: str
    due: Callable[[Any], datetime]
    after: str


def with_call_published(district: District) -> Path:
    path = with_budgeted_round(district)
    opens = district.system.clock.now() + timedelta(hours=3)
    call = {"rules_version": "1", "opens": opens, "closes": opens + timedelta(days=9)}
    path.tell("district_officer", "rounds", "publish-call", path.round, **call)
    return path


def with_returned_proposal(district: District) -> Path:
    path = with_submitted_proposal(district)
    secretary, defects = "round_secretary", [{"part": "summary", "text": "太短"}]
    path.tell(secretary, "proposals", "take-intake", path.proposal)
    path.tell(secretary, "proposals", "return-for-correction", path.proposal, defects=defects)
    return path


def with_waiting_approval(district: District) -> Path:
    path = with_fund(district)
    appropriation = {"doc_no": "2", "amount_minor": 1, "year": 2026}
    path.tell("fund_manager", "funds", "record-appropriation", path.fund, **appropriation)
    return path


def with_midterm_due(district: District) -> Path:
    path = with_grant_active(district)
    district.wait(days=115)
    return path


def day_of(name: str) -> Callable[[Any], datetime]:
    """When the day begins that stands in that field."""
    return lambda thing: datetime.combine(getattr(thing, name), time(), ZONE)


def day_after(name: str) -> Callable[[Any], datetime]:
    """When the day is over that stands in that field."""
    return lambda thing: day_of(name)(thing) + timedelta(days=1)


TIMED = [
    Timed(with_call_published, "rounds", lambda round: round.opens, "open"),
    Timed(with_open_round, "rounds", lambda round: round.closes, "intake_closed"),
    Timed(with_notice_published, "rounds", day_after("ends"), "concluded"),
    Timed(with_returned_proposal, "proposals", day_after("due"), "lapsed"),
    Timed(with_award_confirmed, "grants", day_after("sign_due"), "cancelled"),
    Timed(with_grant_active, "grants", day_of("midterm"), "midterm_due"),
    Timed(with_midterm_due, "grants", day_after("due"), "suspended"),
    Timed(with_waiting_approval, "approvals", day_after("due"), "expired"),
]


def latest(district: District, nouns: str) -> Any:
    """The newest thing of that noun, as it stands."""
    stream = f"{NOUNS[nouns]}:{district.all(nouns)[-1]}"
    with district.system.store.shelf() as shelf:
        return shelf.fetch([stream])[stream]


@pytest.mark.parametrize("timed", TIMED, ids=lambda timed: f"{timed.nouns}-{timed.after}")
def test_a_step_is_taken_when_it_is_due_and_not_before(district: District, timed: Timed) -> None:
    timed.step(district)
    thing = latest(district, timed.nouns)
    due = timed.due(thing).astimezone(UTC)
    stand_at(district, due - timedelta(microseconds=1))
    district.system.tick()
    assert latest(district, timed.nouns).stage == thing.stage
    stand_at(district, due)
    district.system.tick()
    assert latest(district, timed.nouns).stage == timed.after


def test_the_period_of_a_grant_ends_after_its_last_day(district: District) -> None:
    path = with_grant_active(district, rules={**RULES, "late_midterm_fails": False})
    ends = datetime(2026, 11, 1, tzinfo=ZONE).astimezone(UTC)
    stand_at(district, ends - timedelta(microseconds=1))
    district.system.tick()
    assert district.only("grants", stage="midterm_due") == path.grant
    stand_at(district, ends)
    district.system.tick()
    assert district.only("grants", stage="final_due") == path.grant


def test_a_draft_ends_when_intake_closes_and_not_before(district: District) -> None:
    path = with_open_round(district)
    proposal = draft(path, "为老服务")
    closes = latest(district, "rounds").closes
    stand_at(district, closes - timedelta(microseconds=1))
    district.system.tick()
    assert district.all("proposals", stage="draft") == [proposal]
    stand_at(district, closes)
    district.system.tick()
    assert district.all("proposals", stage="lapsed") == [proposal]


def test_a_score_is_worked_out_once_every_review_is_locked(district: District) -> None:
    path = with_review_started(district)
    (review,) = district.all("reviews")
    score(path, review)
    district.system.tick()
    assert district.only("proposals", stage="under_review") == path.proposal
    path.tell("panel_chair", "reviews", "lock", review)
    district.system.tick()
    assert latest(district, "proposals").score_milli == 87_000


def test_a_round_is_executed_once_an_agreement_is_signed(district: District) -> None:
    with_award_confirmed(district)
    district.system.tick()
    assert latest(district, "rounds").stage == "concluded"
    agreement = {"document": "d", "account": "account:1", "starts": "2026-04-10"}
    district.pair(
        "legal", "district_officer", "grants", "sign-agreement", district.only("grants"),
        ends="2026-10-31", midterm="2026-07-15", **agreement,
    )  # fmt: skip
    district.system.tick()
    assert latest(district, "rounds").stage == "executing"


def test_a_tranche_becomes_eligible_once_its_condition_is_met(district: District) -> None:
    path = with_agreement_signed(district)
    assert len(district.all("tranches", stage="planned")) == 2
    path.pair("fund_manager", "finance_approver", "grants", "activate", path.grant)
    district.system.tick()
    assert district.all("tranches", stage="eligible") == path.tranches[:1]


def test_a_day_is_closed_once_it_is_over_and_every_day_after_it(district: District) -> None:
    with_fund(district)
    district.system.tick()
    assert latest(district, "funds").day == "2026-03-01"
    district.wait(days=4)
    assert latest(district, "funds").day == "2026-03-05"
    assert types(district).count("fund.day_closed") == 4


def types(district: District) -> list[str]:
    """The names of all events, oldest first."""
    decode = district.system.store.chronicle.lines.decode
    return [decode(line).event_name for _, line, _ in district.system.store.recorder.scan()]


@pytest.mark.parametrize("step", [with_open_round, with_notice_published, with_grant_active])
def test_a_second_tick_changes_nothing(district: District, step: Step) -> None:
    step(district)
    district.wait(days=40)
    before = head(district)
    assert district.system.tick().taken == {}
    assert head(district) == before


def test_every_row_that_the_clock_may_send_is_a_duty_of_the_clock() -> None:
    told = {
        (noun, verb)
        for noun, verbs in PERMISSIONS.items()
        for verb, permission in verbs.items()
        if "clock" in permission.first
    }
    noticed = {("person", "sign-in"), ("person", "change-credentials")}
    assert {(duty.noun, duty.verb) for duty in DUTIES} == told - noticed


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: f"{duty.noun}-{duty.verb}")
def test_a_duty_looks_where_its_step_may_start(duty: Any) -> None:
    kind: type[Aggregate] = KINDS[duty.noun]
    assert all((stage, duty.verb) in kind.lifecycle.table for stage in duty.stages)


@dataclass
class Standing:
    """Things that wait, as the read models would tell."""

    things: dict[tuple[str, str], list[tuple[str, str]]]

    def standing(
        self, wanted: Iterable[Wanted], since: int = 0
    ) -> dict[Wanted, list[tuple[str, str]]]:
        return {ask: self.things.get((ask.noun, ask.stage), []) for ask in wanted}


def test_what_is_due_comes_in_the_order_of_time_then_stage_then_id() -> None:
    early, late = "2026-03-02T00:00:00+00:00", "2026-03-03T00:00:00+00:00"
    waiting = Standing(
        {
            ("round", "published"): [("b", late), ("c", early), ("a", late)],
            ("round", "open"): [("d", late), ("e", "2026-03-04T00:00:01+00:00")],
        }
    )
    due = due_now(waiting, datetime(2026, 3, 4, tzinfo=UTC), ZONE)
    assert [(step.id, step.verb) for step in due] == [
        ("c", "open"),
        ("d", "close-intake"),
        ("a", "open"),
        ("b", "open"),
    ]


def test_a_fund_that_was_not_looked_at_for_days_has_a_step_for_each() -> None:
    waiting = Standing({("fund", "active"): [("f", "2026-03-01")]})
    due = due_now(waiting, datetime(2026, 3, 4, tzinfo=ZONE), ZONE)
    assert [step.command.day for step in due] == [date(2026, 3, 2), date(2026, 3, 3)]

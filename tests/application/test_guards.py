"""The rules of funds, rounds and panels, each with the sentence that refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.application.cases import (
    Case,
    Fields,
    Step,
    says,
    with_notice_over,
    with_payment_sent,
    with_planned_round,
    within,
)
from tests.application.refusing import check_refused
from tests.deliberated import fix_ranking
from tests.district import DISTRICT, RULES, District
from tests.drawn import draw_panel, listed
from tests.played import (
    Path,
    with_award_confirmed,
    with_award_proposed,
    with_budgeted_round,
    with_checked_proposal,
    with_fund,
    with_notice_published,
    with_open_round,
    with_review_started,
    with_scored_proposal,
)
from tests.played_to_end import with_grant_active

DOCUMENT = "南财〔2026〕1号"


def with_month_over(district: District) -> Path:
    """A payment is at the bank at the end of the month."""
    path = with_payment_sent(district)
    district.wait(days=30)
    return path


def with_period_closed(district: District) -> Path:
    path = with_fund(district)
    district.wait(days=40)
    path.pair(
        "finance_approver", "reconciler", "funds", "close-period", path.fund, period="2026-03"
    )
    return path


def with_closing_fund(district: District) -> Path:
    path = with_fund(district)
    path.tell("finance_approver", "funds", "start-closing", path.fund)
    return path


def with_intake_closed(district: District) -> Path:
    path = with_open_round(district)
    district.wait(days=11)
    return path


def with_panel_drawn(district: District) -> Path:
    """A panel is drawn while a proposal still waits to be admitted."""
    path = with_checked_proposal(district)
    district.wait(days=11)
    draw_panel(district, path.round, "person:reviewer")
    return path


def with_ranking_too_early(district: District) -> Path:
    path = with_scored_proposal(district)
    fix_ranking(path)
    return path


def gift(**changes: Any) -> Fields:
    said = {"contributor": "企业", "source": "donation", "amount_minor": 1, "purposes": ["创投"]}
    return says(**{**said, "bank_ref": "B2", **changes})


def call(opens: int, closes: int) -> Fields:
    def fields(path: Path) -> dict[str, Any]:
        now = path.district.system.clock.now()
        days = {"opens": now + timedelta(days=opens), "closes": now + timedelta(days=closes)}
        return {"rules_version": "1", **days}

    return fields


def drawn(**changes: Any) -> Fields:
    def fields(path: Path) -> dict[str, Any]:
        pool = listed(path.district, "person:reviewer")
        return {"round": path.round, "size": 1, **pool, **changes}

    return fields


def budgeted_twice(path: Path) -> dict[str, Any]:
    return {"fund": path.fund, "lines": [{"line": "grants", "amount_minor": 1}] * 2}


def started_yesterday(path: Path) -> dict[str, Any]:
    return {**within(days=10)(path), "starts": path.district.today - timedelta(days=1)}


FUNDS = [
    Case(with_fund, "fund_manager", "funds/propose", "F0.currency",
         "A currency is named by three capital letters, such as CNY.",
         says(name="新", kind="pooled", place=DISTRICT, year=2026, currency="Rmb", purposes=["创投"],
              reuse=True)),
    Case(with_fund, "fund_manager", "funds/record-appropriation", "F2.document",
         "The document 南财〔2026〕1号 is recorded already.",
         says(doc_no=DOCUMENT, amount_minor=1, year=2026)),
    Case(with_fund, "fund_manager", "funds/record-appropriation", "F2.year",
         "The fund is of the year 2026.", says(doc_no="2", amount_minor=1, year=2027)),
    Case(with_fund, "finance_approver", "funds/record-opening-balance", "F2a.first",
         "An opening balance comes before every other entry of a fund.",
         says(bank_minor=1, available_minor=1)),
    Case(with_fund, "fund_manager", "funds/amend-appropriation", "F2b.available",
         "3000000.01 CNY is more than the 3000000.00 CNY of “authority.available”.",
         says(doc_no="2", amount_minor=300_000_001)),
    Case(with_fund, "fund_manager", "funds/amend-appropriation", "F2b.document",
         "The document 南财〔2026〕1号 is recorded already.", says(doc_no=DOCUMENT, amount_minor=1)),
    Case(with_fund, "cashier", "funds/receive-contribution", "F3.bank_line",
         "The bank line B1 is recorded already.", gift(bank_ref="B1")),
    Case(with_fund, "cashier", "funds/receive-contribution", "F3.purposes",
         "A contribution may only be for purposes of its fund.", gift(purposes=["助学"])),
    Case(with_fund, "clock", "funds/close-day", "F9.later",
         "The day 2026-02-28 is closed.", says(day="2026-02-28")),
    Case(with_fund, "clock", "funds/close-day", "F9.over",
         "The day 2026-03-02 is not over.", says(day="2026-03-02")),
    Case(with_fund, "finance_approver", "funds/close-period", "F9a.over",
         "The last day of the period 2026-03 is not closed yet.", says(period="2026-03")),
    Case(with_fund, "finance_approver", "funds/close-period", "F9a.period",
         "A period is a month such as 2026-03.", says(period="2026-13")),
    Case(with_period_closed, "finance_approver", "funds/close-period", "F9a.later",
         "The period 2026-03 is closed already.", says(period="2026-03")),
    Case(with_month_over, "finance_approver", "funds/close-period", "F9a.reconciled",
         "1 payments of the fund are at the bank or not reconciled.", says(period="2026-03")),
    Case(with_budgeted_round, "finance_approver", "funds/start-closing", "F11.rounds",
         "1 rounds of the fund have not ended."),
    Case(with_closing_fund, "finance_approver", "funds/close", "F11a.zero",
         "The fund still holds something in: authority.available, authority.source, cash.bank, "
         "cash.restricted_net_assets."),
]  # fmt: skip

ROUNDS = [
    Case(with_budgeted_round, "round_secretary", "rounds/plan", "R1.no",
         "The number 2026-1 is another round's.",
         says(no="2026-1", title="又", kind="micro", place=DISTRICT, rules=RULES)),
    Case(with_planned_round, "fund_manager", "rounds/allot-budget", "R2.lines",
         "Each line of the budget may stand there once.", budgeted_twice),
    Case(with_budgeted_round, "district_officer", "rounds/publish-call", "R3.dates",
         "A call opens after it is published, and closes after it opens.", call(-1, 9)),
    Case(with_budgeted_round, "district_officer", "rounds/publish-call", "R3.dates",
         "A call opens after it is published, and closes after it opens.", call(9, 9)),
    Case(with_budgeted_round, "district_officer", "rounds/publish-call", "R3.calendar",
         "The working-day calendar CN-2026.1 does not cover these dates; publish a newer one "
         "first.", call(1, 3_000)),
    Case(with_open_round, "clock", "rounds/close-intake", "R6.time",
         "The call has not reached its closing time."),
    Case(with_intake_closed, "round_secretary", "rounds/start-review", "R7.panel",
         "No panel has been drawn for this round."),
    Case(with_panel_drawn, "round_secretary", "rounds/start-review", "R7.intake",
         "1 proposals have not come through intake and budget check."),
    Case(with_review_started, "panel_chair", "rounds/fix-ranking", "R8.deliberated R8.reviewed",
         "The panel of the round has not deliberated yet. 1 proposals are still under review."),
    Case(with_ranking_too_early, "district_officer", "rounds/publish-notice", "R9.decided",
         "1 proposals still wait for a decision.", within(days=10)),
    Case(with_award_proposed, "district_officer", "rounds/publish-notice", "R9.days",
         "A notice of this round runs 5 working days or more.", within(days=2)),
    Case(with_award_proposed, "district_officer", "rounds/publish-notice", "R9.days",
         "A notice of this round runs 5 working days or more.", within(days=-30)),
    Case(with_award_proposed, "district_officer", "rounds/publish-notice", "R9.longest",
         "A notice runs 366 days at most.",
         says(starts=date(2026, 4, 1), ends=date.max, contact="0")),
    Case(with_award_proposed, "district_officer", "rounds/publish-notice", "R9.starts",
         "A notice does not start before it is published.", started_yesterday),
    Case(with_notice_published, "clock", "rounds/conclude-notice", "R10.time",
         "The last day of the notice is not over."),
    Case(with_award_confirmed, "clock", "rounds/start-execution", "R11.signed",
         "No agreement of this round is signed."),
    Case(with_notice_over, "district_officer", "rounds/close", "R12.proposals R12.reserved",
         "1 proposals have not ended. Money is still reserved for awards."),
    Case(with_grant_active, "district_officer", "rounds/close", "R12.grants",
         "1 grants have not ended."),
    Case(with_open_round, "round_secretary", "panels/draw", "V1.round",
         "The round concerned is in stage “open”, which does not allow this.", drawn()),
    Case(with_panel_drawn, "round_secretary", "panels/draw", "V1.once",
         "The round has a panel already.", drawn()),
    Case(with_intake_closed, "round_secretary", "panels/draw", "V1.size",
         "The panel needs at least 1 people, and the list has 1.", drawn(size=2)),
]  # fmt: skip


@pytest.mark.parametrize("case", FUNDS + ROUNDS, ids=lambda case: case.rule)
def test_a_rule_refuses_with_its_sentence(standing: Callable[[Step], Path], case: Case) -> None:
    check_refused(standing(case.step), case)


def test_a_round_without_awards_ends_by_an_empty_notice(district: District) -> None:
    path = with_scored_proposal(district)
    path.tell("panel_chair", "proposals", "decline", path.proposal, feedback="名额有限")
    fix_ranking(path)
    said = within(days=10)(path)
    path.tell("district_officer", "rounds", "publish-notice", path.round, **said)
    district.wait(days=11)
    assert district.tell("district_officer", "rounds", "close", path.round).stage == "closed"

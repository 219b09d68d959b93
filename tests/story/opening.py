"""The first chapter: a fund is opened and gets its money, a round is planned, called and open."""

from __future__ import annotations

from tests.district import RULES, uscc
from tests.story.manners import a_repeat_gets_the_first_answer, a_stale_version_is_refused
from tests.story.people import DISTRICT
from tests.story.telling import Story

OURS = {
    **RULES,
    "tranches": [
        {"percent": 60, "condition": "signature"},
        {"percent": 30, "condition": "midterm"},
        {"percent": 10, "condition": "final"},
    ],
}


def opening(story: Story) -> None:
    """From nothing to a round that takes proposals."""
    the_organisation_is_registered(story)
    the_fund_is_opened(story)
    three_million_are_appropriated(story)
    two_million_come_in(story)
    the_round_gets_its_budget(story)
    the_call_is_published(story)


def the_organisation_is_registered(story: Story) -> None:
    story.organisation = story["district_officer"].creates(
        "organisations",
        name="同创社会工作服务中心",
        uscc=uscc(1),
        place="220102006",
        leader="person:li",
        account="account:0007",
    )
    story.welcome()
    story.books.are_as_before()


def the_fund_is_opened(story: Story) -> None:
    fund = {
        "name": "街道创新专项经费",
        "kind": "dedicated",
        "place": DISTRICT,
        "year": 2026,
        "currency": "CNY",
        "purposes": ["公益创投"],
        "reuse": True,
    }
    story.fund = a_repeat_gets_the_first_answer(story["fund_manager"], "/funds", fund)
    story.books.are_as_before()
    assert not story["fund_manager"].is_offered("funds", "open", story.fund)
    a_stale_version_is_refused(story["finance_approver"], f"/funds/{story.fund}/open")
    story.books.are_as_before()


def three_million_are_appropriated(story: Story) -> None:
    story.pair(
        "fund_manager",
        "finance_approver",
        "funds",
        "record-appropriation",
        story.fund,
        doc_no="南财〔2026〕1号",
        amount="3000000.00",
        year=2026,
        authority_ref="南财〔2026〕1号",
        reason="年度预算下达。",
    )
    story.books.hold(authority="source 3000000, available 3000000")


def two_million_come_in(story: Story) -> None:
    story.pair(
        "cashier",
        "reconciler",
        "funds",
        "receive-contribution",
        story.fund,
        contributor="区财政局",
        source="appropriation",
        amount="2000000.00",
        purposes=["公益创投"],
        bank_ref="20260302-001",
    )
    story.books.hold(
        authority="source 3000000, available 3000000",
        cash="bank 2000000, income_appropriation 2000000",
    )


def the_round_gets_its_budget(story: Story) -> None:
    story.round = story["round_secretary"].creates(
        "rounds",
        no="2026-1",
        title="第四届公益创投",
        kind="micro",
        place=DISTRICT,
        themes=["为老服务"],
        rules=OURS,
    )
    story.books.are_as_before()
    story.pair(
        "fund_manager",
        "finance_approver",
        "rounds",
        "allot-budget",
        story.round,
        fund=story.fund,
        lines=[
            {"line": "grants", "amount": "500000.00"},
            {"line": "evaluation", "amount_minor": 2_000_000},
        ],
    )
    story.books.hold(
        authority="source 3000000, available 2480000, allotted 520000",
        cash="bank 2000000, income_appropriation 2000000",
    )


def the_call_is_published(story: Story) -> None:
    """The clock opens the round, not the officer; nobody may do it by hand."""
    story.quietly(
        "district_officer",
        "rounds",
        "publish-call",
        story.round,
        rules_version="2026-1.1",
        opens="2026-03-09T09:00:00+08:00",
        closes="2026-03-20T17:00:00+08:00",
    )
    assert story.stage("rounds", story.round) == "published"
    story.until("2026-03-09T08:59:59+08:00")
    assert story.stage("rounds", story.round) == "published"
    story.until("2026-03-09T09:00:00+08:00")
    assert story.stage("rounds", story.round) == "open"

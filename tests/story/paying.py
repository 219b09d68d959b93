"""The third chapter: the agreement, the first payment through four hands, costs, the second."""

from __future__ import annotations

from typing import Any

from tests.story.telling import Story

MATCH = "counterpart 20000, pledged 20000"
GIVEN = "source 3000000, available 2480000, allotted 440000"
INCOME = "income_appropriation 2000000"

COSTS: list[dict[str, Any]] = [
    {"line": "activity", "amount": "30000.00", "voucher": "0001", "description": "活动场地"},
    {"line": "activity", "amount": "10000.00", "voucher": "0002", "description": "交通"},
    {"line": "activity", "amount": "15000.00", "voucher": "0003", "description": "活动物资"},
]


def paying(story: Story) -> None:
    """From the award to two paid tranches."""
    the_agreement_is_signed(story)
    the_money_is_committed(story)
    the_first_tranche_is_paid(story)
    costs_are_reported_and_one_is_questioned(story)
    the_midterm_is_passed(story)
    the_second_tranche_is_paid(story)


def the_agreement_is_signed(story: Story) -> None:
    story.until("2026-05-11T10:00:00+08:00")
    story.pair(
        "legal_representative",
        "district_officer",
        "grants",
        "sign-agreement",
        story.grant,
        document="document:agreement",
        account="account:0007",
        starts="2026-05-15",
        ends="2026-10-31",
        midterm="2026-07-31",
    )
    story.books.are_as_before()
    story.tranches = story.all("tranches", grant=story.grant)
    amounts = [story["leader"].get(f"/tranches/{id}").json()["amount"] for id in story.tranches]
    assert amounts == [
        {"amount_minor": 4_800_000, "currency": "CNY", "amount": "48000.00"},
        {"amount_minor": 2_400_000, "currency": "CNY", "amount": "24000.00"},
        {"amount_minor": 800_000, "currency": "CNY", "amount": "8000.00"},
    ]


def the_money_is_committed(story: Story) -> None:
    story.pair("fund_manager", "finance_approver", "grants", "activate", story.grant)
    story.books.hold(
        authority=f"{GIVEN}, committed 80000", cash=f"bank 2000000, {INCOME}", match=MATCH
    )
    story.until("2026-05-12T10:00:00+08:00")
    assert story.stage("rounds", story.round) == "executing"
    assert story.stage("tranches", story.tranches[0]) == "eligible"


def requested_and_checked(story: Story, tranche: str, invoice: str) -> None:
    story.quietly(
        "applicant", "tranches", "request", tranche, account="account:0007", invoice_no=invoice
    )
    story.quietly("fund_manager", "tranches", "check", tranche)


def the_first_tranche_is_paid(story: Story) -> None:
    first = story.tranches[0]
    requested_and_checked(story, first, "000123")
    story.by("finance_approver", "tranches", "approve", first)
    story.books.hold(
        authority=f"{GIVEN}, committed 80000",
        cash=f"bank 2000000, {INCOME}, payables 48000, advances 48000",
        match=MATCH,
    )
    story.quietly("cashier", "tranches", "send", first, batch="2026-05-1", bank_ref="0512-011")
    story.until("2026-05-13T10:00:00+08:00")
    wrong = {"bank_txn": "T1", "value_date": "2026-05-13", "account": "account:0007"}
    rules = story["reconciler"].is_refused("tranches", "confirm", first, amount="48000.01", **wrong)
    assert rules == ["T6.amount"]
    story.by("reconciler", "tranches", "confirm", first, amount="48000.00", **wrong)
    story.books.hold(
        authority=f"{GIVEN}, committed 32000, spent 48000",
        cash=f"bank 1952000, {INCOME}, advances 48000",
        match=MATCH,
    )
    story.quietly("reconciler", "tranches", "reconcile", first, statement_line="2026-05-31/7")


def costs_are_reported_and_one_is_questioned(story: Story) -> None:
    """Of 45 000 yuan accepted, 38 000 are posted: 10 000 of the advance wait for the answer."""
    story.until("2026-06-30T10:00:00+08:00")
    report = {"period": "2026-Q2", "sessions": 12, "cost_lines": COSTS}
    story.quietly("applicant", "grants", "report-progress", story.grant, **report)
    story.quietly("evaluator", "grants", "question-cost", story.grant, cost=2, cause="缺发票。")
    story.pair(
        "fund_manager", "finance_approver", "grants", "accept-costs", story.grant, lines=[1, 3]
    )
    paid = f"{GIVEN}, committed 32000, spent 48000"
    story.books.hold(
        authority=paid,
        cash=f"bank 1952000, {INCOME}, advances 10000, grant_expense 38000",
        match=MATCH,
    )
    story.by("finance_approver", "grants", "allow-cost", story.grant, cost=2, reply="已补票。")
    story.books.hold(
        authority=paid, cash=f"bank 1952000, {INCOME}, grant_expense 48000", match=MATCH
    )


def the_midterm_is_passed(story: Story) -> None:
    story.until("2026-07-31T09:00:00+08:00")
    assert story.stage("grants", story.grant) == "midterm_due"
    story.quietly("applicant", "grants", "submit-midterm", story.grant, report="已完成过半。")
    story.quietly("evaluator", "grants", "record-midterm", story.grant, score_milli=85_000)
    story.until("2026-08-03T09:00:00+08:00")
    stages = [story.stage("tranches", tranche) for tranche in story.tranches]
    assert stages == ["reconciled", "eligible", "planned"]


def the_second_tranche_is_paid(story: Story) -> None:
    """When it is reconciled, the 7 000 yuan accepted before they were paid are posted."""
    second = story.tranches[1]
    requested_and_checked(story, second, "000124")
    story.by("finance_approver", "tranches", "approve", second)
    story.books.hold(
        authority=f"{GIVEN}, committed 32000, spent 48000",
        cash=f"bank 1952000, {INCOME}, payables 24000, advances 24000, grant_expense 48000",
        match=MATCH,
    )
    story.quietly("cashier", "tranches", "send", second, batch="2026-08-1", bank_ref="0803-002")
    line = {"bank_txn": "T2", "value_date": "2026-08-03", "account": "account:0007"}
    story.by("reconciler", "tranches", "confirm", second, amount_minor=2_400_000, **line)
    paid = f"{GIVEN}, committed 8000, spent 72000"
    story.books.hold(
        authority=paid,
        cash=f"bank 1928000, {INCOME}, advances 24000, grant_expense 48000",
        match=MATCH,
    )
    story.by("reconciler", "tranches", "reconcile", second, statement_line="2026-08-31/2")
    story.books.hold(
        authority=paid,
        cash=f"bank 1928000, {INCOME}, advances 17000, grant_expense 55000",
        match=MATCH,
    )

"""The last chapter: final report, evaluation, settlement, refund, and everything closed."""

from __future__ import annotations

from tests.story.telling import Story

GIVEN = "source 3000000, available 2480000"
INCOME = "income_appropriation 2000000"
MATCH = "counterpart 20000, pledged 20000"


def ending(story: Story) -> None:
    """From the last costs to a closed round."""
    the_last_costs_are_accepted(story)
    the_final_report_is_evaluated(story)
    the_audit_is_waived(story)
    the_account_is_settled(story)
    the_grantee_pays_back(story)
    the_grant_is_closed(story)
    the_round_is_closed(story)


def the_last_costs_are_accepted(story: Story) -> None:
    story.until("2026-10-30T10:00:00+08:00")
    cost = {"line": "activity", "amount": "15000.00", "voucher": "0004", "description": "总结活动"}
    story.quietly(
        "applicant", "grants", "report-progress", story.grant, period="2026-Q4", cost_lines=[cost]
    )
    story.pair("fund_manager", "finance_approver", "grants", "accept-costs", story.grant, lines=[4])
    story.books.hold(
        authority=f"{GIVEN}, allotted 440000, committed 8000, spent 72000",
        cash=f"bank 1928000, {INCOME}, advances 2000, grant_expense 70000",
        match=MATCH,
    )


def the_final_report_is_evaluated(story: Story) -> None:
    story.until("2026-11-01T00:00:00+08:00")
    assert story.stage("grants", story.grant) == "final_due"
    story.until("2026-11-10T10:00:00+08:00")
    report = {"results": "全部完成。", "surplus": "2000.00"}
    story.quietly("legal_representative", "grants", "submit-final", story.grant, **report)
    story.quietly(
        "evaluator",
        "grants",
        "evaluate-final",
        story.grant,
        score_milli=92_000,
        satisfaction_percent=95,
        sample=30,
    )
    assert story["applicant"].get(f"/grants/{story.grant}").json()["grade"] == "excellent"


def the_audit_is_waived(story: Story) -> None:
    story.pair(
        "finance_approver", "leader", "grants", "waive-audit", story.grant, reason="低于审计起点。"
    )
    story.books.are_as_before()


def the_account_is_settled(story: Story) -> None:
    """Spent were 70 000 yuan, of which the grant carries 80%, that is 56 000.

    Paid were 72 000: 2 000 were never spent and 14 000 are above the share, so 16 000 are due
    back. The 8 000 of the last tranche go back to the round, and the pledge of the match ends.
    """
    story.pair("fund_manager", "finance_approver", "grants", "settle", story.grant)
    story.books.hold(
        authority=f"{GIVEN}, allotted 448000, spent 72000",
        cash=f"bank 1928000, {INCOME}, recoverable 16000, grant_expense 56000",
    )
    assert story.stage("tranches", story.tranches[2]) == "cancelled"


def the_grantee_pays_back(story: Story) -> None:
    """The fund may use the money again, so the right to commit comes back with it."""
    rules = story["district_officer"].is_refused("grants", "close", story.grant)
    assert rules == ["G19.recoverable"]
    story.pair(
        "cashier",
        "reconciler",
        "grants",
        "record-refund",
        story.grant,
        amount="16000.00",
        bank_ref="20261120-003",
    )
    story.books.hold(
        authority="source 3000000, available 2496000, allotted 448000, spent 56000",
        cash=f"bank 1944000, {INCOME}, grant_expense 56000",
    )


def the_grant_is_closed(story: Story) -> None:
    assert story.quietly("district_officer", "grants", "close", story.grant) == "closed"


def the_round_is_closed(story: Story) -> None:
    assert story.by("district_officer", "rounds", "close", story.round) == "closed"
    story.books.hold(
        authority="source 3000000, available 2944000, spent 56000",
        cash=f"bank 1944000, {INCOME}, grant_expense 56000",
    )

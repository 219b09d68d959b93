"""The rules of grants and tranches, each with the sentence that refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.application.cases import Case, Fields, Step, bank_line, says, with_payment_sent
from tests.application.refusing import check_refused, refused, rules
from tests.district import RULES, District
from tests.played import ACCOUNT, Path, with_award_confirmed
from tests.played_to_end import (
    approve,
    with_costs_accepted,
    with_final_evaluated,
    with_first_tranche_paid,
    with_grant_active,
    with_grant_settled,
    with_midterm_passed,
    with_second_tranche_paid,
)


def with_midterm_due(district: District) -> Path:
    path = with_grant_active(district)
    district.wait(days=115)
    return path


def with_final_due(district: District) -> Path:
    path = with_second_tranche_paid(district)
    district.wait(days=110)
    return path


def with_final_overdue(district: District) -> Path:
    path = with_final_due(district)
    district.wait(days=40)
    return path


def with_final_submitted(district: District) -> Path:
    path = with_final_due(district)
    path.tell("legal", "grants", "submit-final", path.grant, results="完成")
    return path


def with_small_audit_threshold(district: District) -> Path:
    return with_final_evaluated(district, rules={**RULES, "audit_threshold_minor": 7_999_999})


def with_question_before_settlement(district: District) -> Path:
    path = with_final_evaluated(district)
    path.pair("finance_approver", "leader", "grants", "waive-audit", path.grant, reason="小")
    path.tell("evaluator", "grants", "question-cost", path.grant, cost=1, cause="疑")
    return path


def with_payment_at_settlement(district: District) -> Path:
    path = with_midterm_passed(district)
    approve(path)
    district.wait(days=110)
    path.tell("legal", "grants", "submit-final", path.grant, results="完成")
    path.tell("evaluator", "grants", "evaluate-final", path.grant, **evaluation()(path))
    path.pair("finance_approver", "leader", "grants", "waive-audit", path.grant, reason="小")
    return path


def with_part_refunded(district: District) -> Path:
    path = with_grant_settled(district)
    path.pair("cashier", "reconciler", "grants", "record-refund", path.grant,
              amount_minor=1, bank_ref="RF1")  # fmt: skip
    return path


def with_returned_payment(district: District) -> Path:
    path = with_payment_sent(district)
    path.tell("reconciler", "tranches", "record-bank-return", path.tranches[0], code="R01")
    return path


def terms(**changes: Any) -> Fields:
    said = {"document": "d", "account": ACCOUNT, "starts": "2026-04-10", "ends": "2026-10-31"}
    return says(**{**said, "midterm": "2026-07-15", **changes})


def spent(**changes: Any) -> Fields:
    line = {"line": "activity", "amount_minor": 1, "voucher": "V9", "description": "又一次"}
    return says(period="2026Q3", cost_lines=[{**line, **changes}])


def evaluation(**changes: int) -> Fields:
    return says(**{"score_milli": 90_000, "satisfaction_percent": 90, "sample": 30, **changes})


GRANTS = [
    Case(with_award_confirmed, "legal", "grants/sign-agreement", "G2.period G2.midterm_within",
         "The last day comes after the first. The mid-term lies inside the period.",
         terms(ends="2026-04-10")),
    Case(with_award_confirmed, "legal", "grants/sign-agreement", "G2.midterm",
         "A tranche of this round waits for the mid-term, so the agreement names its day.",
         terms(midterm=None)),
    Case(with_award_confirmed, "legal", "grants/sign-agreement", "G2.midterm_within",
         "The mid-term lies inside the period.", terms(midterm="2026-10-31")),
    Case(with_award_confirmed, "clock", "grants/cancel", "G28.due",
         "The agreement is not overdue.", says(cause="unsigned")),
    Case(with_costs_accepted, "applicant", "grants/report-progress", "G5.lines",
         "A cost belongs to a line of the budget: activity, management.", spent(line="travel")),
    Case(with_costs_accepted, "applicant", "grants/report-progress", "G5.vouchers",
         "A voucher can be reported once.", spent(voucher="V1")),
    Case(with_costs_accepted, "fund_manager", "grants/accept-costs", "G6.cost",
         "The grant has no cost number 9.", says(lines=[9])),
    Case(with_costs_accepted, "fund_manager", "grants/accept-costs", "G6.reported",
         "Only reported costs that nobody questions can be accepted.", says(lines=[1])),
    Case(with_costs_accepted, "evaluator", "grants/question-cost", "G7.cost",
         "The grant has no cost number 9.", says(cost=9, cause="疑")),
    Case(with_question_before_settlement, "evaluator", "grants/question-cost", "G7.once",
         "This cost is questioned or disallowed already.", says(cost=1, cause="又疑")),
    Case(with_costs_accepted, "finance_approver", "grants/allow-cost", "G8.questioned",
         "This cost is not questioned.", says(cost=2, reply="是")),
    Case(with_costs_accepted, "finance_approver", "grants/disallow-cost", "G8a.questioned",
         "This cost is not questioned.", says(cost=2, reply="否")),
    Case(with_grant_active, "clock", "grants/open-midterm", "G12.day",
         "The day of the mid-term has not come."),
    Case(with_midterm_passed, "clock", "grants/open-midterm", "G12.once", "The mid-term is done."),
    Case(with_midterm_due, "evaluator", "grants/record-midterm", "G12b.submitted",
         "The mid-term report is not in.", says(score_milli=90_000)),
    Case(with_grant_active, "clock", "grants/end-period", "G14.day",
         "The period of the grant is not over."),
    Case(with_final_overdue, "legal", "grants/submit-final", "G15.due",
         "The final report was due on 2026-11-30.", says(results="迟了")),
    Case(with_final_submitted, "evaluator", "grants/return-final", "G15a.due",
         "The due day lies in the future.",
         lambda path: {"defects": ["缺"], "due": path.district.today}),
    Case(with_final_submitted, "evaluator", "grants/evaluate-final", "G16.sample",
         "Ask at least one resident.", evaluation(sample=0)),
    Case(with_small_audit_threshold, "finance_approver", "grants/waive-audit", "G17a.threshold",
         "80000.00 CNY is more than the 79999.99 CNY of “audit_threshold”.", says(reason="小")),
    Case(with_question_before_settlement, "fund_manager", "grants/settle", "G18.questioned",
         "A cost is still questioned; decide it."),
    Case(with_payment_at_settlement, "fund_manager", "grants/settle", "G18.tranches",
         "1 tranches are still under way."),
    Case(with_grant_settled, "district_officer", "grants/close", "G19.recoverable",
         "The account “cash.recoverable” of the grant is not zero, and no clawback is ordered."),
    Case(with_part_refunded, "cashier", "grants/record-refund", "G23.bank_line",
         "The bank line RF1 is recorded already.", says(amount_minor=1, bank_ref="RF1")),
]  # fmt: skip

TRANCHES = [
    Case(with_grant_active, "applicant", "tranches/request", "T2.account",
         "Payment goes to the account of the agreement and to no other.",
         says(account="account:2", invoice_no="I1")),
    Case(with_payment_sent, "reconciler", "tranches/confirm", "T6.account",
         "The bank line has another account than the tranche.", bank_line(account="account:2")),
    Case(with_payment_sent, "reconciler", "tranches/confirm", "T6.value_date",
         "The value date lies in the future.", bank_line(days=1)),
    Case(with_returned_payment, "finance_approver", "tranches/retry", "T7c.account",
         "Payment goes to the account of the agreement and to no other.",
         says(account="account:2")),
]  # fmt: skip


@pytest.mark.parametrize("case", GRANTS + TRANCHES, ids=lambda case: case.rule)
def test_a_rule_refuses_with_its_sentence(standing: Callable[[Step], Path], case: Case) -> None:
    check_refused(standing(case.step), case)


def test_costs_are_accepted_within_the_line_and_its_shift(district: District) -> None:
    limit = 9_500_000 * 110 // 100
    path = with_first_tranche_paid(district)
    first = spent(amount_minor=limit, voucher="V1")(path)
    path.tell("applicant", "grants", "report-progress", path.grant, **first)
    more = spent(amount_minor=1, voucher="V2")(path)
    path.tell("applicant", "grants", "report-progress", path.grant, **more)
    refusal = refused(district, "fund_manager", "grants", "accept-costs", path.grant, lines=[1, 2])
    assert str(refusal) == "These budget lines would be exceeded by more than 10%: activity."
    path.pair("fund_manager", "finance_approver", "grants", "accept-costs", path.grant, lines=[1])


def test_a_questioned_cost_above_the_limit_holds_the_next_tranche(district: District) -> None:
    path = with_midterm_passed(district)
    path.tell("evaluator", "grants", "question-cost", path.grant, cost=1, cause="疑")
    request = {"account": ACCOUNT, "invoice_no": "I2"}
    refusal = refused(district, "applicant", "tranches", "request", path.tranches[1], **request)
    assert rules(refusal) == ["T2.questioned"]

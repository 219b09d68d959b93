"""The second half of the path: payments, reports, evaluation, settlement, and everything closed."""

from __future__ import annotations

from typing import Any

from tests.district import District
from tests.played import ACCOUNT, Path, with_grant_active

COSTS: list[dict[str, Any]] = [
    {"line": "activity", "amount_minor": 4_000_000, "voucher": "V1", "description": "活动场地"},
    {"line": "activity", "amount_minor": 1_000_000, "voucher": "V2", "description": "活动材料"},
]
"""What the grantee reports as spent: fen, by voucher."""


def approve(path: Path) -> str:
    """The next tranche, requested, checked and approved by three people."""
    tranche, invoice = path.tranches[path.paid], f"I{path.paid + 1}"
    path.tell("applicant", "tranches", "request", tranche, account=ACCOUNT, invoice_no=invoice)
    path.tell("fund_manager", "tranches", "check", tranche)
    path.tell("finance_approver", "tranches", "approve", tranche)
    return tranche


def send(path: Path) -> str:
    """The next tranche, approved and handed to the bank by a fourth person."""
    tranche = approve(path)
    reference = f"R{path.paid + 1}"
    path.tell("cashier", "tranches", "send", tranche, batch="1", bank_ref=reference)
    return tranche


def pay(path: Path) -> str:
    """The next tranche, paid by the bank and reconciled."""
    tranche = send(path)
    path.paid += 1
    with path.district.system.store.shelf() as shelf:
        minor = getattr(shelf.fetch([f"tranche:{tranche}"])[f"tranche:{tranche}"], "amount_minor")
    path.tell(
        "reconciler", "tranches", "confirm", tranche, bank_txn=f"X{path.paid}",
        value_date=path.district.today, amount_minor=minor, account=ACCOUNT,
    )  # fmt: skip
    path.tell("reconciler", "tranches", "reconcile", tranche, statement_line=f"S{path.paid}")
    return tranche


def with_first_tranche_paid(district: District, **asked: Any) -> Path:
    """The first tranche is paid and reconciled."""
    path = with_grant_active(district, **asked)
    pay(path)
    return path


def with_costs_accepted(district: District, **asked: Any) -> Path:
    """Costs are reported; one was questioned and allowed, the other accepted."""
    path = with_first_tranche_paid(district, **asked)
    grant = path.grant
    path.tell(
        "applicant", "grants", "report-progress", grant,
        period="2026Q2", sessions=4, cost_lines=COSTS,
    )  # fmt: skip
    path.tell("evaluator", "grants", "question-cost", grant, cost=2, cause="没有票据")
    path.tell("finance_approver", "grants", "allow-cost", grant, cost=2, reply="补交了票据")
    path.pair("fund_manager", "finance_approver", "grants", "accept-costs", grant, lines=[1])
    return path


def with_midterm_passed(district: District, **asked: Any) -> Path:
    """The mid-term is passed, and the second tranche may be requested."""
    path = with_costs_accepted(district, **asked)
    district.wait(days=115)
    path.tell("applicant", "grants", "submit-midterm", path.grant, report="中期报告")
    path.tell("evaluator", "grants", "record-midterm", path.grant, score_milli=85_000)
    district.wait(hours=1)
    return path


def with_second_tranche_paid(district: District, **asked: Any) -> Path:
    """Both tranches are paid and reconciled."""
    path = with_midterm_passed(district, **asked)
    pay(path)
    return path


def with_final_evaluated(district: District, **asked: Any) -> Path:
    """The period is over, the final report is in and evaluated."""
    path = with_second_tranche_paid(district, **asked)
    district.wait(days=110)
    path.tell(
        "legal", "grants", "submit-final", path.grant, results="全部完成", surplus_minor=3_000_000
    )
    path.tell(
        "evaluator", "grants", "evaluate-final", path.grant,
        score_milli=92_000, satisfaction_percent=95, sample=30,
    )  # fmt: skip
    return path


def with_grant_settled(district: District, **asked: Any) -> Path:
    """The audit is waived and the account settled; what was not spent is due back."""
    path = with_final_evaluated(district, **asked)
    path.pair("finance_approver", "leader", "grants", "waive-audit", path.grant, reason="金额小")
    path.pair("fund_manager", "finance_approver", "grants", "settle", path.grant)
    return path


def due_back(path: Path) -> int:
    """What the grantee owes, in minor units."""
    with path.district.system.store.shelf() as shelf:
        grant = shelf.fetch([f"grant:{path.grant}"])[f"grant:{path.grant}"]
    return grant.balance("cash.recoverable")


def with_grant_closed(district: District, **asked: Any) -> Path:
    """The surplus has come back and the grant is closed."""
    path = with_grant_settled(district, **asked)
    path.pair(
        "cashier", "reconciler", "grants", "record-refund", path.grant,
        amount_minor=due_back(path), bank_ref="RF1",
    )  # fmt: skip
    path.tell("district_officer", "grants", "close", path.grant)
    return path


def with_round_closed(district: District, **asked: Any) -> Path:
    """The round is closed; the rest of its budget is back in the fund."""
    path = with_grant_closed(district, **asked)
    path.tell("district_officer", "rounds", "close", path.round)
    return path

"""The second half of the path: agreement, payments, reports, settlement, everything closed."""

from __future__ import annotations

from typing import Any

from tests.district import District
from tests.played import ACCOUNT, APPROPRIATED, AWARD, Path, with_award_confirmed

COSTS: list[dict[str, Any]] = [
    {"line": "activity", "amount_minor": 4_000_000, "voucher": "V1", "description": "活动场地"},
    {"line": "activity", "amount_minor": 1_000_000, "voucher": "V2", "description": "活动材料"},
]
"""What the grantee reports as spent: fen, by voucher."""


def with_agreement_signed(district: District, **asked: Any) -> Path:
    """The agreement is signed and the tranches are planned."""
    path = with_award_confirmed(district, **asked)
    path.pair(
        "legal", "district_officer", "grants", "sign-agreement", path.grant, document="document:1",
        account=ACCOUNT, starts="2026-04-10", ends="2026-10-31", midterm="2026-07-15",
    )  # fmt: skip
    path.tranches = district.all("tranches", grant=path.grant)
    district.wait(hours=1)
    return path


def with_grant_active(district: District, **asked: Any) -> Path:
    """The money is committed and the first tranche may be requested."""
    path = with_agreement_signed(district, **asked)
    path.pair("fund_manager", "finance_approver", "grants", "activate", path.grant)
    district.wait(hours=1)
    return path


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


def found(path: Path, stream: str) -> Any:
    """A thing as it was last saved."""
    with path.district.system.store.shelf() as shelf:
        return shelf.fetch([stream])[stream]


def pay(path: Path) -> str:
    """The next tranche, paid by the bank and reconciled."""
    tranche = send(path)
    path.paid += 1
    minor = found(path, f"tranche:{tranche}").amount_minor
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


def with_costs_accepted(
    district: District, *, costs: list[dict[str, Any]] = COSTS, **asked: Any
) -> Path:
    """Costs are reported; one was questioned and allowed, the other accepted."""
    path = with_first_tranche_paid(district, **asked)
    grant = path.grant
    path.tell(
        "applicant", "grants", "report-progress", grant,
        period="2026Q2", sessions=4, cost_lines=costs,
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
    return int(found(path, f"grant:{path.grant}").balance("cash.recoverable"))


def with_grant_closed(district: District, **asked: Any) -> Path:
    """The surplus has come back, where there was one, and the grant is closed."""
    path = with_grant_settled(district, **asked)
    if due := due_back(path):
        path.pair(
            "cashier", "reconciler", "grants", "record-refund", path.grant,
            amount_minor=due, bank_ref="RF1",
        )  # fmt: skip
    path.tell("district_officer", "grants", "close", path.grant)
    return path


def with_round_closed(district: District, **asked: Any) -> Path:
    """The round is closed; the rest of its budget is back in the fund."""
    path = with_grant_closed(district, **asked)
    path.tell("district_officer", "rounds", "close", path.round)
    return path


def with_fund_spent(district: District, **asked: Any) -> Path:
    """A fund that had just enough money, all spent; what was never used of its authority is cut."""
    costs = [{**COSTS[0], "amount_minor": 9_000_000}, COSTS[1]]
    path = with_round_closed(district, paid_in=AWARD, costs=costs, **asked)
    path.pair(
        "fund_manager", "finance_approver", "funds", "amend-appropriation", path.fund,
        doc_no="南财〔2026〕2号", amount_minor=APPROPRIATED - AWARD,
    )  # fmt: skip
    return path


def with_fund_closed(district: District, **asked: Any) -> Path:
    """Every account of the fund is closed and empty."""
    path = with_fund_spent(district, **asked)
    path.tell("finance_approver", "funds", "start-closing", path.fund)
    path.pair("finance_approver", "leader", "funds", "close", path.fund)
    return path

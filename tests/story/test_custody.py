"""Stories of a filed organisation whose fiscal agent keeps the money; the books by hand, in fen."""

from __future__ import annotations

import pytest

from application.questions import Moment
from domain.errors import Refusal
from tests.district import District
from tests.played import ACCOUNT, Path
from tests.played_in_custody import with_custody
from tests.played_to_end import found, pay, send, with_final_evaluated, with_grant_active

MATCH = {"match.pledged": 2_000_000, "match.counterpart": -2_000_000}
GIVEN = {"authority.source": -300_000_000, "cash.income_appropriation": -300_000_000}


def books(path: Path, fund: str = "") -> dict[str, int]:
    """What the accounts of a fund hold, debit less credit, where they hold anything."""
    rows = path.district.system.questions.balances(Moment(), fund=fund or path.fund)
    return {row.account: row.balance_minor for row in rows if row.balance_minor}


def kept(path: Path) -> dict[str, int]:
    """What the fund of the fiscal agent holds."""
    account = found(path, f"custody_account:{custody(path)}")
    return books(path, account.fund)


def custody(path: Path) -> str:
    return path.district.only("custody-accounts", organisation=path.organisation)


def in_custody(minor: int) -> dict[str, int]:
    return {"custody.assets": minor, "custody.liabilities": -minor}


def confirm(path: Path, tranche: str, minor: int) -> None:
    path.tell(
        "reconciler", "tranches", "confirm", tranche, bank_txn="X", amount_minor=minor,
        value_date=path.district.today, account=ACCOUNT,
    )  # fmt: skip


def pay_out(path: Path, minor: int, voucher: str) -> None:
    path.pair(
        "agent", "legal", "custody-accounts", "pay-out", custody(path),
        grant=path.grant, payee="文具店", amount_minor=minor, voucher=voucher,
    )  # fmt: skip


def rules(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [reason.rule for reason in refused.value.reasons]


def test_a_filed_organisation_is_funded_through_its_agent_from_signature_to_close(
    district: District,
) -> None:
    path = with_grant_active(district, organised=with_custody)
    assert {"person:agent", "person:legal"} <= set(found(path, f"grant:{path.grant}").parties)
    tranche = first_payment_comes_back(path)
    it_is_paid_again(path, tranche)
    report_and_pass_midterm(path)
    all_is_paid(path)
    end(path)
    the_rest_comes_back(path)
    all_is_closed(path)


def first_payment_comes_back(path: Path) -> str:
    """The agent keeps the first tranche until the bank sends it back late."""
    committed = {
        **GIVEN, **MATCH, "authority.available": 249_000_000, "authority.allotted": 43_000_000,
        "authority.committed": 8_000_000, "cash.bank": 300_000_000,
    }  # fmt: skip
    assert books(path) == committed

    tranche = send(path)
    confirm(path, tranche, 4_800_000)
    assert books(path) == {
        **committed, "cash.bank": 295_200_000, "cash.advances": 4_800_000,
        "authority.committed": 3_200_000, "authority.spent": 4_800_000,
    }  # fmt: skip
    assert kept(path) == in_custody(4_800_000)
    with pytest.raises(Refusal) as unsure:
        pay_out(path, 1, "K0")
    assert rules(unsure) == ["C3.kept"]

    path.tell("reconciler", "tranches", "record-late-return", tranche, code="账号不符")
    assert books(path) == {
        **committed, "cash.advances": 4_800_000, "cash.payables": -4_800_000,
    }  # fmt: skip
    assert kept(path) == {}
    return tranche


def it_is_paid_again(path: Path, tranche: str) -> None:
    path.tell("finance_approver", "tranches", "retry", tranche, account=ACCOUNT)
    path.tell("cashier", "tranches", "send", tranche, batch="2", bank_ref="R1b")
    confirm(path, tranche, 4_800_000)
    path.tell("reconciler", "tranches", "reconcile", tranche, statement_line="S1")
    path.paid = 1
    pay_out(path, 1_000_000, "K1")
    assert kept(path) == in_custody(3_800_000)


def all_is_paid(path: Path) -> None:
    pay(path)
    pay_out(path, 4_000_000, "K2")
    assert kept(path) == in_custody(3_000_000)
    assert books(path) == {
        **GIVEN, **MATCH, "authority.available": 249_000_000, "authority.allotted": 43_000_000,
        "authority.spent": 8_000_000, "cash.bank": 292_000_000,
        "cash.grant_expense": 5_000_000, "cash.advances": 3_000_000,
    }  # fmt: skip


def the_rest_comes_back(path: Path) -> None:
    with pytest.raises(Refusal) as kept_back:
        path.tell("fund_manager", "grants", "settle", path.grant)
    assert rules(kept_back) == ["G18.custody"]
    path.pair(
        "agent", "reconciler", "custody-accounts", "return", custody(path),
        grant=path.grant, amount_minor=3_000_000, bank_ref="BACK1",
    )  # fmt: skip
    assert kept(path) == {}
    assert books(path) == {
        **GIVEN, **MATCH, "authority.available": 252_000_000, "authority.allotted": 43_000_000,
        "authority.spent": 5_000_000, "cash.bank": 295_000_000, "cash.grant_expense": 5_000_000,
    }  # fmt: skip


def all_is_closed(path: Path) -> None:
    """The fund bears 80% of 50,000 yuan of cost; what it paid beyond 40,000 is due back."""
    path.pair("fund_manager", "finance_approver", "grants", "settle", path.grant)
    with pytest.raises(Refusal) as live:
        path.tell("agent", "custody-accounts", "close", custody(path))
    assert rules(live) == ["C7.grants"]
    path.pair(
        "cashier", "reconciler", "grants", "record-refund", path.grant,
        amount_minor=1_000_000, bank_ref="RF1",
    )  # fmt: skip
    path.tell("district_officer", "grants", "close", path.grant)
    path.pair("agent", "subdistrict_officer", "custody-accounts", "close", custody(path))
    assert found(path, f"custody_account:{custody(path)}").stage == "closed"
    assert books(path) == {
        **GIVEN, "authority.available": 253_000_000, "authority.allotted": 43_000_000,
        "authority.spent": 4_000_000, "cash.bank": 296_000_000, "cash.grant_expense": 4_000_000,
    }  # fmt: skip


def report_and_pass_midterm(path: Path) -> None:
    """Cost of 50,000 yuan is reported and accepted, and the mid-term is passed."""
    cost = {
        "line": "activity", "amount_minor": 5_000_000, "voucher": "V1", "description": "活动",
    }  # fmt: skip
    path.tell("applicant", "grants", "report-progress", path.grant, period="1", cost_lines=[cost])
    path.pair("fund_manager", "finance_approver", "grants", "accept-costs", path.grant, lines=[1])
    path.district.wait(days=115)
    path.tell("applicant", "grants", "submit-midterm", path.grant, report="中期报告")
    path.tell("evaluator", "grants", "record-midterm", path.grant, score_milli=85_000)
    path.district.wait(hours=1)


def end(path: Path) -> None:
    """The period is over, the final report is evaluated and the audit waived."""
    path.district.wait(days=110)
    path.tell("legal", "grants", "submit-final", path.grant, results="完成", surplus_minor=0)
    path.tell(
        "evaluator", "grants", "evaluate-final", path.grant,
        score_milli=92_000, satisfaction_percent=95, sample=30,
    )  # fmt: skip
    path.pair("finance_approver", "leader", "grants", "waive-audit", path.grant, reason="金额小")


def charge(path: Path, minor: int) -> None:
    path.pair(
        "finance_approver", "leader", "custody-accounts", "charge-agent", custody(path),
        grant=path.grant, amount_minor=minor, reason="多次催告仍不支付",
    )  # fmt: skip


def test_an_agent_who_does_not_pay_is_charged_and_owes_it(district: District) -> None:
    path = with_final_evaluated(district, organised=with_custody)
    assert kept(path) == in_custody(8_000_000)
    advanced = {
        **GIVEN, **MATCH, "authority.available": 249_000_000, "authority.allotted": 43_000_000,
        "authority.spent": 8_000_000, "cash.bank": 292_000_000,
    }  # fmt: skip
    assert books(path) == {
        **advanced, "cash.grant_expense": 5_000_000, "cash.advances": 3_000_000,
    }  # fmt: skip

    charge(path, 3_000_000)
    assert kept(path) == in_custody(5_000_000)
    assert books(path) == {
        **advanced, "cash.grant_expense": 5_000_000, "cash.recoverable": 3_000_000,
    }  # fmt: skip
    with pytest.raises(Refusal) as twice:
        charge(path, 1)
    assert rules(twice) == ["C5.claim"], "what was charged already backs no second charge"

    disallow(path)
    charge(path, 5_000_000)
    assert kept(path) == {}
    assert books(path) == {**advanced, "cash.recoverable": 8_000_000}
    the_agent_repays(path)


def disallow(path: Path) -> None:
    """The agent never paid for the cost that was accepted, so it is not accepted any more."""
    for cost in (1, 2):
        path.tell("evaluator", "grants", "question-cost", path.grant, cost=cost, cause="未付款")
        path.tell(
            "finance_approver", "grants", "disallow-cost", path.grant, cost=cost, reply="属实"
        )


def the_agent_repays(path: Path) -> None:
    charges = found(path, f"custody_account:{custody(path)}").charges
    assert [charge.amount_minor for charge in charges] == [3_000_000, 5_000_000]

    path.pair("finance_approver", "leader", "grants", "waive-audit", path.grant, reason="金额小")
    path.pair("fund_manager", "finance_approver", "grants", "settle", path.grant)
    path.pair(
        "cashier", "reconciler", "grants", "record-refund", path.grant,
        amount_minor=8_000_000, bank_ref="RF1",
    )  # fmt: skip
    path.tell("district_officer", "grants", "close", path.grant)
    assert books(path) == {
        **GIVEN, "authority.available": 257_000_000, "authority.allotted": 43_000_000,
        "cash.bank": 300_000_000,
    }  # fmt: skip

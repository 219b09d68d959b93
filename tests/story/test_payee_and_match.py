"""Stories of a payee that changes shortly before a payment, and of match money shown in part."""

from __future__ import annotations

import pytest

from application.questions import Moment
from domain.errors import Refusal
from tests.district import District
from tests.played import APPROPRIATED, AWARD, Path
from tests.played_to_end import COSTS, found, with_grant_active, with_second_tranche_paid

NEW = "account:new"


def rules(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [reason.rule for reason in refused.value.reasons]


def filed(path: Path, who: str) -> str:
    """A document about the grant that somebody has put on file."""
    return path.tell(
        who, "documents", "store", sha256="ab" * 32, media_type="application/pdf", size=9,
        subject=f"grant:{path.grant}",
    )  # fmt: skip


def change(path: Path) -> None:
    """The payee becomes another account, proved by the bank's letter."""
    path.pair(
        "legal", "finance_approver", "grants", "change-payee", path.grant,
        account=NEW, document=filed(path, "applicant"), reason="换开户行",
    )  # fmt: skip


def check_request(path: Path, tranche: str) -> None:
    path.tell("applicant", "tranches", "request", tranche, account=NEW, invoice_no="I1")
    path.tell("fund_manager", "tranches", "check", tranche)


def test_a_payee_changed_before_a_payment_is_not_paid_until_five_working_days_have_gone(
    district: District,
) -> None:
    path = with_grant_active(district)
    tranche = path.tranches[0]
    path.tell("applicant", "tranches", "request", tranche, account="account:1", invoice_no="I0")
    path.tell("fund_manager", "tranches", "check", tranche)
    while str(district.today) < "2026-04-07":
        district.wait(days=1)
    # Tuesday, 7 April 2026: Qingming is over. The fifth working day is Tuesday, 14 April.
    change(path)
    with pytest.raises(Refusal) as old:
        path.tell("finance_approver", "tranches", "approve", tranche)
    assert rules(old) == ["T4.payee", "T4.rested"]
    path.tell("fund_manager", "tranches", "return-request", tranche, reason="账户已变更")
    check_request(path, tranche)

    while str(district.today) < "2026-04-14":
        with pytest.raises(Refusal) as early:
            path.tell("finance_approver", "tranches", "approve", tranche)
        assert rules(early) == ["T4.rested"]
        district.wait(days=1)
    with pytest.raises(Refusal) as fifth:
        path.tell("finance_approver", "tranches", "approve", tranche)
    assert rules(fifth) == ["T4.rested"]
    district.wait(days=1)
    path.tell("finance_approver", "tranches", "approve", tranche)
    assert found(path, f"tranche:{tranche}").stage == "approved"


def test_a_new_account_that_the_manager_has_verified_again_is_paid_at_once(
    district: District,
) -> None:
    path = with_grant_active(district)
    tranche = path.tranches[0]
    before = filed(path, "fund_manager")
    district.wait(hours=1)
    change(path)
    check_request(path, tranche)
    district.wait(hours=1)
    for proof in (before, filed(path, "applicant"), filed(path, "finance_approver")):
        with pytest.raises(Refusal) as no_proof:
            path.tell("finance_approver", "tranches", "approve", tranche, document=proof)
        assert rules(no_proof) == ["T4.rested"]
    proof = filed(path, "fund_manager")
    path.tell("finance_approver", "tranches", "approve", tranche, document=proof)
    assert found(path, f"tranche:{tranche}").verification == proof


def books(path: Path) -> dict[str, int]:
    rows = path.district.system.questions.balances(Moment(), fund=path.fund)
    return {row.account: row.balance_minor for row in rows if row.balance_minor}


def test_match_money_that_is_shown_in_part_ends_the_rest_of_the_pledge_at_settlement(
    district: District,
) -> None:
    costs = [{**COSTS[0], "amount_minor": 9_000_000}, COSTS[1]]
    path = with_second_tranche_paid(district, paid_in=AWARD, costs=costs)
    path.pair(
        "applicant", "fund_manager", "grants", "record-match", path.grant,
        amount_minor=500_000, document=filed(path, "applicant"),
    )  # fmt: skip
    money = {
        "authority.source": -300_000_000, "authority.available": 249_000_000,
        "authority.allotted": 43_000_000, "authority.spent": 8_000_000,
        "cash.income_appropriation": -8_000_000, "cash.grant_expense": 8_000_000,
    }  # fmt: skip
    assert books(path) == {
        **money, "match.counterpart": -2_000_000, "match.pledged": 1_500_000,
        "match.received": 500_000,
    }  # fmt: skip

    settle(path)
    shown = {"match.counterpart": -500_000, "match.received": 500_000}
    assert books(path) == {**money, **shown}
    close_all(path)
    assert books(path) == shown


def settle(path: Path) -> None:
    path.district.wait(days=110)
    path.tell("legal", "grants", "submit-final", path.grant, results="完成", surplus_minor=0)
    path.tell(
        "evaluator", "grants", "evaluate-final", path.grant,
        score_milli=92_000, satisfaction_percent=95, sample=30,
    )  # fmt: skip
    path.pair("finance_approver", "leader", "grants", "waive-audit", path.grant, reason="金额小")
    path.pair("fund_manager", "finance_approver", "grants", "settle", path.grant)


def close_all(path: Path) -> None:
    """The books of money close, and what was shown of the match money is remembered."""
    path.tell("district_officer", "grants", "close", path.grant)
    path.tell("district_officer", "grants", "publish-result", path.grant)
    path.tell("district_officer", "rounds", "close", path.round)
    path.pair(
        "fund_manager", "finance_approver", "funds", "amend-appropriation", path.fund,
        doc_no="南财〔2026〕2号", amount_minor=APPROPRIATED - AWARD,
    )  # fmt: skip
    path.tell("finance_approver", "funds", "start-closing", path.fund)
    path.pair("finance_approver", "leader", "funds", "close", path.fund)
    assert found(path, f"fund:{path.fund}").stage == "closed"

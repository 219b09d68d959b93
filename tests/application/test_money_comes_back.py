"""Money that comes back by itself: an award nobody signed, a payment the bank sends back late."""

from __future__ import annotations

from application.questions import Moment
from tests.district import District
from tests.played import AWARD, Path, with_award_confirmed
from tests.played_to_end import found, pay, send, with_agreement_signed, with_grant_active


def books(path: Path) -> dict[str, int]:
    """What the fund's accounts hold, debit less credit, where they hold anything."""
    rows = path.district.system.questions.balances(Moment(), fund=path.fund)
    return {row.account: row.balance_minor for row in rows if row.balance_minor}


def test_an_award_that_nobody_signs_lapses_and_frees_its_money(district: District) -> None:
    path = with_award_confirmed(district)
    assert books(path)["authority.reserved"] == AWARD
    assert books(path)["match.pledged"] == 2_000_000

    district.wait(days=31)

    assert found(path, f"grant:{path.grant}").stage == "cancelled"
    assert found(path, f"proposal:{path.proposal}").stage == "lapsed_unsigned"
    assert "authority.reserved" not in books(path)
    assert "match.pledged" not in books(path)
    assert books(path)["authority.allotted"] == 51_000_000


def test_a_grant_that_is_declined_after_signing_takes_its_tranches_with_it(
    district: District,
) -> None:
    path = with_agreement_signed(district)
    path.tell("legal", "grants", "cancel", path.grant, cause="人员变动")
    stages = {found(path, f"tranche:{tranche}").stage for tranche in path.tranches}
    assert stages == {"cancelled"}
    assert found(path, f"proposal:{path.proposal}").stage == "lapsed_unsigned"
    assert "authority.reserved" not in books(path)


def test_a_confirmed_payment_that_the_bank_sends_back_is_owed_again(district: District) -> None:
    path = with_grant_active(district)
    before = books(path)
    tranche = send(path)
    amount = found(path, f"tranche:{tranche}").amount_minor
    path.tell(
        "reconciler", "tranches", "confirm", tranche, bank_txn="X1", amount_minor=amount,
        value_date=district.today, account="account:1",
    )  # fmt: skip
    assert books(path)["cash.bank"] == before["cash.bank"] - amount
    assert books(path)["authority.spent"] == amount

    path.tell("reconciler", "tranches", "record-late-return", tranche, code="账号不符")

    after = books(path)
    assert after["cash.bank"] == before["cash.bank"]
    assert after["cash.payables"] == -amount
    assert after["authority.committed"] == before["authority.committed"]
    assert "authority.spent" not in after


def test_cost_that_was_accepted_before_it_was_paid_is_posted_with_the_next_tranche(
    district: District,
) -> None:
    path = with_grant_active(district)
    cost = {"line": "activity", "amount_minor": 3_000_000, "voucher": "V1", "description": "场地"}
    path.tell("applicant", "grants", "report-progress", path.grant, period="1", cost_lines=[cost])
    path.pair("fund_manager", "finance_approver", "grants", "accept-costs", path.grant, lines=[1])
    assert "cash.grant_expense" not in books(path)

    pay(path)

    assert books(path)["cash.grant_expense"] == 3_000_000
    assert found(path, f"grant:{path.grant}").unpaid_minor == 0

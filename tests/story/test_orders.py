"""Orders from their draft to the bank and back, with the books written by hand after each step.

Debits are positive and credits negative, in fen; accounts that hold nothing are left out.
"""

from __future__ import annotations

from application.questions import Moment
from tests.district import District
from tests.ordered import (
    accept,
    approve,
    books,
    close,
    confirm,
    draft,
    send,
    sign,
    with_evaluated_round,
)
from tests.played import Path, with_fund
from tests.played_to_end import found, with_grant_closed

YEAR = {"authority.source": -300_000_000, "cash.income_appropriation": -300_000_000}
"""What stands in every table: the appropriation of the year, and that it was paid in."""


def order_of(path: Path, order: str) -> tuple[str, dict[str, int]]:
    """Where an order stands, and what it holds."""
    thing = found(path, f"order:{order}")
    return thing.stage, {name: minor for name, minor in thing.balances.items() if minor}


ENDED = {**YEAR, "cash.grant_expense": 4_000_000}
"""After a grant of 80,000 yuan of which costs of 40,000 were accepted and the rest came back."""

AFTER_GRANT = {
    **ENDED,
    "authority.available": 253_000_000,
    "authority.allotted": 43_000_000,
    "authority.spent": 4_000_000,
    "cash.bank": 296_000_000,
}


def test_an_organisers_fee_is_held_owed_and_paid_by_the_bank(district: District) -> None:
    path = with_grant_closed(district)
    assert books(path) == AFTER_GRANT

    fee = draft(path, 900_000, line="organiser", kind="organiser")
    approve(path, fee)
    held = {**AFTER_GRANT, "authority.allotted": 42_100_000}
    assert books(path) == {**held, "authority.reserved": 900_000}
    assert order_of(path, fee) == ("approved", {"authority.reserved/organiser": 900_000})

    sign(path, fee)
    signed = {**held, "authority.committed": 900_000}
    assert books(path) == signed

    accept(path, fee, 700_000)
    owed = {**signed, "cash.service_expense": 700_000, "cash.payables": -700_000}
    assert books(path) == owed
    send(path, fee)
    assert books(path) == owed

    confirm(path, fee, 700_000)
    assert books(path) == {
        **held,
        "authority.committed": 200_000,
        "authority.spent": 4_700_000,
        "cash.bank": 295_300_000,
        "cash.service_expense": 700_000,
    }


def paid(path: Path, order: str, amount_minor: int) -> None:
    """The order is approved, signed, delivered for this much, and paid by the bank."""
    approve(path, order)
    sign(path, order)
    accept(path, order, amount_minor)
    send(path, order)
    confirm(path, order, amount_minor)


def test_what_an_organisers_fee_leaves_goes_back_to_the_fund_with_the_round(
    district: District,
) -> None:
    path = with_grant_closed(district)
    fee = draft(path, 900_000, line="organiser", kind="organiser")
    paid(path, fee, 700_000)
    spent = {
        **ENDED,
        "authority.spent": 4_700_000,
        "cash.bank": 295_300_000,
        "cash.service_expense": 700_000,
    }

    close(path, fee)
    assert books(path) == {
        **spent,
        "authority.available": 253_000_000,
        "authority.allotted": 42_300_000,
    }

    path.tell("district_officer", "rounds", "close", path.round)
    assert books(path) == {**spent, "authority.available": 295_300_000}


BEGUN = {
    **YEAR,
    "authority.available": 289_500_000,
    "authority.allotted": 10_500_000,
    "cash.bank": 300_000_000,
}
"""A round of which 5,000 yuan are for its evaluation; nothing is spent."""


def test_an_evaluators_fee_bounces_after_it_was_confirmed_and_is_undone(
    district: District,
) -> None:
    path = with_evaluated_round(district)
    assert books(path) == BEGUN
    fee = draft(path, 300_000, line="evaluation", kind="evaluation")
    paid(path, fee, 300_000)
    given = {**BEGUN, "authority.allotted": 10_200_000}
    expense = {"cash.service_expense": 300_000}
    spent = {"authority.spent": 300_000, "cash.bank": 299_700_000}
    assert books(path) == {**given, **spent, **expense}

    path.tell("reconciler", "orders", "record-late-return", fee, code="账号不符")
    owed_again = {**given, "authority.committed": 300_000}
    assert books(path) == {**owed_again, **expense, "cash.payables": -300_000}

    path.tell("finance_approver", "orders", "undo-acceptance", fee, reason="收款账户已注销")
    assert books(path) == owed_again
    assert order_of(path, fee) == ("signed", {"authority.committed": 300_000})

    path.tell("finance_approver", "orders", "cancel", fee, reason="评估方退出")
    assert books(path) == BEGUN
    assert order_of(path, fee) == ("cancelled", {})


def test_a_payment_that_the_bank_could_not_make_is_sent_once_more(district: District) -> None:
    path = with_evaluated_round(district)
    fee = draft(path, 300_000, line="evaluation")
    approve(path, fee)
    sign(path, fee)
    accept(path, fee, 300_000)
    owed = books(path)
    send(path, fee)
    path.tell("reconciler", "orders", "record-bank-return", fee, code="系统繁忙")
    assert (books(path), order_of(path, fee)[0]) == (owed, "accepted")

    send(path, fee)
    confirm(path, fee, 300_000)
    close(path, fee)

    assert order_of(path, fee) == (
        "closed",
        {"authority.spent": 300_000, "cash.service_expense": 300_000},
    )


def test_an_order_outside_any_round_is_cancelled_after_its_contract_was_signed(
    district: District,
) -> None:
    path = with_fund(district)
    begun = {**YEAR, "authority.available": 300_000_000, "cash.bank": 300_000_000}
    assert books(path) == begun

    order = draft(path, 2_000_000, who="fund_manager", kind="capital")
    assert books(path) == begun
    district.person("second_manager", *district.people["fund_manager"].held)
    path.pair("second_manager", "finance_approver", "orders", "approve", order)
    without = {**begun, "authority.available": 298_000_000}
    assert books(path) == {**without, "authority.reserved": 2_000_000}

    sign(path, order)
    assert books(path) == {**without, "authority.committed": 2_000_000}

    path.tell("finance_approver", "orders", "cancel", order, reason="不再需要")
    assert books(path) == begun
    assert order_of(path, order) == ("cancelled", {})


def test_of_an_order_that_was_delivered_in_part_the_rest_is_free_for_the_fund_again(
    district: District,
) -> None:
    path = with_fund(district)
    order = draft(path, 1_000_000)
    approve(path, order)
    sign(path, order)
    accept(path, order, 400_000)
    send(path, order)
    confirm(path, order, 400_000)
    begun = {**YEAR, "cash.bank": 299_600_000, "cash.service_expense": 400_000}
    assert books(path) == {
        **begun,
        "authority.available": 299_000_000,
        "authority.committed": 600_000,
        "authority.spent": 400_000,
    }

    close(path, order)

    assert books(path) == {
        **begun,
        "authority.available": 299_600_000,
        "authority.spent": 400_000,
    }
    assert found(path, f"order:{order}").released_minor == 600_000


def test_a_fund_that_paid_an_order_is_wound_up_to_nothing(district: District) -> None:
    path = with_fund(district, paid_in=400_000)
    order = draft(path, 400_000)
    approve(path, order)
    sign(path, order)
    accept(path, order, 400_000)
    send(path, order)
    confirm(path, order, 400_000)
    close(path, order)
    path.pair(
        "fund_manager", "finance_approver", "funds", "amend-appropriation", path.fund,
        doc_no="南财〔2026〕3号", amount_minor=299_600_000,
    )  # fmt: skip
    path.tell("finance_approver", "funds", "start-closing", path.fund)

    path.pair("finance_approver", "leader", "funds", "close", path.fund)

    rows = district.system.questions.balances(Moment(), fund=path.fund)
    assert {row.balance_minor for row in rows} == {0}
    assert order_of(path, order) == ("closed", {})

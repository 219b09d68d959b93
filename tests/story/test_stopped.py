"""Grants and payments that are stopped: at the bank, for a while, for good."""

from __future__ import annotations

import pytest

from tests.district import District
from tests.played import ACCOUNT, Path
from tests.played_to_end import (
    approve,
    found,
    send,
    with_grant_active,
    with_midterm_passed,
)
from tests.story.stopped import (
    CASHIER,
    FINANCE,
    LEADER,
    MANAGER,
    OVERSIGHT,
    RECONCILER,
    books,
    claim,
    confirm,
    later,
    propose_termination,
    rules_of_refusal,
    stage,
    stage_of_grant,
    stages_of_tranches,
    terminate,
)

ACTIVE = {
    "authority.source": -300_000_000,
    "authority.available": 249_000_000,
    "authority.allotted": 43_000_000,
    "authority.committed": 8_000_000,
    "cash.bank": 300_000_000,
    "cash.income_appropriation": -300_000_000,
    "match.pledged": 2_000_000,
    "match.counterpart": -2_000_000,
}
"""80 000 yuan are committed to the grant, and nothing is paid."""

APPROVED = {**ACTIVE, "cash.advances": 4_800_000, "cash.payables": -4_800_000}
"""The first tranche is approved, and the bank has not paid it."""


def test_a_grant_is_terminated_once_the_bank_has_paid_what_it_had(district: District) -> None:
    path = with_grant_active(district)
    tranche = send(path)
    propose_termination(path)
    said = {"repay_by": later(path)}
    refused = rules_of_refusal(path, MANAGER, "grants", "terminate", path.grant, **said)
    assert refused == {"G21a.bank"}
    confirm(path, tranche)
    refused = rules_of_refusal(path, MANAGER, "grants", "terminate", path.grant, **said)
    assert refused == {"G21a.bank"}

    path.tell(RECONCILER, "tranches", "reconcile", tranche, statement_line="S1")
    terminate(path)

    assert stage_of_grant(path) == "terminated"
    assert stages_of_tranches(path) == ["reconciled", "cancelled"]
    assert claim(path).amount_minor == 4_800_000
    assert books(path) == {
        "authority.source": -300_000_000,
        "authority.available": 249_000_000,
        "authority.allotted": 46_200_000,
        "authority.spent": 4_800_000,
        "cash.bank": 295_200_000,
        "cash.income_appropriation": -300_000_000,
        "cash.recoverable": 4_800_000,
    }


def test_a_grant_is_terminated_once_the_bank_has_given_back_what_it_had(
    district: District,
) -> None:
    path = with_grant_active(district)
    tranche = send(path)
    propose_termination(path)
    path.tell(RECONCILER, "tranches", "record-bank-return", tranche, code="账号不符")
    assert books(path) == APPROVED

    terminate(path)

    assert stages_of_tranches(path) == ["cancelled", "cancelled"]
    assert district.all("clawbacks") == []
    assert books(path) == {
        "authority.source": -300_000_000,
        "authority.available": 249_000_000,
        "authority.allotted": 51_000_000,
        "cash.bank": 300_000_000,
        "cash.income_appropriation": -300_000_000,
    }


def test_a_cost_that_was_accepted_before_it_was_paid_is_posted_while_the_end_is_proposed(
    district: District,
) -> None:
    path = with_grant_active(district)
    cost = {"line": "activity", "amount_minor": 3_000_000, "voucher": "V1", "description": "场地"}
    path.tell("applicant", "grants", "report-progress", path.grant, period="1", cost_lines=[cost])
    path.pair(MANAGER, FINANCE, "grants", "accept-costs", path.grant, lines=[1])
    tranche = send(path)
    propose_termination(path)
    confirm(path, tranche)
    path.tell(RECONCILER, "tranches", "reconcile", tranche, statement_line="S1")
    terminate(path)

    # A grant pays 80% of 30 000 yuan: of the 48 000 that were paid, 24 000 are due back.
    assert claim(path).amount_minor == 2_400_000
    assert books(path)["cash.grant_expense"] == 2_400_000
    assert books(path)["cash.recoverable"] == 2_400_000


def test_a_payment_that_the_bank_could_not_make_is_tried_again(district: District) -> None:
    path = with_grant_active(district)
    tranche = send(path)
    path.tell(RECONCILER, "tranches", "record-bank-return", tranche, code="账号不符")
    path.tell(FINANCE, "tranches", "retry", tranche, account=ACCOUNT)
    path.tell(CASHIER, "tranches", "send", tranche, batch="2", bank_ref="R2")
    confirm(path, tranche)
    path.tell(RECONCILER, "tranches", "reconcile", tranche, statement_line="S1")

    assert books(path) == {
        **ACTIVE,
        "authority.committed": 3_200_000,
        "authority.spent": 4_800_000,
        "cash.bank": 295_200_000,
        "cash.advances": 4_800_000,
    }


def test_a_payment_that_came_back_after_it_was_confirmed_is_cancelled(district: District) -> None:
    path = with_grant_active(district)
    tranche = send(path)
    refused = rules_of_refusal(path, FINANCE, "tranches", "cancel", tranche, cause="不再实施")
    assert refused == {"T9a.stage"}
    confirm(path, tranche)
    path.tell(RECONCILER, "tranches", "record-late-return", tranche, code="账号不符")
    assert books(path) == APPROVED

    path.tell(FINANCE, "tranches", "cancel", tranche, cause="收款账户已注销")

    assert stages_of_tranches(path) == ["cancelled", "planned"]
    assert books(path) == ACTIVE


@pytest.mark.parametrize("is_back", [False, True])
def test_a_held_payment_leaves_the_books_and_has_to_be_approved_again(
    district: District, is_back: bool
) -> None:
    path = with_grant_active(district)
    tranche = send(path) if is_back else approve(path)
    if is_back:
        path.tell(RECONCILER, "tranches", "record-bank-return", tranche, code="账号不符")
    path.tell(FINANCE, "tranches", "hold", tranche, reason="收到举报")
    assert books(path) == ACTIVE
    refused = rules_of_refusal(path, MANAGER, "tranches", "return-request", tranche, reason="退")
    assert refused == {"T4r.stage"}
    assert rules_of_refusal(path, FINANCE, "tranches", "release", tranche) == {"T9b.holder"}

    path.tell(OVERSIGHT, "tranches", "release", tranche)
    assert stage(path, f"tranche:{tranche}") == "checked"
    path.tell(FINANCE, "tranches", "approve", tranche)
    assert books(path) == APPROVED


def test_a_tranche_that_was_held_before_its_request_goes_back_to_where_it_was(
    district: District,
) -> None:
    path = with_grant_active(district)
    path.tell(OVERSIGHT, "tranches", "hold", path.tranches[1], reason="核查")
    path.tell(OVERSIGHT, "tranches", "hold", path.tranches[0], reason="核查")
    for tranche in path.tranches:
        path.tell(FINANCE, "tranches", "release", tranche)
    assert stages_of_tranches(path) == ["eligible", "planned"]


def request(path: Path) -> dict[str, str]:
    return {"account": ACCOUNT, "invoice_no": "I2"}


def test_a_suspended_grant_comes_back_from_its_termination_suspended(district: District) -> None:
    path = with_midterm_passed(district)
    before, grant, tranche = books(path), path.grant, path.tranches[1]
    said = {"cause": "账目不清", "scope": "全部拨付"}
    assert rules_of_refusal(
        path, OVERSIGHT, "grants", "suspend", grant, until=district.today, **said
    ) == {"G10.until"}
    path.tell(OVERSIGHT, "grants", "suspend", grant, until=later(path), **said)
    refused = rules_of_refusal(path, "applicant", "tranches", "request", tranche, **request(path))
    assert refused == {"T2.grant"}

    path.tell(LEADER, "grants", "propose-termination", grant, cause="无法实施")
    assert stage_of_grant(path) == "terminating"
    path.tell(LEADER, "grants", "drop-termination", grant, reason="申辩成立")
    assert stage_of_grant(path) == "suspended"
    assert found(path, f"grant:{grant}").suspension == "账目不清"
    refused = rules_of_refusal(path, OVERSIGHT, "grants", "resume", grant, reason="已整改")
    assert refused == {"G11.suspender"}
    path.tell(MANAGER, "grants", "resume", grant, reason="已整改")

    assert stage_of_grant(path) == "active"
    assert books(path) == before
    path.tell("applicant", "tranches", "request", tranche, **request(path))

"""Money that is due back: refunded, clawed back, given up, recovered late, claimed at last."""

from __future__ import annotations

from tests.district import District
from tests.played import Path
from tests.played_to_end import found, with_grant_settled, with_second_tranche_paid
from tests.story.stopped import (
    CASHIER,
    FINANCE,
    LEADER,
    RECONCILER,
    SETTLED,
    books,
    claim,
    document,
    finding,
    later,
    rules_of_refusal,
    stage,
    stage_of_grant,
    with_claim,
)


def repay(path: Path, clawback: str, minor: int, line: str) -> None:
    path.pair(
        CASHIER, RECONCILER, "clawbacks", "record-repayment", clawback,
        amount_minor=minor, bank_ref=line,
    )  # fmt: skip


def test_a_surplus_that_comes_back_closes_the_grant_without_a_claim(district: District) -> None:
    path = with_grant_settled(district)
    assert books(path) == SETTLED
    assert rules_of_refusal(path, "district_officer", "grants", "close", path.grant) == {
        "G19.recoverable"
    }

    path.pair(
        CASHIER, RECONCILER, "grants", "record-refund", path.grant,
        amount_minor=4_000_000, bank_ref="RF1",
    )  # fmt: skip
    path.tell("district_officer", "grants", "close", path.grant)

    assert books(path) == {
        "authority.source": -300_000_000,
        "authority.available": 253_000_000,
        "authority.allotted": 43_000_000,
        "authority.spent": 4_000_000,
        "cash.bank": 296_000_000,
        "cash.income_appropriation": -300_000_000,
        "cash.grant_expense": 4_000_000,
    }
    assert district.all("clawbacks") == []


def test_a_claim_is_repaid_in_part_given_up_and_recovered_late(district: District) -> None:
    path = with_claim(district)
    clawback = str(claim(path).id)
    path.tell("district_officer", "grants", "close", path.grant)
    assert books(path) == SETTLED

    repay(path, clawback, 1_500_000, "C1")
    assert claim(path).open_minor == 2_500_000
    proof = document(path, f"clawback:{clawback}")
    path.pair(
        FINANCE, LEADER, "clawbacks", "write-off", clawback, proof=proof, reason="债务人已注销"
    )
    assert books(path)["cash.write_offs"] == 2_500_000
    path.pair(
        CASHIER, RECONCILER, "clawbacks", "record-late-recovery", clawback,
        amount_minor=500_000, bank_ref="C2",
    )  # fmt: skip

    assert stage(path, f"clawback:{clawback}") == "written_off"
    assert books(path) == {
        "authority.source": -300_000_000,
        "authority.available": 250_500_000,
        "authority.allotted": 43_000_000,
        "authority.spent": 6_500_000,
        "cash.bank": 294_000_000,
        "cash.income_appropriation": -300_000_000,
        "cash.grant_expense": 4_000_000,
        "cash.write_offs": 2_000_000,
    }


def test_what_a_fund_may_not_use_again_is_owed_to_the_treasury(district: District) -> None:
    path = with_claim(district, reuse=False)
    clawback = str(claim(path).id)
    repay(path, clawback, 4_000_000, "C1")
    path.tell(FINANCE, "clawbacks", "close", clawback)

    assert stage(path, f"clawback:{clawback}") == "settled"
    assert books(path) == {
        "authority.source": -296_000_000,
        "authority.available": 249_000_000,
        "authority.allotted": 43_000_000,
        "authority.spent": 4_000_000,
        "cash.bank": 296_000_000,
        "cash.income_appropriation": -300_000_000,
        "cash.grant_expense": 4_000_000,
        "cash.restricted_net_assets": 4_000_000,
        "cash.payable_to_treasury": -4_000_000,
    }


def with_end_overdue(district: District) -> Path:
    """Everything is paid, a cost is questioned, and the final report never comes."""
    path = with_second_tranche_paid(district)
    line = {"line": "activity", "amount_minor": 2_000_000, "voucher": "V3", "description": "礼品"}
    path.tell("applicant", "grants", "report-progress", path.grant, period="3", cost_lines=[line])
    path.tell("evaluator", "grants", "question-cost", path.grant, cost=3, cause="与项目无关")
    district.wait(days=110)
    assert stage_of_grant(path) == "final_due"
    return path


def close_by_force(path: Path) -> None:
    path.pair(
        FINANCE, LEADER, "grants", "close-unilaterally", path.grant,
        basis="逾期未报结项材料", repay_by=later(path),
    )  # fmt: skip


def adjust(path: Path, minor: int) -> None:
    path.pair(
        FINANCE, LEADER, "grants", "record-post-closeout", path.grant, amount_minor=minor,
        finding=finding(path, f"grant:{path.grant}"), basis="重复报账", repay_by=later(path),
    )  # fmt: skip


def test_a_grant_is_closed_by_force_and_more_is_claimed_after_it(district: District) -> None:
    path = with_end_overdue(district)
    district.wait(days=150)
    close_by_force(path)

    assert stage_of_grant(path) == "closed"
    assert books(path) == SETTLED
    assert [cost.stage for cost in found(path, f"grant:{path.grant}").costs][2] == "disallowed"
    first = claim(path)
    assert (first.amount_minor, first.debtor) == (4_000_000, path.organisation)

    adjust(path, 600_000)
    assert claim(path).id == first.id
    assert claim(path).open_minor == 4_600_000
    repay(path, first.id, 4_600_000, "C1")
    path.tell(FINANCE, "clawbacks", "close", first.id)
    adjust(path, 100_000)

    assert claim(path).amount_minor == 100_000
    assert books(path) == {
        "authority.source": -300_000_000,
        "authority.available": 253_600_000,
        "authority.allotted": 43_000_000,
        "authority.spent": 3_400_000,
        "cash.bank": 296_600_000,
        "cash.income_appropriation": -300_000_000,
        "cash.grant_expense": 3_300_000,
        "cash.recoverable": 100_000,
    }


def test_nobody_closes_by_force_before_the_days_for_it_are_over(district: District) -> None:
    path = with_end_overdue(district)
    said = {"basis": "逾期", "repay_by": later(path)}
    assert rules_of_refusal(path, FINANCE, "grants", "close-unilaterally", path.grant, **said) == {
        "G20.late"
    }

    district.wait(days=150)
    said["repay_by"] = district.today
    assert rules_of_refusal(path, FINANCE, "grants", "close-unilaterally", path.grant, **said) == {
        "G20.repay_by"
    }
    close_by_force(path)


def test_no_more_is_claimed_after_the_end_than_stood_as_accepted(district: District) -> None:
    path = with_end_overdue(district)
    district.wait(days=150)
    close_by_force(path)
    found_so = finding(path, f"grant:{path.grant}")
    said = {"finding": found_so, "basis": "重复报账", "repay_by": later(path)}
    assert rules_of_refusal(
        path, FINANCE, "grants", "record-post-closeout", path.grant, amount_minor=4_000_001, **said
    ) == {"G26.accepted"}
    assert rules_of_refusal(
        path, FINANCE, "grants", "record-post-closeout", path.grant, amount_minor=1,
        finding=found_so, basis="重复报账", repay_by=district.today,
    ) == {"G26.repay_by"}  # fmt: skip
    adjust(path, 4_000_000)
    assert claim(path).open_minor == 8_000_000


def test_no_more_is_claimed_after_the_end_without_a_finding_about_the_grant(
    district: District,
) -> None:
    path = with_end_overdue(district)
    district.wait(days=150)
    close_by_force(path)
    verb = (FINANCE, "grants", "record-post-closeout", path.grant)
    said = {"amount_minor": 1, "basis": "重复报账", "repay_by": later(path)}
    assert rules_of_refusal(path, *verb, finding="finding:1", **said) == {"found"}
    elsewhere = finding(path, f"fund:{path.fund}")
    assert rules_of_refusal(path, *verb, finding=elsewhere, **said) == {"G26.finding"}
    tip = path.tell("applicant", "findings", "tip", subject=f"grant:{path.grant}", tip="听说")
    assert rules_of_refusal(path, *verb, finding=tip, **said) == {"G26.finding"}
    of_tranche = finding(path, f"tranche:{path.tranches[0]}")
    path.pair(FINANCE, LEADER, *verb[1:], finding=of_tranche, **said)
    assert claim(path).open_minor == 4_000_001

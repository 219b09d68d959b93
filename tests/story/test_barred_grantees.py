"""Grantees that are listed, suspended or made to end: their grants stop, and end; books in fen."""

from __future__ import annotations

from typing import Any

from tests.application.test_standing import listed, organisation, reinstated, suspended, unlisted
from tests.district import District
from tests.played import ACCOUNT, Path
from tests.played_to_end import (
    found,
    with_first_tranche_paid,
    with_midterm_passed,
    with_second_tranche_paid,
)
from tests.story.stopped import (
    CASHIER,
    FINANCE,
    LEADER,
    MANAGER,
    RECONCILER,
    books,
    claim,
    document,
    propose_termination,
    rules_of_refusal,
    stage,
    stage_of_grant,
    stages_of_tranches,
    terminate,
)

OFFICER = "district_officer"

PAID = {
    "authority.source": -300_000_000,
    "authority.available": 249_000_000,
    "authority.allotted": 43_000_000,
    "authority.committed": 3_200_000,
    "authority.spent": 4_800_000,
    "cash.bank": 295_200_000,
    "cash.income_appropriation": -300_000_000,
    "cash.advances": 4_800_000,
    "match.pledged": 2_000_000,
    "match.counterpart": -2_000_000,
}
"""Of 80 000 yuan 48 000 are paid, and nothing is accepted as spent."""


def force(path: Path) -> None:
    path.tell(
        OFFICER, "organisations", "request-deregistration", path.organisation, reason="撤销登记"
    )


def confirm_end(path: Path) -> tuple[Any, ...]:
    return OFFICER, "organisations", "confirm-deregistration", path.organisation


def ask(path: Path) -> str:
    """An amendment that the organisation asks for."""
    return path.tell(
        "legal", "amendments", "request", grant=path.grant, scope="缩小范围", reason="情况变化"
    )


def resume(path: Path, who: str = MANAGER) -> set[str]:
    said = {"reason": "已整改"}
    return rules_of_refusal(path, who, "grants", "resume", path.grant, **said)


def grant_of(path: Path) -> Any:
    return found(path, f"grant:{path.grant}")


ENDED = {
    "authority.source": -300_000_000,
    "authority.available": 249_000_000,
    "authority.allotted": 46_200_000,
    "authority.spent": 4_800_000,
    "cash.bank": 295_200_000,
    "cash.income_appropriation": -300_000_000,
    "cash.recoverable": 4_800_000,
}
"""The grant is ended: what was paid is due back, the rest may be granted again."""


def test_a_forced_deregistration_goes_from_the_decision_to_the_end_of_the_organisation(
    district: District,
) -> None:
    path = with_first_tranche_paid(district)
    amendment = ask(path)
    assert books(path) == PAID
    force(path)
    assert (grant_of(path).stage, grant_of(path).terminating_from) == ("terminating", "suspended")
    assert grant_of(path).cause == "撤销登记"
    assert stage(path, f"amendment:{amendment}") == "requested"
    assert books(path) == PAID
    end = confirm_end(path)
    assert rules_of_refusal(path, *end, asset_disposal="无") == {"O13a.grants"}

    district.wait(days=20)
    terminate(path)
    assert stages_of_tranches(path) == ["reconciled", "cancelled"]
    assert stage(path, f"amendment:{amendment}") == "withdrawn"
    assert books(path) == ENDED
    assert rules_of_refusal(path, *end, asset_disposal="无") == {"O13a.clawbacks"}

    settle_claim(path)
    path.tell(*end, asset_disposal="清算后无剩余")
    assert organisation(path).stage == "deregistered"


def settle_claim(path: Path) -> None:
    """Of what is due back 30 000 yuan come, and 18 000 are given up."""
    clawback = claim(path)
    path.pair(
        CASHIER, RECONCILER, "clawbacks", "record-repayment", clawback.id,
        amount_minor=3_000_000, bank_ref="C1",
    )  # fmt: skip
    proof = document(path, clawback.stream)
    path.pair(
        FINANCE, LEADER, "clawbacks", "write-off", clawback.id, proof=proof, reason="清算完毕"
    )
    assert books(path) == {
        "authority.source": -300_000_000,
        "authority.available": 252_000_000,
        "authority.allotted": 46_200_000,
        "authority.spent": 1_800_000,
        "cash.bank": 298_200_000,
        "cash.income_appropriation": -300_000_000,
        "cash.write_offs": 1_800_000,
    }


def test_a_deregistration_that_is_dropped_leaves_the_grant_to_the_leader(
    district: District,
) -> None:
    path = with_first_tranche_paid(district)
    force(path)
    path.tell(OFFICER, "organisations", "drop-deregistration", path.organisation, reason="法院撤销")
    assert stage_of_grant(path) == "terminating"
    path.tell(LEADER, "grants", "drop-termination", path.grant, reason="登记恢复")
    assert stage_of_grant(path) == "suspended"
    path.tell(MANAGER, "grants", "resume", path.grant, reason="登记恢复")
    assert stage_of_grant(path) == "active"
    assert books(path) == PAID


def test_an_entry_on_a_list_stops_the_grants_of_an_organisation_until_it_is_gone(
    district: District,
) -> None:
    path = with_first_tranche_paid(district)
    listed(path)
    assert (grant_of(path).stage, grant_of(path).suspension) == ("suspended", "民政局〔2026〕12号")
    assert grant_of(path).suspenders == ("person:oversight_officer",)
    assert resume(path) == {"G11.organisation"}
    assert resume(path, "oversight_officer") == {"G11.organisation", "G11.suspender"}
    unlisted(path)
    assert stage_of_grant(path) == "suspended"
    path.tell(MANAGER, "grants", "resume", path.grant, reason="已移出名单")
    assert stage_of_grant(path) == "active"


def test_a_suspended_organisation_has_its_grants_suspended_by_the_same_decision(
    district: District,
) -> None:
    path = with_first_tranche_paid(district)
    suspended(path)
    grant = grant_of(path)
    assert (grant.stage, grant.suspension, grant.suspended_scope) == (
        "suspended", "民政局〔2026〕13号", "暂停承接",
    )  # fmt: skip
    assert resume(path) == {"G11.organisation"}
    listed(path)
    reinstated(path)
    assert resume(path) == {"G11.organisation"}
    unlisted(path)
    path.tell(MANAGER, "grants", "resume", path.grant, reason="整改完成")


def test_a_grant_that_is_suspended_keeps_the_cause_for_which_it_was(district: District) -> None:
    path = with_first_tranche_paid(district)
    path.tell(MANAGER, "grants", "suspend", path.grant, cause="账目不清", scope="全部拨付")
    listed(path)
    assert grant_of(path).suspension == "账目不清"


def test_a_grant_whose_failure_excludes_its_grantee_is_still_settled(district: District) -> None:
    path = with_second_tranche_paid(district)
    district.wait(days=110)
    path.tell("legal", "grants", "submit-final", path.grant, results="部分完成", surplus_minor=0)
    path.tell(
        "evaluator", "grants", "evaluate-final", path.grant,
        score_milli=10_000, satisfaction_percent=20, sample=30,
    )  # fmt: skip
    assert [entry.list for entry in organisation(path).listed] == ["exclusion"]
    assert stage_of_grant(path) == "evaluated"
    path.pair(FINANCE, LEADER, "grants", "waive-audit", path.grant, reason="金额小")
    path.pair(MANAGER, FINANCE, "grants", "settle", path.grant)
    assert books(path)["cash.recoverable"] == 4_000_000


def test_a_grant_that_has_failed_is_paid_nothing_more(district: District) -> None:
    path = with_midterm_passed(district)
    tranche = path.tranches[1]
    asked = {"account": ACCOUNT, "invoice_no": "I2"}
    path.tell("applicant", "tranches", "request", tranche, **asked)
    district.wait(days=110)
    path.tell("legal", "grants", "submit-final", path.grant, results="部分完成", surplus_minor=0)
    grade = ("evaluator", "grants", "evaluate-final", path.grant)
    path.tell(*grade, score_milli=10_000, satisfaction_percent=20, sample=30)
    assert stage_of_grant(path) == "evaluated"
    assert rules_of_refusal(path, MANAGER, "tranches", "check", tranche) == {"T3.condition"}


def test_a_write_off_stands_in_the_credit_record_of_the_organisation(district: District) -> None:
    path = with_first_tranche_paid(district)
    propose_termination(path)
    terminate(path)
    clawback = claim(path)
    proof = document(path, clawback.stream)
    assert organisation(path).credits == 0
    path.pair(
        FINANCE, LEADER, "clawbacks", "write-off", clawback.id, proof=proof, reason="追偿无果"
    )
    assert organisation(path).credits == 1

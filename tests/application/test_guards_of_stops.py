"""What keeps grants from being stopped, ended and claimed back by the wrong hands or too soon."""

from __future__ import annotations

from application.principals import CLOCK
from tests.district import District
from tests.played import Path
from tests.played_to_end import (
    approve,
    found,
    with_costs_accepted,
    with_grant_active,
    with_grant_settled,
)
from tests.story.stopped import (
    CASHIER,
    FINANCE,
    LEADER,
    MANAGER,
    OVERSIGHT,
    RECONCILER,
    claim,
    document,
    later,
    rules_of_refusal,
    stage,
    stage_of_grant,
    terminate,
)


def with_claim(district: District) -> Path:
    """A settled grant of which 40 000 yuan are ordered back."""
    path = with_grant_settled(district)
    path.pair(
        FINANCE, LEADER, "clawbacks", "order",
        grant=path.grant, basis="结算决定", due=later(path),
    )  # fmt: skip
    return path


def order_of(path: Path, **changes: object) -> set[str]:
    said = {"grant": path.grant, "basis": "结算决定", "due": later(path), **changes}
    return rules_of_refusal(path, FINANCE, "clawbacks", "order", "", **said)


def test_nothing_is_ordered_back_of_a_grant_that_goes_on_and_owes_nothing(
    district: District,
) -> None:
    path = with_grant_active(district)
    assert order_of(path) == {"K0.grant", "K0.recoverable"}


def test_a_claim_is_ordered_once_and_falls_due_later(district: District) -> None:
    path = with_grant_settled(district)
    assert order_of(path, due=district.today) == {"K0.due"}
    path.pair(
        FINANCE, LEADER, "clawbacks", "order",
        grant=path.grant, basis="结算决定", due=later(path),
    )  # fmt: skip
    assert order_of(path) == {"K0.once"}


def test_money_for_a_claim_is_recorded_there_and_its_bank_line_once(district: District) -> None:
    path = with_grant_settled(district)
    path.pair(
        CASHIER, RECONCILER, "grants", "record-refund", path.grant,
        amount_minor=1, bank_ref="RF1",
    )  # fmt: skip
    path.pair(
        FINANCE, LEADER, "clawbacks", "order",
        grant=path.grant, basis="结算决定", due=later(path),
    )  # fmt: skip
    refund = {"amount_minor": 1, "bank_ref": "RF2"}
    refused = rules_of_refusal(path, CASHIER, "grants", "record-refund", path.grant, **refund)
    assert refused == {"G23.clawback"}
    clawback, verb = claim(path).id, "record-repayment"
    too_much = {"amount_minor": 4_000_000, "bank_ref": "RF1"}
    assert rules_of_refusal(path, CASHIER, "clawbacks", verb, clawback, **too_much) == {
        "K1.recoverable",
        "K1.bank_line",
    }
    said = {"amount_minor": 3_999_998, "bank_ref": "C1"}
    path.pair(CASHIER, RECONCILER, "clawbacks", verb, clawback, **said)
    said = {"amount_minor": 1, "bank_ref": "C1"}
    assert rules_of_refusal(path, CASHIER, "clawbacks", verb, clawback, **said) == {"K1.bank_line"}
    path.pair(CASHIER, RECONCILER, "clawbacks", verb, clawback, amount_minor=1, bank_ref="C2")


def test_a_claim_is_closed_when_all_is_repaid_and_then_nothing_is_given_up(
    district: District,
) -> None:
    path = with_claim(district)
    clawback = claim(path).id
    assert rules_of_refusal(path, FINANCE, "clawbacks", "close", clawback) == {"K2.recoverable"}
    path.pair(
        CASHIER, RECONCILER, "clawbacks", "record-repayment", clawback,
        amount_minor=4_000_000, bank_ref="C2",
    )  # fmt: skip
    proof = document(path, f"clawback:{clawback}")
    said_of_proof = {"proof": proof, "reason": "无"}
    refused = rules_of_refusal(path, FINANCE, "clawbacks", "write-off", clawback, **said_of_proof)
    assert refused == {"K3.remainder"}
    path.tell(FINANCE, "clawbacks", "close", clawback)


def test_a_claim_is_given_up_with_a_document_about_it_and_no_other(district: District) -> None:
    path = with_claim(district)
    clawback, said = claim(path).id, {"reason": "追偿无果"}
    other = document(path, f"grant:{path.grant}")
    assert rules_of_refusal(
        path, FINANCE, "clawbacks", "write-off", clawback, proof=other, **said
    ) == {"K3.proof"}
    assert rules_of_refusal(
        path, FINANCE, "clawbacks", "write-off", clawback, proof="document:1", **said
    ) == {"found"}
    proof = document(path, f"clawback:{clawback}")
    path.pair(FINANCE, LEADER, "clawbacks", "write-off", clawback, proof=proof, **said)

    verb = "record-late-recovery"
    assert rules_of_refusal(
        path, CASHIER, "clawbacks", verb, clawback, amount_minor=4_000_001, bank_ref="C1"
    ) == {"K4.written_off"}
    path.pair(
        CASHIER, RECONCILER, "clawbacks", verb, clawback, amount_minor=3_999_999, bank_ref="C1"
    )
    assert rules_of_refusal(
        path, CASHIER, "clawbacks", verb, clawback, amount_minor=2, bank_ref="C1"
    ) == {"K4.written_off", "K4.bank_line"}


def test_no_leader_takes_a_claim_back_without_an_appeal(district: District) -> None:
    path = with_claim(district)
    refused = rules_of_refusal(path, LEADER, "clawbacks", "withdraw", claim(path).id, appeal="a")
    assert refused == {"found"}
    assert stage(path, claim(path).stream) == "ordered"


def test_a_grant_is_not_ended_while_its_grantee_may_be_heard(district: District) -> None:
    path = with_grant_active(district)
    path.tell(LEADER, "grants", "propose-termination", path.grant, cause="无法实施")
    said = {"repay_by": district.today}
    refused = rules_of_refusal(path, MANAGER, "grants", "terminate", path.grant, **said)
    assert refused == {"G21a.hearing", "G21a.repay_by"}

    said = {"repay_by": later(path)}
    other = document(path, f"round:{path.round}")
    assert rules_of_refusal(
        path, MANAGER, "grants", "terminate", path.grant, waiver=other, **said
    ) == {"G21a.waiver"}
    waiver = document(path, f"grant:{path.grant}")
    path.pair(MANAGER, LEADER, "grants", "terminate", path.grant, waiver=waiver, **said)
    assert stage_of_grant(path) == "terminated"


def test_the_hearing_lasts_to_the_end_of_its_last_day(district: District) -> None:
    path = with_grant_active(district)
    path.tell(LEADER, "grants", "propose-termination", path.grant, cause="无法实施")
    ends = found(path, f"grant:{path.grant}").hearing_ends
    district.wait(days=(ends - district.today).days)
    said = {"repay_by": later(path)}
    refused = rules_of_refusal(path, MANAGER, "grants", "terminate", path.grant, **said)
    assert refused == {"G21a.hearing"}
    district.wait(days=1)
    terminate(path)


def test_a_grantee_that_asks_for_the_end_itself_waits_for_nothing(district: District) -> None:
    path = with_grant_active(district)
    approve(path)
    path.tell("legal", "grants", "propose-termination", path.grant, cause="人员变动")
    terminate(path)
    assert stage_of_grant(path) == "terminated"


def test_no_payment_goes_on_while_the_end_of_its_grant_is_proposed(district: District) -> None:
    path = with_grant_active(district)
    tranche = approve(path)
    path.tell("legal", "grants", "propose-termination", path.grant, cause="人员变动")
    said = {"batch": "1", "bank_ref": "R1"}
    assert rules_of_refusal(path, CASHIER, "tranches", "send", tranche, **said) == {"T5.grant"}
    path.tell(LEADER, "grants", "drop-termination", path.grant, reason="继续实施")
    path.tell(CASHIER, "tranches", "send", tranche, **said)


def test_a_sender_does_not_approve_a_payment_that_came_back_and_was_held(
    district: District,
) -> None:
    path = with_grant_active(district)
    tranche = approve(path)
    path.tell("cashier", "tranches", "send", tranche, batch="1", bank_ref="R1")
    path.tell(RECONCILER, "tranches", "record-bank-return", tranche, code="账号不符")
    path.tell(OVERSIGHT, "tranches", "hold", tranche, reason="核查")
    path.tell(FINANCE, "tranches", "release", tranche)
    both = (*district.people["cashier"].held, *district.people[FINANCE].held)
    district.people["cashier"] = type(district.people["cashier"])("person:cashier", both)
    assert rules_of_refusal(path, CASHIER, "tranches", "approve", tranche) == {"T4.hands"}
    path.tell(FINANCE, "tranches", "approve", tranche)


def test_whoever_scored_the_proposal_does_not_fail_its_midterm(district: District) -> None:
    path = with_costs_accepted(district)
    district.wait(days=115)
    path.tell("applicant", "grants", "submit-midterm", path.grant, report="中期报告")
    reviewer, evaluator = district.people["reviewer"], district.people["evaluator"]
    district.people["both"] = type(reviewer)(reviewer.person, (*reviewer.held, *evaluator.held))
    said = {"score_milli": 41_000}
    refused = rules_of_refusal(path, "both", "grants", "fail-midterm", path.grant, **said)
    assert refused == {"G13.reviewer"}
    path.tell("evaluator", "grants", "fail-midterm", path.grant, **said)
    refused = rules_of_refusal(path, "evaluator", "grants", "resume", path.grant, reason="好")
    assert refused == {"G11.who"}


def test_the_clock_fails_no_midterm_before_its_day_nor_twice(district: District) -> None:
    path = with_costs_accepted(district)
    district.wait(days=115)
    district.people["clock"] = CLOCK
    refused = rules_of_refusal(path, "clock", "grants", "fail-midterm", path.grant)
    assert refused == {"G13.late"}
    path.tell("applicant", "grants", "submit-midterm", path.grant, report="中期报告")
    refused = rules_of_refusal(path, "clock", "grants", "fail-midterm", path.grant)
    assert refused == {"G13.in_time", "G13.late"}
    path.tell("evaluator", "grants", "fail-midterm", path.grant, score_milli=41_000)
    path.tell(OVERSIGHT, "grants", "resume", path.grant, reason="已整改")
    refused = rules_of_refusal(path, "clock", "grants", "fail-midterm", path.grant)
    assert refused == {"G13.once", "G13.in_time", "G13.late"}

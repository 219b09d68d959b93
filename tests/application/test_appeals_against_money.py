"""Appeals against the end of a grant and against a claim: what they hold up, and what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from infrastructure.verify import verify
from tests.application.test_appeals import MEMBERS, file, heard, votes
from tests.district import District
from tests.played import Path
from tests.played_to_end import found, with_grant_active, with_grant_settled
from tests.story.stopped import (
    FINANCE,
    LEADER,
    MANAGER,
    claim,
    document,
    later,
    rules_of_refusal,
    stage,
    stage_of_grant,
    terminate,
)


def with_end_proposed(district: District) -> Path:
    """The leader has proposed to end a grant that runs."""
    path = with_grant_active(district)
    path.tell(LEADER, "grants", "propose-termination", path.grant, cause="无法实施")
    return path


def with_claim(district: District) -> Path:
    """A settled grant of which 40 000 yuan are ordered back."""
    path = with_grant_settled(district)
    path.pair(
        FINANCE, LEADER, "clawbacks", "order",
        grant=path.grant, basis="结算决定", due=later(path),
    )  # fmt: skip
    return path


def refused_filing(path: Path, decision: str, contested: str, who: str = "legal") -> set[str]:
    said = {"decision": decision, "contested": contested, "statement": "事实有误"}
    return rules_of_refusal(path, who, "appeals", "file", "", **said)


def grant(path: Path, appeal: str, step: str) -> None:
    path.tell(LEADER, "appeals", "grant", appeal, votes=votes(True, True), step=step)


def test_a_grant_goes_on_when_an_appeal_against_its_end_is_granted(district: District) -> None:
    path = with_end_proposed(district)
    appeal = heard(path, "G21", contested=path.grant)
    grant(path, appeal, "drop-termination")
    assert stage_of_grant(path) == "active"
    assert refused_filing(path, "G21", path.grant) == {"X1.decision"}


def test_no_grant_is_ended_while_an_appeal_against_that_is_open(district: District) -> None:
    path = with_end_proposed(district)
    appeal = heard(path, "G21", contested=path.grant)
    district.wait(days=20)
    said = {"repay_by": later(path)}
    refused = rules_of_refusal(path, MANAGER, "grants", "terminate", path.grant, **said)
    assert refused == {"G21a.appeal"}
    path.tell(LEADER, "appeals", "deny", appeal, votes=votes(False, False))
    assert stage_of_grant(path) == "terminating"
    terminate(path)
    assert stage_of_grant(path) == "terminated"


def test_whoever_proposed_the_end_does_not_hear_the_appeal(district: District) -> None:
    path = with_end_proposed(district)
    appeal = file(path, "G21", contested=path.grant)
    admit = ("district_officer", "appeals", "admit", appeal)
    named = ["person:leader", *MEMBERS]
    assert rules_of_refusal(path, *admit, members=named) == {"X2.hands"}
    path.tell(*admit, members=MEMBERS)


def test_a_second_appeal_waits_for_a_second_decision(district: District) -> None:
    path = with_end_proposed(district)
    first = file(path, "G21", contested=path.grant)
    path.tell("legal", "appeals", "withdraw", first)
    assert refused_filing(path, "G21", path.grant) == {"X1.once"}
    path.tell(LEADER, "grants", "drop-termination", path.grant, reason="改期")
    district.wait(days=3)
    path.tell(LEADER, "grants", "propose-termination", path.grant, cause="无法实施")
    file(path, "G21", contested=path.grant)


def test_an_end_that_the_grantee_asked_for_is_not_contested(district: District) -> None:
    path = with_grant_active(district)
    path.tell("legal", "grants", "propose-termination", path.grant, cause="人员不足")
    assert refused_filing(path, "G21", path.grant) == {"X1.decision"}


def test_a_claim_is_taken_back_once_by_a_granted_appeal(district: District) -> None:
    path = with_claim(district)
    ordered = claim(path)
    assert ordered.appeal_until > district.today
    appeal = heard(path, "K0", contested=ordered.id)
    again = (LEADER, "clawbacks", "withdraw", ordered.id)
    assert rules_of_refusal(path, *again, appeal=appeal) == {"K5.appeal"}
    grant(path, appeal, "withdraw")
    assert stage(path, ordered.stream) == "withdrawn"
    assert found(path, ordered.stream).basis == f"appeal:{appeal}"
    path.tell("district_officer", "appeals", "notify", appeal, document="document:2")
    assert rules_of_refusal(path, *again, appeal=appeal) == {"K5.stage"}
    assert verify(district.system.store).faults == ()


def test_a_claim_that_is_contested_in_vain_stands(district: District) -> None:
    path = with_claim(district)
    ordered = claim(path)
    appeal = heard(path, "K0", contested=ordered.id)
    path.tell(LEADER, "appeals", "deny", appeal, votes=votes(False, False))
    path.tell("district_officer", "appeals", "notify", appeal, document="document:2")
    withdraw = (LEADER, "clawbacks", "withdraw", ordered.id)
    assert rules_of_refusal(path, *withdraw, appeal=appeal) == {"K5.appeal"}
    assert stage(path, ordered.stream) == "ordered"


@pytest.mark.parametrize("who", [FINANCE, LEADER])
def test_whoever_ordered_money_back_does_not_hear_the_appeal(district: District, who: str) -> None:
    path = with_claim(district)
    appeal = file(path, "K0", contested=claim(path).id)
    admit = ("district_officer", "appeals", "admit", appeal)
    assert rules_of_refusal(path, *admit, members=[f"person:{who}", *MEMBERS]) == {"X2.hands"}


def test_a_claim_is_contested_in_the_days_that_it_states(district: District) -> None:
    path = with_claim(district)
    ordered = claim(path)
    district.wait(days=(ordered.appeal_until - district.today).days)
    assert district.today == ordered.appeal_until
    file(path, "K0", contested=ordered.id)


def test_a_claim_is_not_contested_after_those_days(district: District) -> None:
    path = with_claim(district)
    ordered = claim(path)
    district.wait(days=(ordered.appeal_until - district.today + timedelta(days=1)).days)
    assert refused_filing(path, "K0", ordered.id) == {"X1.time"}


def test_what_is_given_up_or_repaid_is_no_claim_to_be_contested(district: District) -> None:
    path = with_claim(district)
    ordered = claim(path)
    proof = document(path, ordered.stream)
    path.pair(FINANCE, LEADER, "clawbacks", "write-off", ordered.id, proof=proof, reason="追偿无果")
    assert refused_filing(path, "K0", ordered.id) == {"X1.decision"}

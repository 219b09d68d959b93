"""A claim and an exclusion from the round may be contested too."""

from __future__ import annotations

from typing import Any

from infrastructure.verify import verify
from tests.application.far_starts import MEMBERS, with_claim
from tests.application.refusing import refused, rules
from tests.application.rounds import books
from tests.district import District
from tests.played import Path, with_submitted_proposal
from tests.played_to_end import found


def votes(is_for: bool) -> list[dict[str, Any]]:
    return [{"member": each, "is_for": is_for, "document": "d:1"} for each in MEMBERS]


def heard(path: Path, decision: str, contested: str) -> str:
    """An appeal that a panel has heard."""
    appeal = path.tell(
        "legal", "appeals", "file", decision=decision, contested=contested, statement="已经退还"
    )
    path.tell("district_officer", "appeals", "admit", appeal, members=MEMBERS)
    path.tell("district_officer", "appeals", "hear", appeal, minutes="document:1")
    return appeal


def test_a_granted_appeal_takes_the_claim_back_and_the_cost_stands(district: District) -> None:
    path = with_claim(district)
    claim = district.only("clawbacks", grant=path.grant)
    before = books(path)
    appeal = heard(path, "K0", claim)
    path.tell("leader", "appeals", "grant", appeal, votes=votes(True), step="withdraw")

    withdrawn = found(path, f"clawback:{claim}")
    owed = 4_000_000  # 80,000 yuan were paid; 40,000 are the fund's share of 50,000 of cost
    assert before["cash.recoverable"] == owed
    assert (withdrawn.stage, withdrawn.basis) == ("withdrawn", f"appeal:{appeal}")
    assert (withdrawn.withdrawn_minor, withdrawn.open_minor) == (owed, 0)
    moved = {name: minor - before.get(name, 0) for name, minor in books(path).items()}
    assert {name: minor for name, minor in moved.items() if minor} == {"cash.grant_expense": owed}
    assert "cash.recoverable" not in books(path)
    assert verify(district.system.store).faults == ()


def test_a_claim_contested_in_vain_stays_and_is_contested_once(district: District) -> None:
    path = with_claim(district)
    claim = district.only("clawbacks", grant=path.grant)
    appeal = heard(path, "K0", claim)
    path.tell("leader", "appeals", "deny", appeal, votes=votes(False))
    assert found(path, f"clawback:{claim}").stage == "ordered"
    again = {"decision": "K0", "contested": claim, "statement": "再诉"}
    assert rules(refused(district, "legal", "appeals", "file", **again)) == ["X1.once"]
    by_hand = refused(district, "leader", "clawbacks", "withdraw", claim, appeal=appeal)
    assert rules(by_hand) == ["K5.appeal"]


def test_a_claim_is_contested_in_time_and_judged_by_others_than_who_ordered_it(
    district: District,
) -> None:
    path = with_claim(district)
    claim = district.only("clawbacks", grant=path.grant)
    said = {"decision": "K0", "contested": claim, "statement": "已经退还"}
    appeal = path.tell("legal", "appeals", "file", **said)
    biased = [*MEMBERS[:2], "person:leader"]
    found_so = refused(district, "district_officer", "appeals", "admit", appeal, members=biased)
    assert rules(found_so) == ["X2.hands"]
    path.tell("district_officer", "appeals", "admit", appeal, members=MEMBERS)


def test_too_late_a_claim_stands(district: District) -> None:
    path = with_claim(district)
    claim = district.only("clawbacks", grant=path.grant)
    district.wait(days=60)
    said = {"decision": "K0", "contested": claim, "statement": "已经退还"}
    assert rules(refused(district, "legal", "appeals", "file", **said)) == ["X1.time"]


def test_whoever_was_shut_out_of_the_round_may_contest_that(district: District) -> None:
    path = with_submitted_proposal(district)
    path.tell("round_secretary", "proposals", "take-intake", path.proposal)
    path.pair(
        "oversight_officer", "leader", "proposals", "disqualify", path.proposal,
        basis="false_material", heard_on=district.today, hearing="已陈述", reason="材料虚假",
    )  # fmt: skip
    heard(path, "S25", path.proposal)
    assert found(path, f"proposal:{path.proposal}").stage == "appealed"

"""Ends and claims on grants as they may stand, where no path of one grant leads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.clawbacks import claiming
from domain.clawbacks.clawback import Clawback
from domain.errors import Reason, Refusal
from domain.findings.finding import Finding
from domain.funds.fund import Fund
from domain.grants import closing, ending, reporting, stopping
from domain.grants.costs import Cost, CostStage
from domain.grants.grant import Grant
from domain.organisations import Organisation
from domain.tranches import payment
from domain.tranches.tranche import Tranche
from tests.domain.test_decisions import mandate, round_in, standing

LATER = date(2026, 4, 2)


def cost(no: int, minor: int, stage: CostStage, *, accepted: bool = False) -> Cost:
    """A reported cost."""
    return Cost(
        no=no, line="a", amount_minor=minor, voucher=str(no), description="a", stage=stage,
        accepted=accepted, raiser="person:r",
    )  # fmt: skip


def grant_in(stage: str, **state: Any) -> Grant:
    found: Grant = standing(Grant, stage=stage, amount_minor=1_000, fund="f", round="r", **state)
    return found


def about(grant: Grant) -> ending.Found:
    """A finding about the grant itself."""
    return ending.Found(standing(Finding, stage="raised", subject=grant.stream), ())


def amounts(by: Any) -> dict[str, int]:
    """What the last record posts: the code and the two accounts, and how much."""
    return {
        f"{p.code} {p.debit.partition('.')[2]}": p.amount_minor for p in by.records[-1].postings
    }


def held(*tranches: Tranche, left: tuple[Reason, ...] = ()) -> ending.Held:
    return ending.Held(tranches=tranches, round=round_in("executing"), pledged_minor=0, left=left)


def terminated(grant: Grant) -> tuple[Grant, Any]:
    by = mandate("leader")
    ending.terminate(grant, repay_by=LATER, waiver="", contested=False, held=held(), by=by)
    return grant, by


def test_an_end_disallows_what_is_questioned_and_posts_what_waited_for_that() -> None:
    """480 came; 80 of 200 accepted are posted, 400 are questioned and end disallowed."""
    grant, by = terminated(
        grant_in(
            "terminating",
            costs=(cost(1, 400, CostStage.QUESTIONED), cost(2, 200, CostStage.ACCEPTED)),
            unpaid_minor=120,
            balances={
                "cash.advances": 400, "cash.grant_expense": 80, "authority.committed": 520,
                "authority.spent": 480,
            },
        )
    )  # fmt: skip
    # The grant pays 80% of the 200 that were accepted, so 40 of them are due back too.
    assert [(p.code, p.amount_minor) for p in by.records[-1].postings] == [
        ("P8", 120), ("P9b", 40), ("P9", 280), ("P5r", 520),
    ]  # fmt: skip
    assert (grant.unpaid_minor, grant.questioned_minor, grant.posted_minor) == (0, 0, 160)
    assert grant.balance("cash.recoverable") == 320 == grant.due_back_minor
    assert grant.balance("cash.advances") == 0


def test_an_end_takes_what_was_questioned_after_acceptance_first_from_what_was_never_paid() -> None:
    grant, by = terminated(
        grant_in(
            "terminating",
            costs=(
                cost(1, 100, CostStage.QUESTIONED, accepted=True),
                cost(2, 200, CostStage.ACCEPTED),
            ),
            unpaid_minor=60,
            balances={"cash.grant_expense": 240, "authority.spent": 240},
        )
    )
    # 40 for the questioned cost, and 40 above the 80% of what is left.
    assert [(p.code, p.amount_minor) for p in by.records[-1].postings] == [("P9b", 80)]
    assert (grant.unpaid_minor, grant.posted_minor) == (0, 160)
    assert grant.balance("cash.grant_expense") == 160


def test_a_grant_is_not_ended_while_something_beside_it_is_open() -> None:
    grant = grant_in("terminating")
    open_there = Reason("G21a.custody", "Money is still kept for it.")
    with pytest.raises(Refusal) as refused:
        ending.terminate(
            grant,
            repay_by=LATER,
            waiver="",
            contested=False,
            held=held(left=(open_there,)),
            by=mandate(),
        )
    assert refused.value.reasons == (open_there,)


def test_cost_of_a_year_that_is_closed_is_claimed_from_the_net_assets() -> None:
    grant = grant_in(
        "closed", costs=(cost(1, 300, CostStage.ACCEPTED),), balances={"cash.grant_expense": 100}
    )
    by = mandate("leader")
    said: dict[str, Any] = {"found": about(grant), "basis": "重复", "repay_by": LATER}
    fund = standing(Fund, stage="active")
    ending.adjust(grant, amount_minor=180, **said, fund=fund, by=by)
    assert [(p.code, p.credit, p.amount_minor) for p in by.records[-1].postings] == [
        ("P9b", "cash.grant_expense", 100),
        ("P9b", "cash.restricted_net_assets", 80),
    ]
    with pytest.raises(Refusal, match=r"1\.21 CNY"):
        ending.adjust(grant, amount_minor=121, **said, fund=fund, by=by)
    ending.adjust(grant, amount_minor=120, **said, fund=fund, by=by)


def test_a_disallowed_cost_of_a_year_that_is_closed_is_claimed_from_the_net_assets_too() -> None:
    grant = grant_in("active", costs=(cost(1, 80, CostStage.QUESTIONED, accepted=True),))
    by = mandate()
    reporting.disallow_cost(grant, cost=1, reply="否", tranches=(), by=by)
    assert [p.credit for p in by.records[-1].postings] == ["cash.restricted_net_assets"]


def test_a_settlement_after_the_year_is_closed_still_counts_what_was_posted() -> None:
    grant = grant_in("audited", costs=(cost(1, 100, CostStage.ACCEPTED),))
    by = mandate()
    closing.settle(grant, tranches=(), pledged_minor=0, left=(), round=round_in("executing"), by=by)
    assert grant.excess_minor == 20
    assert grant.balance("cash.recoverable") == 20


def test_a_held_tranche_keeps_its_grant_from_being_settled() -> None:
    tranche = standing(Tranche, stage="held", amount_minor=100)
    with pytest.raises(Refusal) as refused:
        closing.settle(
            grant_in("audited"), tranches=(tranche,), pledged_minor=0, left=(),
            round=round_in("executing"), by=mandate(),
        )  # fmt: skip
    assert [reason.rule for reason in refused.value.reasons] == ["G18.tranches"]
    payment.cancel(tranche, cause="不再实施", by=mandate())
    closing.settle(
        grant_in("audited"), tranches=(tranche,), pledged_minor=0, left=(),
        round=round_in("executing"),
        by=mandate(),
    )  # fmt: skip


@pytest.mark.parametrize("stage", ["settling", "terminated", "closed"])
def test_a_claim_that_is_taken_back_lets_the_cost_stand(stage: str) -> None:
    grant = grant_in(stage, balances={"cash.recoverable": 70})
    by = mandate("leader")
    terms = claiming.Terms("决定", LATER, LATER)
    claim = claiming.order("k", grant=grant, terms=terms, is_claimed=False, by=by)
    claim.repaid_minor = 30
    claiming.withdraw(claim, basis="appeal:1", by=by)
    assert amounts(by) == {"P9r grant_expense": 40}
    assert (claim.stage, claim.open_minor, claim.withdrawn_minor) == ("withdrawn", 0, 40)


def test_nothing_is_recovered_late_or_claimed_in_a_fund_that_is_closed() -> None:
    fund = standing(Fund, stage="closed")
    claim = standing(Clawback, stage="written_off", amount_minor=9, written_off_minor=9)
    grant = grant_in("closed", costs=(cost(1, 9, CostStage.ACCEPTED),))
    with pytest.raises(Refusal) as late:
        claiming.record_late_recovery(
            claim, amount_minor=9, bank_ref="B", known=(), fund=fund, by=mandate()
        )
    with pytest.raises(Refusal) as adjusted:
        ending.adjust(
            grant,
            amount_minor=9,
            found=about(grant),
            basis="b",
            repay_by=LATER,
            fund=fund,
            by=mandate(),
        )
    assert [reason.rule for reason in late.value.reasons] == ["K4.fund"]
    assert [reason.rule for reason in adjusted.value.reasons] == ["G26.fund"]


def test_a_grant_does_not_go_on_while_its_organisation_does_not() -> None:
    grant = grant_in("suspended", suspended_from="evaluated", suspenders=("person:b",))
    gone = standing(Organisation, stage="historical")
    with pytest.raises(Refusal) as refused:
        stopping.resume(grant, organisation=gone, by=mandate())
    assert [reason.rule for reason in refused.value.reasons] == ["G11.organisation"]
    stopping.resume(grant, organisation=standing(Organisation, stage="registered"), by=mandate())
    assert grant.stage == "evaluated"

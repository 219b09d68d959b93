"""What is kept of a thing for the invariants is all that they ask of it."""

from __future__ import annotations

import pytest

from domain.approvals import Approval
from domain.documents import Document
from domain.grants.costs import Cost
from domain.grants.grant import Grant
from domain.invariants import breaches
from domain.proposals.content import BudgetLine
from domain.state import State, summary
from tests.domain.states import grant, tranche
from tests.domain.test_invariants import BROKEN


@pytest.mark.parametrize("case", BROKEN)
def test_every_broken_invariant_is_named_just_as_well_by_the_summaries(case: str) -> None:
    _, things, book = BROKEN[case]
    kept = [small for thing in things if (small := summary(thing)) is not None]

    said = list(breaches(State(kept, book)))

    assert said == list(breaches(State(things, book)))
    assert said


def test_a_refund_makes_room_in_the_award_by_the_summaries_too() -> None:
    things = (grant(refunded_minor=100), tranche("reconciled", 900))
    kept = [small for thing in things if (small := summary(thing)) is not None]

    said = {breach.reason.rule for breach in breaches(State(kept, {}))}

    assert "invariant.award" not in said


def test_a_thing_that_no_money_passes_through_leaves_nothing() -> None:
    assert summary(Approval(id="a", stage="approved")) is None


def test_a_thing_of_any_kind_that_holds_money_is_kept() -> None:
    kept = summary(Document(id="d", balances={"cash.bank": 1}))

    assert kept is not None
    assert kept.balances == {"cash.bank": 1}


def test_a_summary_leaves_out_what_no_invariant_asks_for() -> None:
    costs = (
        Cost(no=1, line="a", amount_minor=5, voucher="V", description="d", stage="accepted"),
        Cost(no=2, line="a", amount_minor=7, voucher="V", description="d", stage="questioned"),
    )
    budget = (BudgetLine(line="a", amount_minor=3), BudgetLine(line="b", amount_minor=4))

    kept = summary(Grant(id="g", source="{}", results="done", costs=costs, budget=budget))

    assert isinstance(kept, Grant)
    assert (kept.source, kept.results, kept.questioned_minor) == ("", "", 7)
    assert sum(line.amount_minor for line in kept.budget) == 7
    assert len(kept.costs) == len(kept.budget) == 1

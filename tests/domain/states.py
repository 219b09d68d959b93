"""Things as they stand in a state that is asked about: small, and sound unless said."""

from __future__ import annotations

from typing import Any

from domain.clawbacks.clawback import Clawback
from domain.custody import CustodyAccount
from domain.funds.fund import Fund
from domain.grants.costs import Cost
from domain.grants.grant import Grant
from domain.kernel import Aggregate
from domain.orders.order import Order
from domain.proposals.content import BudgetLine
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round
from domain.rounds.rules import Criterion, GradeBand, Instalment, Rules
from domain.state import Slot
from domain.tranches.tranche import Tranche

Balances = dict[str, int]
BUDGET = (BudgetLine(line="activity", amount_minor=1_000),)
RULES = Rules(
    cap_minor=900,
    cap_percent=80,
    match_min_percent=20,
    per_organisation_limit=1,
    reviewers_min=1,
    rubric=(Criterion(code="need", title="需求", weight=100),),
    aggregation="mean",
    notice_days=5,
    sign_days=30,
    tranches=(Instalment(percent=100, condition="signature"),),
    payment_threshold_minor=1_000,
    final_days=30,
    grade_bands=(GradeBand(grade="pass", from_milli=0),),
    unspent="reuse",
    calendar="CN-2026.1",
)


def fund(stage: str = "active", **changes: Any) -> Fund:
    return Fund(id="f", stage=stage, currency="CNY", **changes)


def round(stage: str = "executing", **changes: Any) -> Round:
    return Round(id="r", stage=stage, currency="CNY", fund="f", rules=RULES, **changes)


def proposal(stage: str = "awarded", **changes: Any) -> Proposal:
    return Proposal(id="p", stage=stage, currency="CNY", fund="f", round="r", **changes)


def grant(stage: str = "active", **changes: Any) -> Grant:
    given = {"amount_minor": 800, "budget": BUDGET, **changes}
    return Grant(id="g", stage=stage, currency="CNY", fund="f", round="r", proposal="p", **given)


def order(stage: str) -> Order:
    """An order of 800 of which 500 were delivered."""
    return Order(
        id="o", stage=stage, currency="CNY", fund="f", amount_minor=800, accepted_minor=500
    )


def clawback(id: str, stage: str = "ordered", **changes: Any) -> Clawback:
    given = {"amount_minor": 7, **changes}
    return Clawback(id=id, stage=stage, currency="CNY", fund="f", grant="g", **given)


def tranche(stage: str, amount_minor: int = 500) -> Tranche:
    return Tranche(
        id="t", stage=stage, currency="CNY", fund="f", grant="g", amount_minor=amount_minor
    )


def custody(stage: str = "open", assets: int = 0) -> CustodyAccount:
    balances = {"custody.assets/g": assets, "custody.liabilities/g": -assets}
    return CustodyAccount(id="c", stage=stage, currency="CNY", fund="f", balances=balances)


def holding(thing: Aggregate, **balances: int) -> tuple[list[Aggregate], dict[Slot, int]]:
    """A thing that holds something, and a book that says so."""
    thing.balances = {
        name.replace("__", ".").replace("_of_", "/"): v for name, v in balances.items()
    }
    book = {Slot("f", "CNY", name.partition("/")[0], ""): v for name, v in thing.balances.items()}
    return [thing], book


QUESTIONED = Cost(
    no=1, line="activity", amount_minor=5, voucher="V", description="d", stage="questioned"
)
PLEDGED = {
    Slot("f", "CNY", "match.pledged", "p"): 7,
    Slot("f", "CNY", "match.counterpart", "p"): -7,
}
RESERVED = {Slot("f", "CNY", "authority.reserved", "p"): 7}

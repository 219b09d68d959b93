"""The costs that a grantee reports: lines that are accepted, questioned, allowed or disallowed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from domain.errors import refuse
from domain.proposals.content import BudgetLine
from domain.values import Name, PositiveMinor


class CostStage(StrEnum):
    REPORTED = "reported"
    ACCEPTED = "accepted"
    QUESTIONED = "questioned"
    DISALLOWED = "disallowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """A cost as the grantee states it: budget line, amount in minor units, voucher number."""

    line: Name
    amount_minor: PositiveMinor
    voucher: Name
    description: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A reported cost, by its number within the grant, and what has become of it.

    `accepted` says whether it stood as accepted when it was questioned, `raiser` who questioned,
    `finding` what an auditor had found before that.
    """

    no: int
    line: str
    amount_minor: int
    voucher: str
    description: str
    stage: str = CostStage.REPORTED
    accepted: bool = False
    raiser: str = ""
    cause: str = ""
    finding: str = ""


Costs = tuple[Cost, ...]


def reported(costs: Costs, spent: tuple[Spent, ...]) -> Costs:
    """The costs with new ones behind them, numbered on."""
    new = tuple(
        Cost(
            no=len(costs) + index,
            line=item.line,
            amount_minor=item.amount_minor,
            voucher=item.voucher,
            description=item.description,
        )
        for index, item in enumerate(spent, start=1)
    )
    return costs + new


def changed(costs: Costs, no: int, **changes: Any) -> Costs:
    """The costs with one of them changed."""
    return tuple(replace(cost, **changes) if cost.no == no else cost for cost in costs)


def find(costs: Costs, no: int, rule: str) -> Cost:
    """The cost of that number; refused where there is none."""
    for cost in costs:
        if cost.no == no:
            return cost
    raise refuse(rule, "The grant has no cost number {no}.", field="/cost", no=no)


def sum_of(costs: Costs, *stages: str) -> int:
    """What the costs in these stages add up to, in minor units."""
    return sum(cost.amount_minor for cost in costs if cost.stage in stages)


def questioned_unaccepted(costs: Costs) -> int:
    """Questioned costs that never stood as accepted: the advance must still cover them."""
    return sum(
        cost.amount_minor
        for cost in costs
        if cost.stage == CostStage.QUESTIONED and not cost.accepted
    )


def over_line(
    costs: Costs, accepting: tuple[Cost, ...], budget: tuple[BudgetLine, ...], shift_percent: int
) -> tuple[str, ...]:
    """Budget lines that would have more accepted cost than they allow, shift included."""
    planned = {line.line: line.amount_minor for line in budget}
    taken: dict[str, int] = {}
    chosen = {cost.no for cost in accepting}
    for cost in costs:
        if cost.stage == CostStage.ACCEPTED or cost.no in chosen:
            taken[cost.line] = taken.get(cost.line, 0) + cost.amount_minor
    return tuple(
        line
        for line, minor in taken.items()
        if minor * 100 > planned.get(line, 0) * (100 + shift_percent)
    )

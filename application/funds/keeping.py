"""What may be told to a fund as a whole: proposed, opened, frozen, its days and months closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from application.docket import Docket
from application.funds.values import Purposes, Year
from application.known_places import is_recorded
from application.ports import BookLine
from application.told import Handlers, NoFields, said, tells
from domain.errors import check, refuse
from domain.funds import keeping
from domain.funds.fund import Fund
from domain.funds.values import Total
from domain.kernel import Mandate
from domain.orders.lifecycle import AT_THE_BANK
from domain.orders.order import Order
from domain.tranches.tranche import Tranche
from domain.values import Name, Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeFund:
    """Proposes a pot of money; another person opens it."""

    name: Name
    kind: Literal["dedicated", "pooled", "party", "donation", "custody"]
    place: Place
    year: Year
    currency: Annotated[str, MinLen(3), MaxLen(3)]
    purposes: Purposes
    reuse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFund(NoFields):
    """Opens a proposed fund."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseFund:
    """Refuses a proposed fund."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeFund:
    """Freezes a fund: nothing is promised or paid until it is unfrozen."""

    decision: Name
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfreezeFund:
    """Lets a frozen fund be used again."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDay:
    """Closes a day of a fund's books."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePeriod:
    """Closes a month of a fund's books, once its payments are reconciled."""

    period: Annotated[str, MinLen(7), MaxLen(7)]


def propose(command: ProposeFund, docket: Docket, id: str, by: Mandate) -> Fund:
    check(is_recorded("F0", command.place, docket, "/place"))
    return docket.add(keeping.propose(docket.new_id(), **said(command), by=by))


def close_day(command: CloseDay, docket: Docket, id: str, by: Mandate) -> Fund:
    fund = docket.load(Fund, id)
    keeping.close_day(fund, day=command.day, totals=totals_of(docket.book(id, command.day)), by=by)
    return fund


def close_period(command: ClosePeriod, docket: Docket, id: str, by: Mandate) -> Fund:
    fund = docket.load(Fund, id)
    keeping.close_period(
        fund,
        period=command.period,
        last_day=last_day_of(command.period),
        open_bank=docket.count(Tranche, fund=id, stage=("sent", "paid"))
        + docket.count(Order, fund=id, stage=AT_THE_BANK),
        by=by,
    )
    return fund


def totals_of(book: Iterable[BookLine]) -> tuple[Total, ...]:
    """The balances of a fund by account."""
    sums: dict[str, int] = {}
    for line in book:
        sums[line.account] = sums.get(line.account, 0) + line.balance_minor
    return tuple(Total(account, sums[account]) for account in sorted(sums) if sums[account])


def last_day_of(period: str) -> date:
    """The last day of a month written as 2026-03."""
    try:
        first = date.fromisoformat(f"{period}-01")
    except ValueError:
        raise refuse(
            "F9a.period", "A period is a month such as 2026-03.", field="/period"
        ) from None
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


HANDLERS: Handlers = {
    "propose": (ProposeFund, propose),
    "open": (OpenFund, tells(Fund, keeping.open)),
    "refuse": (RefuseFund, tells(Fund, keeping.refuse)),
    "freeze": (FreezeFund, tells(Fund, keeping.freeze)),
    "unfreeze": (UnfreezeFund, tells(Fund, keeping.unfreeze)),
    "close-day": (CloseDay, close_day),
    "close-period": (ClosePeriod, close_period),
}

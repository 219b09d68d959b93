"""What may be told to funds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from application.docket import Docket
from application.ports import BookLine
from application.told import Handlers, NoFields, said, tells
from domain.errors import refuse
from domain.funds import keeping, receipts
from domain.funds.fund import Fund
from domain.funds.values import Total
from domain.kernel import Mandate
from domain.ledger import Posting
from domain.orders.lifecycle import AT_THE_BANK, UNDER_WAY
from domain.orders.order import Order
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche
from domain.values import Minor, Name, Place, PositiveMinor, Text

Year = Annotated[int, Ge(1900), Le(2200)]
Purposes = Annotated[tuple[Name, ...], MinLen(1), MaxLen(50)]


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
class RecordAppropriation:
    """Records the right to commit that a budget document gives."""

    doc_no: Name
    amount_minor: PositiveMinor
    year: Year


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpeningBalance:
    """Records what a fund held before it was kept here."""

    bank_minor: Minor
    available_minor: Minor


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendAppropriation:
    """Cuts an appropriation by a later document."""

    doc_no: Name
    amount_minor: PositiveMinor


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveContribution:
    """Records money that the bank shows as received."""

    contributor: Name
    source: Literal["appropriation", "pooled", "donation", "surplus_share"]
    amount_minor: PositiveMinor
    purposes: Purposes
    bank_ref: Name


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StartClosing(NoFields):
    """Starts to wind a fund up; nothing new is promised from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseFund(NoFields):
    """Closes the fund's accounts for good."""


def propose(command: ProposeFund, docket: Docket, id: str, by: Mandate) -> Fund:
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


def start_closing(command: StartClosing, docket: Docket, id: str, by: Mandate) -> Fund:
    fund = docket.load(Fund, id)
    under_way = tuple(str(s) for s in RoundStage if s not in Round.lifecycle.final)
    keeping.start_closing(
        fund,
        open_rounds=docket.count(Round, fund=id, stage=under_way),
        open_orders=docket.count(Order, fund=id, stage=UNDER_WAY),
        by=by,
    )
    return fund


def close(command: CloseFund, docket: Docket, id: str, by: Mandate) -> Fund:
    fund, book = docket.load(Fund, id), docket.book(id)
    keeping.close(fund, closing=closing_entries(fund, book), totals=totals_of(book), by=by)
    return fund


def totals_of(book: Iterable[BookLine]) -> tuple[Total, ...]:
    """The balances of a fund by account."""
    sums: dict[str, int] = {}
    for line in book:
        sums[line.account] = sums.get(line.account, 0) + line.balance_minor
    return tuple(Total(account, sums[account]) for account in sorted(sums) if sums[account])


CLOSED_BY = {
    "cash.income_appropriation": "P18.appropriation",
    "cash.income_pooled": "P18.pooled",
    "cash.income_donation": "P18.donation",
    "cash.income_surplus_share": "P18.surplus_share",
    "cash.grant_expense": "P18.grant_expense",
    "cash.service_expense": "P18.service_expense",
    "authority.spent": "P18b",
}
"""The posting that closes each account when a fund ends."""


def closing_entries(fund: Fund, book: Iterable[BookLine]) -> tuple[Posting, ...]:
    """The postings that close income, expense and spent authority of a fund (P18, P18b)."""
    return tuple(
        posting
        for line in book
        if line.account in CLOSED_BY
        for posting in fund.posts(
            CLOSED_BY[line.account],
            abs(line.balance_minor),
            round=line.round,
            proposal=line.proposal,
            grant=line.grant,
            order=line.order,
            line=line.line,
        )
    )


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
    "record-appropriation": (RecordAppropriation, tells(Fund, receipts.record_appropriation)),
    "record-opening-balance": (RecordOpeningBalance, tells(Fund, receipts.record_opening_balance)),
    "amend-appropriation": (AmendAppropriation, tells(Fund, receipts.amend_appropriation)),
    "receive-contribution": (ReceiveContribution, tells(Fund, receipts.receive_contribution)),
    "freeze": (FreezeFund, tells(Fund, keeping.freeze)),
    "unfreeze": (UnfreezeFund, tells(Fund, keeping.unfreeze)),
    "close-day": (CloseDay, close_day),
    "close-period": (ClosePeriod, close_period),
    "start-closing": (StartClosing, start_closing),
    "close": (CloseFund, close),
}

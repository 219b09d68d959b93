"""What may be told to a fund at the end of a year, at its own end, and after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from application.docket import Docket
from application.funds.keeping import totals_of
from application.funds.values import Year
from application.kinds import KINDS
from application.ports import BookLine
from application.told import Handlers, NoFields, tells
from domain.accounts import ACCOUNTS, INCOME
from domain.funds import ending
from domain.funds.fund import Fund
from domain.kernel import Mandate
from domain.ledger import Posting
from domain.values import Name, PositiveMinor


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseYear:
    """Closes the income and expense of a year that is over."""

    year: Year


@dataclass(frozen=True, slots=True, kw_only=True)
class StartClosing(NoFields):
    """Starts to wind a fund up; nothing new is promised from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseFund(NoFields):
    """Closes the fund's accounts for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenFund:
    """Opens a closed fund again for a fact that came later, and names it."""

    basis: Literal["finding", "appeal", "bank_fact"]
    reference: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareLeftOver:
    """Declares money that nobody needs any more due back to whoever gave it."""

    amount_minor: PositiveMinor


OF_THE_YEAR = {
    **{f"cash.income_{source}": f"P18.{source}" for source in (*INCOME, "interest")},
    **{
        f"cash.{name}": f"P18.{name}"
        for name in ("bank_fees", "grant_expense", "service_expense", "write_offs")
    },
}
"""The posting that closes each account of a year (P18)."""

OTHERWISE = {"cash.write_offs": "P18.recovered"}
"""The posting where the account stands on the other side: more came back than was given up."""

SPENT = "authority.spent"
"""What is spent is closed with the fund (P18b), not with the year."""

Line = tuple[str, str, str, str, str, str, str]


def close_year(command: CloseYear, docket: Docket, id: str, by: Mandate) -> Fund:
    fund = docket.load(Fund, id)
    then, now = docket.book(id, date(command.year, 12, 31)), docket.book(id)
    closing = tuple(closed(fund, still_there(then, now)))
    ending.close_year(fund, year=command.year, closing=closing, by=by)
    return fund


def start_closing(command: StartClosing, docket: Docket, id: str, by: Mandate) -> Fund:
    fund = docket.load(Fund, id)
    rounds, orders = (unfinished(noun, fund, docket) for noun in ("round", "order"))
    ending.start_closing(fund, open_rounds=rounds, open_orders=orders, by=by)
    return fund


def close(command: CloseFund, docket: Docket, id: str, by: Mandate) -> Fund:
    fund, book = docket.load(Fund, id), docket.book(id)
    spent = [line for line in book if line.account == SPENT]
    ending.close(
        fund,
        closing=(*closed(fund, book), *(p for line in spent for p in closing(fund, line, "P18b"))),
        totals=totals_of(book),
        open_clawbacks=unfinished("clawback", fund, docket),
        by=by,
    )
    return fund


def declare_left_over(command: DeclareLeftOver, docket: Docket, id: str, by: Mandate) -> Fund:
    fund = docket.load(Fund, id)
    accounts = {"cash.restricted_net_assets", *OF_THE_YEAR}
    after = -sum(line.balance_minor for line in docket.book(id) if line.account in accounts)
    ending.declare_left_over(fund, amount_minor=command.amount_minor, net_assets_minor=after, by=by)
    return fund


def unfinished(noun: str, fund: Fund, docket: Docket) -> int:
    """How many things of a noun that the fund pays for have not ended; 0 for no such noun."""
    if noun not in KINDS:
        return 0
    lifecycle = KINDS[noun].lifecycle
    stages = tuple(str(stage) for stage in lifecycle.stages if stage not in lifecycle.final)
    return docket.count(KINDS[noun], fund=fund.id, stage=stages)


def still_there(then: Iterable[BookLine], now: Iterable[BookLine]) -> Iterable[BookLine]:
    """The lines of a past day, each as far as it has not been undone since."""
    left = {keyed(line): line for line in now}
    for line in then:
        other = left.get(keyed(line))
        if other is not None and (other.balance_minor > 0) == (line.balance_minor > 0):
            yield min(line, other, key=lambda one: abs(one.balance_minor))


def keyed(line: BookLine) -> Line:
    """What a line of the book is told apart by."""
    return (
        line.account, line.round, line.proposal, line.grant, line.order, line.client, line.line,
    )  # fmt: skip


def closed(fund: Fund, book: Iterable[BookLine]) -> Iterable[Posting]:
    """The postings that close income, expense, fees and write-offs, home by home (P18)."""
    for line in book:
        if line.account in OF_THE_YEAR:
            is_usual = (line.balance_minor > 0) == (ACCOUNTS[line.account].side == "Dr")
            codes = OF_THE_YEAR if is_usual else OTHERWISE
            if line.account in codes:
                yield from closing(fund, line, codes[line.account])


def closing(fund: Fund, line: BookLine, code: str) -> tuple[Posting, ...]:
    """The posting that empties a line of the book, for the home that the line belongs to."""
    return fund.posts(
        code,
        abs(line.balance_minor),
        round=line.round,
        proposal=line.proposal,
        grant=line.grant,
        order=line.order,
        line=line.line,
    )


HANDLERS: Handlers = {
    "close-year": (CloseYear, close_year),
    "start-closing": (StartClosing, start_closing),
    "close": (CloseFund, close),
    "reopen": (ReopenFund, tells(Fund, ending.reopen)),
    "declare-left-over": (DeclareLeftOver, declare_left_over),
}

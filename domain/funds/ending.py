"""How a year of a fund ends, and the fund itself; and how a closed fund is opened again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from msgspec.structs import replace

from domain.errors import Word, check
from domain.funds import entries as e
from domain.funds.events import Closed, ClosingStarted
from domain.funds.fund import Fund
from domain.funds.values import Total
from domain.kernel import Mandate
from domain.ledger import Posting, is_memo
from domain.policies import at_most, holds


def over(year: int, by: Mandate) -> datetime:
    """The first instant after the year."""
    return datetime.combine(date(year + 1, 1, 1), time(), by.zone)


def close_year(fund: Fund, *, year: int, closing: Iterable[Posting], by: Mandate) -> None:
    """Closes income and expense of a year that is over to the net assets (F10b, P18)."""
    stage = fund.after("close-year")
    check(
        holds(
            "F10b.later",
            year > fund.closed_year and year >= fund.year,
            "The year {year} is closed already, or lies before the fund.",
            field="/year",
            year=year,
        ),
        holds(
            "F10b.over",
            by.day.year > year,
            "The year {year} is not over.",
            field="/year",
            year=year,
        ),
    )
    fund.record(e.YearClosed(stage=stage, year=year, before=over(year, by)), by, tuple(closing))


def start_closing(fund: Fund, *, open_rounds: int, open_orders: int, by: Mandate) -> None:
    stage = fund.after("start-closing")
    check(
        holds(
            "F11.rounds",
            not open_rounds,
            "{count} rounds of the fund have not ended.",
            count=open_rounds,
        ),
        holds(
            "F11.orders",
            not open_orders,
            "{count} orders of the fund have not ended.",
            count=open_orders,
        ),
    )
    fund.record(ClosingStarted(stage=stage), by)


def close(
    fund: Fund,
    *,
    closing: tuple[Posting, ...],
    totals: tuple[Total, ...],
    open_clawbacks: int,
    by: Mandate,
) -> None:
    """Closes the year's accounts (P18) and the spent authority (P18b); nothing may be left."""
    stage = fund.after("close")
    open_accounts = tuple(Word("account", name) for name in left_open(totals, closing))
    check(
        holds(
            "F11a.clawbacks",
            not open_clawbacks,
            "{count} clawbacks of the fund have not ended.",
            count=open_clawbacks,
        ),
        holds(
            "F11a.zero",
            not open_accounts,
            "The fund still holds something in: {accounts}.",
            accounts=open_accounts,
        ),
    )
    fund.record(Closed(stage=stage, totals=totals), by, closing)


def left_open(totals: Iterable[Total], closing: Iterable[Posting]) -> list[str]:
    """The accounts that still hold something after the closing entries."""
    left = {total.account: total.balance_minor for total in totals}
    for posting in closing:
        left[posting.debit] = left.get(posting.debit, 0) + posting.amount_minor
        left[posting.credit] = left.get(posting.credit, 0) - posting.amount_minor
    return sorted(name for name, balance in left.items() if balance and not is_memo(name))


def reopen(fund: Fund, *, basis: str, reference: str, by: Mandate) -> None:
    """Opens a closed fund for a fact that came later (F11b); what was spent is spent (P18r)."""
    stage = fund.after("reopen")
    lines = tuple(
        replace(line, code="P18r", debit=line.credit, credit=line.debit)
        for line in fund.closing_lines
    )
    fund.record(e.Reopened(stage=stage, basis=basis, reference=reference), by, lines)


def declare_left_over(fund: Fund, *, amount_minor: int, net_assets_minor: int, by: Mandate) -> None:
    """Declares money that nobody needs due back (F14, P12b); the net assets are those after P18."""
    stage = fund.after("declare-left-over")
    account = "cash.restricted_net_assets"
    check(
        fund.has_free_cash("F14.cash", amount_minor, field="/amount_minor"),
        at_most(
            "F14.net_assets",
            amount_minor,
            net_assets_minor,
            fund.currency,
            of=account,
            field="/amount_minor",
        ),
    )
    event = e.LeftOverDeclared(stage=stage, amount_minor=amount_minor)
    fund.record(event, by, fund.posts("P12b", amount_minor))

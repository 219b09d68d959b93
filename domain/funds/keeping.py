"""What is done with a fund as a whole: proposed, opened, frozen, its books closed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from domain.errors import Reason, Word, check
from domain.funds import events as e
from domain.funds.fund import Fund
from domain.funds.lifecycle import lifecycle
from domain.funds.values import Total
from domain.kernel import Mandate
from domain.ledger import Posting, is_memo
from domain.policies import holds, other_hands

CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
"""The code of a currency (ISO 4217)."""


def is_currency(code: str) -> Reason | None:
    return holds(
        "F0.currency",
        bool(CURRENCY.fullmatch(code)),
        "A currency is named by three capital letters, such as CNY.",
        field="/currency",
    )


def propose(
    id: str,
    *,
    name: str,
    kind: str,
    place: str,
    year: int,
    currency: str,
    purposes: tuple[str, ...],
    reuse: bool,
    by: Mandate,
) -> Fund:
    check(is_currency(currency))
    fund = Fund(id=id)
    event = e.Proposed(
        stage=lifecycle.start("propose"),
        name=name,
        kind=kind,
        place=place,
        year=year,
        currency=currency,
        purposes=purposes,
        reuse=reuse,
        proposer=by.person,
        day=(by.day - timedelta(days=1)).isoformat(),
    )
    fund.record(event, by)
    return fund


def open(fund: Fund, *, by: Mandate) -> None:
    stage = fund.after("open")
    check(other_hands("F1.proposer", by, (fund.proposer,)))
    fund.record(e.Opened(stage=stage), by)


def refuse(fund: Fund, *, by: Mandate) -> None:
    fund.record(e.Refused(stage=fund.after("refuse")), by)


def freeze(fund: Fund, *, decision: str, by: Mandate) -> None:
    stage = fund.after("freeze")
    fund.record(e.Frozen(stage=stage, decision=decision, freezer=by.person), by)


def unfreeze(fund: Fund, *, by: Mandate) -> None:
    stage = fund.after("unfreeze")
    check(other_hands("F7a.freezer", by, (fund.freezer,)))
    fund.record(e.Unfrozen(stage=stage), by)


def close_day(fund: Fund, *, day: date, totals: tuple[Total, ...], by: Mandate) -> None:
    stage = fund.after("close-day")
    check(
        holds("F9.later", day.isoformat() > fund.day, "The day {day} is closed.", day=day),
        holds("F9.over", day < by.day, "The day {day} is not over.", day=day),
        holds(
            "F9.balance",
            not sum(total.balance_minor for total in totals),
            "The trial balance of the fund is not zero.",
        ),
    )
    fund.record(e.DayClosed(stage=stage, day=day.isoformat(), totals=totals), by)


def close_period(fund: Fund, *, period: str, last_day: date, open_bank: int, by: Mandate) -> None:
    stage = fund.after("close-period")
    check(
        holds(
            "F9a.later",
            period > fund.period,
            "The period {period} is closed already.",
            field="/period",
            period=period,
        ),
        holds(
            "F9a.over",
            fund.day >= last_day.isoformat(),
            "The last day of the period {period} is not closed yet.",
            field="/period",
            period=period,
        ),
        holds(
            "F9a.reconciled",
            not open_bank,
            "{count} payments of the fund are at the bank or not reconciled.",
            count=open_bank,
        ),
    )
    fund.record(e.PeriodClosed(stage=stage, period=period), by)


def start_closing(fund: Fund, *, open_rounds: int, by: Mandate) -> None:
    stage = fund.after("start-closing")
    check(
        holds(
            "F11.rounds",
            not open_rounds,
            "{count} rounds of the fund have not ended.",
            count=open_rounds,
        )
    )
    fund.record(e.ClosingStarted(stage=stage), by)


def close(
    fund: Fund, *, closing: Iterable[Posting], totals: tuple[Total, ...], by: Mandate
) -> None:
    """Closes the year's accounts (P18) and the spent authority (P18b); nothing may be left."""
    stage = fund.after("close")
    left = {total.account: total.balance_minor for total in totals}
    moved = tuple(closing)
    for posting in moved:
        left[posting.debit] = left.get(posting.debit, 0) + posting.amount_minor
        left[posting.credit] = left.get(posting.credit, 0) - posting.amount_minor
    open_accounts = sorted(name for name, balance in left.items() if balance and not is_memo(name))
    check(
        holds(
            "F11a.zero",
            not open_accounts,
            "The fund still holds something in: {accounts}.",
            accounts=tuple(Word("account", name) for name in open_accounts),
        )
    )
    fund.record(e.Closed(stage=stage, totals=totals), by, moved)


def import_history(
    id: str, *, import_id: str, name: str, identifier: str, currency: str, by: Mandate
) -> Fund:
    """The pot that past grants of one funder in one currency came from (I6)."""
    fund = Fund(id=id)
    event = e.Imported(
        stage=lifecycle.start("import"),
        import_id=import_id,
        name=name,
        identifier=identifier,
        currency=currency,
    )
    fund.record(event, by)
    return fund

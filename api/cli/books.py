"""Commands that show accounts as the ledger book has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
import typer

from api.cli.failing import NO
from api.cli.opening import Reading, reading
from api.cli.options import AsOfOption, DatabaseOption, FundOption, JsonOption, KnownAtOption
from api.cli.printing import print_json, print_table
from api.cli.saying import say, words
from application.questions import Balance, Moment
from domain.money import written
from infrastructure.views import VIEWS

Totals = dict[tuple[str, str, str], tuple[int, int]]
"""By fund, currency and book: the sum of the debit balances, and that of the credit balances."""


@dataclass(frozen=True, slots=True)
class Asked:
    """At which moment a question was asked, as it was written and as it was understood."""

    as_of: str | None
    known_at: str | None
    moment: Moment

    def document(self, rows: Iterable[Balance]) -> dict[str, Any]:
        """The answer for programs."""
        return {
            "as_of": self.as_of,
            "known_at": self.known_at,
            "position": self.moment.upto,
            "accounts": [
                {
                    "fund": row.fund,
                    "currency": row.currency,
                    "account": row.account,
                    "debit_minor": row.debit_minor,
                    "credit_minor": row.credit_minor,
                    "balance_minor": row.balance_minor,
                }
                for row in rows
            ],
        }


def asked(opened: Reading, as_of: str | None, known_at: str | None) -> Asked:
    """The question, held fast at the last position, whatever is recorded meanwhile."""
    moment, head = opened.questions.moment(as_of, known_at), opened.questions.head()
    upto = head if moment.upto is None else min(moment.upto, head)
    return Asked(as_of, known_at, replace(moment, upto=upto))


def balances(
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    fund: FundOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    with reading(database) as opened:
        question = asked(opened, as_of, known_at)
        rows = opened.questions.balances(question.moment, fund=fund)
        names = names_of_funds(opened)
    if as_json:
        print_json(question.document(rows))
    else:
        print_accounts(rows, names)


def trial_balance(
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    fund: FundOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    with reading(database) as opened:
        question = asked(opened, as_of, known_at)
        rows = opened.questions.balances(question.moment, fund=fund)
        names = names_of_funds(opened)
    sums = totals(rows)
    balanced = all(debit == credit for debit, credit in sums.values())
    if as_json:
        listed = [
            {
                "fund": key[0],
                "currency": key[1],
                "book": key[2],
                "debit_minor": debit,
                "credit_minor": credit,
            }
            for key, (debit, credit) in sums.items()
        ]
        print_json({**question.document(rows), "totals": listed, "balanced": balanced})
    else:
        print_totals(sums, names)
        typer.echo(say("trial.well" if balanced else "trial.ill"))
    if not balanced:
        raise typer.Exit(NO)


def totals(rows: Iterable[Balance]) -> Totals:
    """The sums of each book of each fund."""
    sums: Totals = {}
    for row in rows:
        key = (row.fund, row.currency, row.account.partition(".")[0])
        debit, credit = sums.get(key, (0, 0))
        balance = row.balance_minor
        sums[key] = (debit + max(balance, 0), credit + max(-balance, 0))
    return dict(sorted(sums.items()))


def names_of_funds(opened: Reading) -> dict[str, str]:
    """The name of every fund by id."""
    table = VIEWS["funds"].table
    with opened.database.reading() as connection:
        return {row.id: row.name for row in connection.execute(sa.select(table))}


def print_accounts(rows: Iterable[Balance], names: Mapping[str, str]) -> None:
    """Prints accounts for people."""
    shown = [
        (
            names.get(row.fund, row.fund),
            row.currency,
            words().word("account", row.account),
            written(row.debit_minor, row.currency),
            written(row.credit_minor, row.currency),
            written(row.balance_minor, row.currency),
        )
        for row in rows
    ]
    print_table(("fund", "currency", "account", "debit", "credit", "balance"), shown, numbers=3)


def print_totals(sums: Totals, names: Mapping[str, str]) -> None:
    """Prints the sums for people."""
    shown = [
        (
            names.get(fund, fund),
            currency,
            say(f"book.{book}"),
            written(debit, currency),
            written(credit, currency),
        )
        for (fund, currency, book), (debit, credit) in sums.items()
    ]
    print_table(("fund", "currency", "book", "debit", "credit"), shown, numbers=2)

"""The ledger: accounts, and postings that move money from one to another.

An auxiliary book beside the official accounts. A posting has a debit and a credit of one amount
inside one book of one fund, so an entry that does not balance cannot be written.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import msgspec

from domain.errors import Reason, Word, check
from domain.money import written


class Account(NamedTuple):
    """An account: its normal side, the nouns one of which guards it, and what it means.

    `homes` are tried in order; the first that the posting names is the home. The fund keeps a
    copy of an account that is `watched`, because its free cash depends on it. A `guarded` account
    is never on its wrong side. An account `by_line` is kept for each line of a round's budget.
    """

    name: str
    side: str
    homes: tuple[str, ...]
    meaning: str
    guarded: bool = False
    watched: bool = False
    by_line: bool = False


ACCOUNTS = {
    account.name: account
    for account in (
        Account("authority.source", "Cr", ("fund",), "right to commit, by document"),
        Account("authority.available", "Dr", ("fund",), "not yet allotted", True),
        Account("authority.allotted", "Dr", ("round",), "given to a round", True, False, True),
        Account(
            "authority.reserved", "Dr", ("order", "round"), "held for awards", True, False, True
        ),
        Account("authority.committed", "Dr", ("order", "grant"), "signed, not paid", True),
        Account("authority.spent", "Dr", ("order", "grant"), "paid, less refunds", True),
        Account("cash.bank", "Dr", ("fund",), "bank deposit", True),
        Account("cash.unassigned_receipts", "Cr", ("fund",), "received, purpose unknown", True),
        Account("cash.payable_to_treasury", "Cr", ("fund",), "due back to the payer", True),
        Account("cash.restricted_net_assets", "Cr", ("fund",), "restricted net assets"),
        Account("cash.income_appropriation", "Cr", ("fund",), "income from the budget"),
        Account("cash.income_pooled", "Cr", ("fund",), "income from departments"),
        Account("cash.income_donation", "Cr", ("fund",), "income from donors"),
        Account("cash.income_surplus_share", "Cr", ("fund",), "income from surplus shares"),
        Account("cash.payables", "Cr", ("order", "grant"), "approved, not yet paid", True, True),
        Account("cash.advances", "Dr", ("grant",), "approved or paid, not yet accepted", True),
        Account("cash.recoverable", "Dr", ("grant",), "due back from the grantee", True),
        Account("cash.grant_expense", "Dr", ("grant",), "accepted cost of the open year"),
        Account("match.counterpart", "Cr", ("proposal",), "match money promised"),
        Account("match.pledged", "Dr", ("proposal",), "match money not yet shown", True),
        Account("history.unknown_source", "Cr", ("grant",), "imported history"),
        Account("history.awarded", "Dr", ("grant",), "imported awards"),
        Account("history.paid", "Dr", ("grant",), "imported payments"),
    )
}

LEGS: dict[str, tuple[tuple[str, str], ...]] = {
    # code: (debit, credit) of each leg
    "P0.cash": (("cash.bank", "cash.restricted_net_assets"),),
    "P0.authority": (("authority.available", "authority.source"),),
    "P1": (("authority.available", "authority.source"),),
    "P2.appropriation": (("cash.bank", "cash.income_appropriation"),),
    "P2a.pooled": (
        ("cash.bank", "cash.income_pooled"),
        ("authority.available", "authority.source"),
    ),
    "P2a.donation": (
        ("cash.bank", "cash.income_donation"),
        ("authority.available", "authority.source"),
    ),
    "P2a.surplus_share": (
        ("cash.bank", "cash.income_surplus_share"),
        ("authority.available", "authority.source"),
    ),
    "P3": (("authority.allotted", "authority.available"),),
    "P3r": (("authority.available", "authority.allotted"),),
    "P4": (("authority.reserved", "authority.allotted"),),
    "P4r": (("authority.allotted", "authority.reserved"),),
    "P5": (("authority.committed", "authority.reserved"),),
    "P5r": (("authority.allotted", "authority.committed"),),
    "P6": (("cash.advances", "cash.payables"),),
    "P6r": (("cash.payables", "cash.advances"),),
    "P7": (("cash.payables", "cash.bank"), ("authority.spent", "authority.committed")),
    "P7r": (("cash.bank", "cash.payables"), ("authority.committed", "authority.spent")),
    "P8": (("cash.grant_expense", "cash.advances"),),
    "P9": (("cash.recoverable", "cash.advances"),),
    "P9b": (("cash.recoverable", "cash.grant_expense"),),
    "P10": (("cash.bank", "cash.recoverable"), ("authority.available", "authority.spent")),
    "P10n": (
        ("cash.bank", "cash.recoverable"),
        ("authority.source", "authority.spent"),
        ("cash.restricted_net_assets", "cash.payable_to_treasury"),
    ),
    "P12a": (("authority.source", "authority.available"),),
    "P15": (("match.pledged", "match.counterpart"),),
    "P15r": (("match.counterpart", "match.pledged"),),
    "P18.appropriation": (("cash.income_appropriation", "cash.restricted_net_assets"),),
    "P18.pooled": (("cash.income_pooled", "cash.restricted_net_assets"),),
    "P18.donation": (("cash.income_donation", "cash.restricted_net_assets"),),
    "P18.surplus_share": (("cash.income_surplus_share", "cash.restricted_net_assets"),),
    "P18.grant_expense": (("cash.restricted_net_assets", "cash.grant_expense"),),
    "P18b": (("authority.source", "authority.spent"),),
    "P21": (("history.awarded", "history.unknown_source"),),
    "P22": (("history.paid", "history.awarded"),),
}


class Posting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An amount in minor units that moves from the credited to the debited account.

    The other fields say what it was for: ids, each empty where it does not apply.
    """

    code: str
    debit: str
    credit: str
    amount_minor: int
    currency: str
    fund: str
    round: str = ""
    proposal: str = ""
    grant: str = ""
    tranche: str = ""
    order: str = ""
    contributor: str = ""
    client: str = ""
    line: str = ""


class Move(msgspec.Struct, frozen=True):
    """A signed change of one account of a home; positive is a debit."""

    account: str
    amount_minor: int


class Entry(NamedTuple):
    """One side of a posting: positive is a debit, negative a credit."""

    account: str
    amount_minor: int
    posting: Posting


def post(
    code: str, amount_minor: int, *, currency: str, fund: str, line: str = "", **dimensions: str
) -> tuple[Posting, ...]:
    """The postings of a code, one for each leg; none where there is nothing to post.

    The line of the budget is kept on legs that move an account which is kept by line.
    """
    if not amount_minor:
        return ()
    return tuple(
        Posting(
            code=code.partition(".")[0],
            debit=debit,
            credit=credit,
            amount_minor=amount_minor,
            currency=currency,
            fund=fund,
            line=line if ACCOUNTS[debit].by_line or ACCOUNTS[credit].by_line else "",
            **dimensions,
        )
        for debit, credit in LEGS[code]
    )


def entries(posting: Posting) -> tuple[Entry, Entry]:
    """The two sides of a posting."""
    return (
        Entry(posting.debit, posting.amount_minor, posting),
        Entry(posting.credit, -posting.amount_minor, posting),
    )


def homes(entry: Entry) -> tuple[str, ...]:
    """The streams of the aggregates that guard the account this entry moves."""
    account = ACCOUNTS[entry.account]
    found = []
    for noun in account.homes:
        if id := getattr(entry.posting, noun):
            found.append(f"{noun}:{id}")
            break
    if account.watched:
        found.append(f"fund:{entry.posting.fund}")
    return tuple(found)


def key(entry: Entry) -> str:
    """The name under which a home keeps the balance that this entry moves."""
    account = ACCOUNTS[entry.account]
    return f"{entry.account}/{entry.posting.line}" if account.by_line else entry.account


def moves_at(stream: str, postings: Iterable[Posting]) -> tuple[Move, ...]:
    """The changes that postings make to the accounts of one home."""
    return tuple(
        Move(key(entry), entry.amount_minor)
        for posting in postings
        for entry in entries(posting)
        if stream in homes(entry)
    )


@lru_cache(maxsize=10_000)
def account_of(name: str) -> Account:
    """The account of a balance, which may be kept by line."""
    return ACCOUNTS[name.partition("/")[0]]


def balance_of(balances: dict[str, int], name: str) -> int:
    """The balance on its normal side, in minor units."""
    side = account_of(name).side
    return balances.get(name, 0) if side == "Dr" else -balances.get(name, 0)


def check_sides(noun: str, balances: dict[str, int], currency: str) -> None:
    """Refuses balances in which a guarded account stands on its wrong side."""
    check(
        *(
            Reason(
                "ledger.side",
                "The account “{account}” of this {noun} would be {amount} {currency} short.",
                {
                    "account": Word("account", account_of(name).name),
                    "noun": Word("noun", noun),
                    "amount": written(-balance_of(balances, name), currency),
                    "currency": currency,
                },
            )
            for name in balances
            if account_of(name).guarded and balance_of(balances, name) < 0
        )
    )

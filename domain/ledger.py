"""The ledger: accounts, and postings that move money from one to another.

An auxiliary book beside the official accounts. A posting has a debit and a credit of one amount
inside one book of one fund, so an entry that does not balance cannot be written.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import msgspec

from domain.accounts import ACCOUNTS, LEGS, Account
from domain.errors import Reason, Word, check
from domain.money import written


class Posting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An amount in minor units that moves from the credited to the debited account.

    The other fields say what it was for: ids, each empty where it does not apply. `client` is the
    custody account in which a client's money is kept.
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


DIMENSIONS = {"custody_account": "client"}
"""The dimension that names a home, where it is not called as the home is."""


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
            line=line if "line" in (ACCOUNTS[debit].by, ACCOUNTS[credit].by) else "",
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
        if id := getattr(entry.posting, DIMENSIONS.get(noun, noun)):
            found.append(f"{noun}:{id}")
            break
    if account.watched:
        found.append(f"fund:{entry.posting.fund}")
    return tuple(found)


def key(entry: Entry) -> str:
    """The name under which a home keeps the balance that this entry moves."""
    account = ACCOUNTS[entry.account]
    part = getattr(entry.posting, account.by) if account.by else ""
    return f"{entry.account}/{part}" if part else entry.account


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


def is_memo(name: str) -> bool:
    """Whether an account is kept as a memory alone, and so outlives the books of money."""
    return name.partition(".")[0] in ("match", "history")


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

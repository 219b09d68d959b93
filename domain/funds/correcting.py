"""How an entry of a fund that should not have been made is put right: by its reversal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from domain.accounts import ACCOUNTS
from domain.errors import Reason, check, refuse
from domain.funds import entries as e
from domain.funds import events
from domain.funds.fund import Fund
from domain.funds.lifecycle import OPEN
from domain.funds.receipts import received_of
from domain.funds.values import Entry
from domain.kernel import Mandate, Record
from domain.ledger import Posting
from domain.policies import at_most, holds, in_stage

OF_THE_YEAR = frozenset(name for name in ACCOUNTS if name.startswith("cash.income_")) | {
    "cash.bank_fees"
}
"""The accounts of a fund that are closed with the year."""


def reverse_entry(fund: Fund, *, entry: int, others: tuple[Fund, ...], by: Mandate) -> None:
    """Reverses what a record of this fund posted (F8, P16), in every fund that it moved."""
    stage = fund.after("reverse-entry")
    wrong = entry_of(fund, entry)
    undone = swapped(wrong.postings)
    is_new = not wrong.is_reversed
    check(holds("F8.once", is_new, "This entry is reversed already.", field="/entry"))
    check(
        *may_reverse(fund, wrong),
        *(in_stage("F8.other", other, *OPEN) for other in others),
        *(
            reason
            for one in (fund, *others)
            for reason in (
                one.has_available("F8.available", going(one, undone, "authority.available")),
                one.has_free_cash("F8.cash", going(one, undone, "cash.bank")),
            )
        ),
    )
    fund.record(e.EntryReversed(stage=stage, reverses=entry), by, undone)


def entry_of(fund: Fund, version: int) -> Entry:
    """What the record of that version posted; refused where a correction cannot reverse it."""
    for entry in fund.posted:
        if entry.version == version:
            return entry
    raise refuse(
        "F8.entry",
        "The fund has no entry {version} that a correction may reverse.",
        field="/entry",
        version=version,
    )


def others_of(fund: Fund, version: int) -> tuple[str, ...]:
    """The other funds that the record of that version moved money of."""
    moved = dict.fromkeys(posting.fund for posting in entry_of(fund, version).postings)
    return tuple(id for id in moved if id != fund.id)


def may_reverse(fund: Fund, wrong: Entry) -> Iterable[Reason | None]:
    """What speaks against reversing an entry of this fund, beside what its money came to."""
    yield holds("F8.once", not wrong.is_reversed, "This entry is reversed already.", field="/entry")
    moved = {name for posting in wrong.postings for name in (posting.debit, posting.credit)}
    is_closed = any(ended.covers(wrong) for ended in fund.year_ends)
    yield holds(
        "F8.year",
        not (is_closed and moved & OF_THE_YEAR),
        "The year of this entry is closed; its income and fees stand.",
        field="/entry",
    )
    if isinstance(wrong.event, events.AppropriationRecorded):
        yield at_most(
            "F8.appropriated",
            received_of(fund, "appropriation"),
            fund.appropriated_minor - wrong.event.amount_minor,
            fund.currency,
            of="appropriation",
            field="/entry",
        )
    if isinstance(wrong.event, e.ContributionPledged):
        letter = wrong.event.letter
        known = next(one for one in fund.contributions if one.letter == letter)
        yield holds(
            "F8.pledge",
            known.open_minor == known.amount_minor,
            "Part of this pledge has come in or was withdrawn.",
            field="/entry",
        )


def swapped(postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """The same amounts the other way round (P16)."""
    return tuple(replace(p, code="P16", debit=p.credit, credit=p.debit) for p in postings)


def going(fund: Fund, postings: tuple[Posting, ...], account: str) -> int:
    """What postings take out of an account of a fund on balance; 0 where they add to it."""
    own = [posting for posting in postings if posting.fund == fund.id]
    out = sum(posting.amount_minor for posting in own if posting.credit == account)
    return max(0, out - sum(posting.amount_minor for posting in own if posting.debit == account))


def unlike_its_entry(thing: Any, record: Record[Any]) -> Reason | None:
    """A reversal posts just what it reverses, once; nothing else posts a reversal.

    `thing` is the fund as it stood before the record.
    """
    event = record.event
    if isinstance(event, e.EntryReversed):
        known = thing.posted if isinstance(thing, Fund) else ()
        found = [one for one in known if one.version == event.reverses and not one.is_reversed]
        expected = [swapped(one.postings) for one in found]
        text = "This does not reverse what record {version} posted, or it was reversed before."
        is_true = expected == [record.postings]
        return holds("F8.reverses", is_true, text, version=event.reverses)
    if any(posting.code == "P16" for posting in record.postings):
        return Reason("F8.reverses", "Only a correction posts what it reverses.")
    return None

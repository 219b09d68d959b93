"""The state: everything that exists at one moment, and how a breach of it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from sys import intern
from typing import Any, NamedTuple, TypeVar

from domain.accounts import ACCOUNTS
from domain.clawbacks.clawback import Clawback
from domain.errors import Reason, Word
from domain.funds.fund import Fund
from domain.grants.costs import CostStage
from domain.grants.grant import Grant
from domain.kernel import Aggregate
from domain.ledger import Entry
from domain.money import written
from domain.orders.order import Order
from domain.proposals.content import BudgetLine
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche

A = TypeVar("A", bound=Aggregate)


class Slot(NamedTuple):
    """What balances of the book are added up by."""

    fund: str
    currency: str
    account: str
    proposal: str


BY_PROPOSAL = ("authority.reserved", "match.pledged")
"""The accounts that must be empty for each proposal that has ended."""


def slot_of(side: Entry) -> Slot:
    """Where an entry is added up; by proposal only where that is asked for."""
    posting = side.posting
    proposal = posting.proposal if side.account in BY_PROPOSAL else ""
    return Slot(posting.fund, posting.currency, side.account, proposal)


class Breach(NamedTuple):
    """An invariant that does not hold: for which thing, and why not."""

    stream: str
    reason: Reason


class State:
    """Everything that exists at one moment, and what the book holds by slot; positive is debit.

    By fund and account: `by_account` is what the book holds, `held` what the homes hold, `watched`
    what a fund has copied of accounts that live elsewhere.
    """

    def __init__(self, things: Iterable[Aggregate], book: Mapping[Slot, int]) -> None:
        self.things = tuple(things)
        self.book = book
        self.funds = self.by_id(Fund)
        self.rounds = self.by_id(Round)
        self.proposals = self.by_id(Proposal)
        self.grants = self.by_id(Grant)
        self.orders = self.by_id(Order)
        self.tranches: dict[str, list[Tranche]] = {}
        for tranche in self.by_id(Tranche).values():
            self.tranches.setdefault(tranche.grant, []).append(tranche)
        self.clawbacks: dict[str, list[Clawback]] = {}
        for clawback in self.by_id(Clawback).values():
            self.clawbacks.setdefault(clawback.grant, []).append(clawback)
        self.by_account: dict[tuple[str, str], int] = {}
        self.by_proposal: dict[tuple[str, str], int] = {}
        for slot, minor in book.items():
            add(self.by_account, (slot.fund, slot.account), minor)
            add(self.by_proposal, (slot.proposal, slot.account), minor)
        self.held: dict[tuple[str, str], int] = {}
        self.watched: dict[tuple[str, str], int] = {}
        for thing in self.things:
            self.add_balances(thing)

    def add_balances(self, thing: Aggregate) -> None:
        """Adds what a thing holds to what all homes of an account hold, or to the copies of it."""
        for name, minor in thing.balances.items():
            key = (fund_of(thing), name.partition("/")[0])
            account = ACCOUNTS.get(key[1])
            is_copy = account is not None and thing.noun not in account.homes
            add(self.watched if is_copy else self.held, key, minor)

    def by_id(self, kind: type[A]) -> dict[str, A]:
        """The things of one kind by their ids."""
        return {thing.id: thing for thing in self.things if isinstance(thing, kind)}

    def sum_of(self, grant: Grant, *stages: str) -> int:
        """What the tranches of a grant in these stages add up to, in minor units."""
        own = self.tranches.get(grant.id, ())
        return sum(tranche.amount_minor for tranche in own if tranche.stage in stages)

    def refunded(self, grant: Grant) -> int:
        """What has come back of a grant, to itself or to its clawbacks, in minor units."""
        claimed = self.clawbacks.get(grant.id, ())
        return grant.refunded_minor + sum(clawback.repaid_minor for clawback in claimed)

    def is_closed(self, fund: str) -> bool:
        """Whether the books of the fund are closed for good."""
        return fund in self.funds and self.funds[fund].stage == "closed"


def add(sums: dict[tuple[str, str], int], key: tuple[str, str], minor: int) -> None:
    sums[key] = sums.get(key, 0) + minor


def fund_of(thing: Aggregate) -> str:
    """The fund whose money a thing concerns."""
    return thing.id if isinstance(thing, Fund) else str(getattr(thing, "fund", ""))


ASKED: dict[type[Aggregate], tuple[str, ...]] = {
    Fund: ("parked",),
    Round: ("fund",),
    Proposal: ("fund", "round", "amount_minor"),
    Grant: (
        "fund", "round", "proposal", "amount_minor", "refunded_minor", "imported_paid_minor",
    ),
    Tranche: ("fund", "grant", "amount_minor"),
    Order: ("fund", "round", "amount_minor", "accepted_minor"),
    Clawback: (
        "fund", "grant", "amount_minor", "repaid_minor", "written_off_minor", "withdrawn_minor",
    ),
}  # fmt: skip
"""What invariants ask of the things that money passes through, beside stage and balances."""


def summary(thing: Aggregate) -> Aggregate | None:
    """A small thing of the same kind of which every invariant says what it says of the thing.

    None where no invariant asks for anything: no money of a fund concerns it.
    """
    if type(thing) not in ASKED and not thing.balances and not fund_of(thing):
        return None
    names = ("id", "stage", "currency", *ASKED.get(type(thing), ("fund",)))
    kept: dict[str, Any] = {
        name: shared(getattr(thing, name)) for name in names if hasattr(thing, name)
    }
    kept["balances"] = {intern(name): minor for name, minor in thing.balances.items()}
    if isinstance(thing, Round) and thing.rules is not None:
        kept["rules"] = replace(thing.rules, line_caps=(), rubric=(), tranches=(), grade_bands=())
    if isinstance(thing, Proposal | Grant):
        total = sum(line.amount_minor for line in thing.budget)
        kept["budget"] = (BudgetLine(line="", amount_minor=total),)
    if isinstance(thing, Grant):
        kept["costs"] = tuple(c for c in thing.costs if c.stage == CostStage.QUESTIONED)
    return type(thing)(**kept)


def shared(value: Any) -> Any:
    """The value; a word or an id as the one that everybody shares."""
    return intern(str(value)) if isinstance(value, str) else value


def is_zero(thing: Aggregate, rule: str, account: str, minor: int) -> Iterator[Breach]:
    """An account that must be empty, and is not."""
    if minor:
        yield Breach(
            thing.stream,
            Reason(
                rule,
                "In stage “{stage}” the account “{account}” must be empty; it holds {amount}.",
                {
                    "stage": Word("stage", thing.stage),
                    "account": Word("account", account),
                    "amount": written(minor, thing.currency),
                },
            ),
        )


def is_equal(thing: Aggregate, rule: str, minor: int, expected: int, of: str) -> Iterator[Breach]:
    """Two amounts that must be the same, and are not."""
    if minor != expected:
        yield Breach(
            thing.stream,
            Reason(
                rule,
                "“{of}” is {amount} and must be {expected}.",
                {
                    "of": Word("account", of),
                    "amount": written(minor, thing.currency),
                    "expected": written(expected, thing.currency),
                },
            ),
        )


def is_within(thing: Aggregate, rule: str, minor: int, most: int, of: str) -> Iterator[Breach]:
    """An amount that exceeds what it may be."""
    if minor > most:
        yield Breach(
            thing.stream,
            Reason(
                rule,
                "{amount} is more than the {limit} of “{of}”.",
                {
                    "amount": written(minor, thing.currency),
                    "limit": written(most, thing.currency),
                    "of": Word("limit", of),
                },
            ),
        )

"""Invariants: what must be true of everything that exists, whatever led to it.

They are checked here once more, over all that there is, apart from the guards that keep each step
from breaking them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.accounts import ACCOUNTS
from domain.errors import Reason, Word
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.grants.lifecycle import ENDED
from domain.grants.lifecycle import Stage as GrantStage
from domain.invariants_of_claims import OF_CLAIMS
from domain.invariants_of_custody import OF_CUSTODY
from domain.invariants_of_orders import OF_ORDERS
from domain.kernel import Aggregate
from domain.ledger import balance_of, is_memo
from domain.money import percent_of, written
from domain.parked import receipts_are_parked
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.state import Breach, State, fund_of, is_equal, is_within, is_zero
from domain.tranches.lifecycle import Stage as TrancheStage

UNPAID = (TrancheStage.APPROVED, TrancheStage.SENT, TrancheStage.RETURNED)
"""The stages in which a tranche is approved and the bank has not paid it."""

PAID = (TrancheStage.PAID, TrancheStage.RECONCILED)
"""The stages in which the bank has paid a tranche."""

TO_BE_AWARDED = (
    ProposalStage.PROPOSED,
    ProposalStage.ON_NOTICE,
    ProposalStage.OBJECTED,
    ProposalStage.AWARDED,
)
"""The stages in which a proposal has an amount that it is to get."""

AUTHORITY = ("available", "allotted", "reserved", "committed", "spent")
"""The accounts among which the authority of a fund is divided."""


def books_balance(state: State) -> Iterator[Breach]:
    """Each book of each fund adds up to nothing."""
    sums: dict[tuple[str, str, str], int] = {}
    for slot, minor in state.book.items():
        key = (slot.fund, slot.account.partition(".")[0], slot.currency)
        sums[key] = sums.get(key, 0) + minor
    for (fund, book, currency), minor in sums.items():
        if minor:
            text = "The book “{book}” is {amount} {currency} out of balance."
            values = {"book": book, "amount": written(minor, currency), "currency": currency}
            yield Breach(f"fund:{fund}", Reason("invariant.balance", text, values))


def one_currency(state: State) -> Iterator[Breach]:
    """A fund has one currency, and everything below inherits it."""
    for thing in state.things:
        fund = state.funds.get(fund_of(thing))
        if fund is not None and thing.currency != fund.currency:
            yield differs_in_currency(thing, thing.currency, fund)
    for slot in state.book:
        fund = state.funds.get(slot.fund)
        if fund is None or slot.currency != fund.currency:
            yield differs_in_currency(Fund(id=slot.fund), slot.currency, fund)


def differs_in_currency(thing: Aggregate, currency: str, fund: Fund | None) -> Breach:
    text = "This is in {currency}, and its fund is in {expected}."
    values = {"currency": currency, "expected": fund.currency if fund else "?"}
    return Breach(thing.stream, Reason("invariant.currency", text, values))


def guarded_accounts_on_their_side(state: State) -> Iterator[Breach]:
    """No home holds less than nothing in a guarded account."""
    for thing in state.things:
        for name in thing.balances:
            account = ACCOUNTS.get(name.partition("/")[0])
            if account is None or (account.guarded and balance_of(thing.balances, name) < 0):
                text = "The account “{account}” stands on its wrong side."
                values = {"account": Word("account", name.partition("/")[0])}
                yield Breach(thing.stream, Reason("invariant.side", text, values))


def homes_hold_the_book(state: State) -> Iterator[Breach]:
    """What the homes of an account hold together is what the book holds of it."""
    for key in sorted(state.held.keys() | state.by_account.keys()):
        fund, expected = Fund(id=key[0]), state.by_account.get(key, 0)
        yield from is_equal(fund, "invariant.homes", state.held.get(key, 0), expected, key[1])
        if key[1] in ACCOUNTS and ACCOUNTS[key[1]].watched:
            copied = state.watched.get(key, 0)
            yield from is_equal(fund, "invariant.watched", copied, expected, key[1])


def authority_is_whole(state: State) -> Iterator[Breach]:
    """Source = available + allotted + reserved + committed + spent, as the homes hold them."""
    for fund in state.funds.values():
        source = fund.balance("authority.source")
        divided = sum(state.held.get((fund.id, f"authority.{name}"), 0) for name in AUTHORITY)
        yield from is_equal(fund, "invariant.authority", divided, source, "authority.source")


def payments_within_award(state: State) -> Iterator[Breach]:
    """Σ paid + approved unpaid − refunded ≤ award; the same of imported history."""
    for grant in state.grants.values():
        going = state.sum_of(grant, *PAID, *UNPAID) - state.refunded(grant)
        rule = "invariant.award"
        yield from is_within(grant, rule, going, grant.amount_minor, "award")
        yield from is_within(grant, rule, grant.imported_paid_minor, grant.amount_minor, "award")


def payables_are_tranches(state: State) -> Iterator[Breach]:
    """Payables of a grant = Σ its tranches Approved, Sent or Returned."""
    for grant in state.grants.values():
        held, expected = grant.balance("cash.payables"), state.sum_of(grant, *UNPAID)
        yield from is_equal(grant, "invariant.payables", held, expected, "cash.payables")


def spent_is_paid(state: State) -> Iterator[Breach]:
    """Spent = Σ tranches Paid or Reconciled − refunded, until the fund is closed."""
    for grant in state.grants.values():
        if not state.is_closed(grant.fund):
            spent = grant.balance("authority.spent")
            paid = state.sum_of(grant, *PAID) - state.refunded(grant)
            yield from is_equal(grant, "invariant.spent", spent, paid, "authority.spent")


def advances_cover_what_is_under_way(state: State) -> Iterator[Breach]:
    """The free advance is never below 0: what is not reconciled yet is still in the advances."""
    for grant in state.grants.values():
        under_way = state.sum_of(grant, *UNPAID, TrancheStage.PAID)
        advanced = grant.balance("cash.advances")
        least = max(advanced, under_way)
        yield from is_equal(grant, "invariant.advances", advanced, least, "cash.advances")


def awards_within_cap(state: State) -> Iterator[Breach]:
    """Award ≤ min(cap, cap% × budget), from when it is proposed."""
    awards: list[Proposal | Grant] = list(state.grants.values())
    awards.extend(p for p in state.proposals.values() if p.stage in TO_BE_AWARDED)
    for thing in awards:
        round = state.rounds.get(thing.round)
        if round is not None and round.rules is not None:
            total = sum(line.amount_minor for line in thing.budget)
            most = min(round.rules.cap_minor, percent_of(total, round.rules.cap_percent))
            yield from is_within(thing, "invariant.cap", thing.amount_minor, most, "cap")


def ended_grants_are_empty(state: State) -> Iterator[Breach]:
    """A final grant has nothing committed, advanced, payable, reserved, pledged, questioned."""
    rule, accounts = "invariant.grant_end", ("committed", "advances", "payables")
    for grant in state.grants.values():
        if grant.stage not in (*ENDED, GrantStage.CANCELLED):
            continue
        for name in accounts:
            account = f"authority.{name}" if name == "committed" else f"cash.{name}"
            yield from is_zero(grant, rule, account, grant.balance(account))
        yield from nothing_held(grant, rule, grant.proposal, state)
        yield from is_zero(grant, rule, "questioned", grant.questioned_minor)


def nothing_held(thing: Aggregate, rule: str, proposal: str, state: State) -> Iterator[Breach]:
    """Nothing is reserved for a proposal or pledged to it any more."""
    for account in ("authority.reserved", "match.pledged"):
        yield from is_zero(thing, rule, account, state.by_proposal.get((proposal, account), 0))


def ended_proposals_are_empty(state: State) -> Iterator[Breach]:
    """A final proposal other than an awarded one has nothing reserved and nothing pledged."""
    for proposal in state.proposals.values():
        if proposal.is_final and proposal.stage != ProposalStage.AWARDED:
            yield from nothing_held(proposal, "invariant.proposal_end", proposal.id, state)
            yield from pledges_ended(proposal)


def pledges_ended(proposal: Proposal) -> Iterator[Breach]:
    """The proposal itself holds no pledge any more."""
    pledged = proposal.balance("match.pledged")
    yield from is_zero(proposal, "invariant.proposal_end", "match.pledged", pledged)


def ended_rounds_are_empty(state: State) -> Iterator[Breach]:
    """A final round has nothing allotted and nothing reserved, on any line."""
    for round in state.rounds.values():
        for account, minor in round.balances.items() if round.is_final else ():
            yield from is_zero(round, "invariant.round_end", account, minor)


def closed_funds_are_empty(state: State) -> Iterator[Breach]:
    """A closed fund has every balance 0; what was shown of match money is a memory that stays."""
    for (fund, account), minor in state.by_account.items():
        if state.is_closed(fund) and not is_memo(account):
            yield from is_zero(state.funds[fund], "invariant.fund_end", account, minor)


Invariant = Callable[[State], Iterator[Breach]]

INVARIANTS: tuple[Invariant, ...] = (
    books_balance,
    one_currency,
    guarded_accounts_on_their_side,
    homes_hold_the_book,
    authority_is_whole,
    payments_within_award,
    payables_are_tranches,
    spent_is_paid,
    advances_cover_what_is_under_way,
    awards_within_cap,
    ended_grants_are_empty,
    ended_proposals_are_empty,
    ended_rounds_are_empty,
    closed_funds_are_empty,
    *OF_ORDERS,
    receipts_are_parked,
    *OF_CUSTODY,
    *OF_CLAIMS,
)


def breaches(state: State) -> Iterator[Breach]:
    """Everything that is not as it must be."""
    for holds in INVARIANTS:
        yield from holds(state)

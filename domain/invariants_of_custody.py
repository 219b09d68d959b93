"""Invariants of custody: what is kept is owed, and nothing is kept of a grant that has ended."""

from __future__ import annotations

from collections.abc import Iterator

from domain.custody import CustodyAccount
from domain.ledger import balance_of
from domain.state import Breach, State, is_equal, is_zero


def custody_is_owed(state: State) -> Iterator[Breach]:
    """What a fiscal agent keeps of each grant is what it owes its client for it."""
    for account in state.by_id(CustodyAccount).values():
        grants = {name.partition("/")[2] for name in account.balances}
        for grant in sorted(grants):
            kept = balance_of(account.balances, f"custody.assets/{grant}")
            owed = balance_of(account.balances, f"custody.liabilities/{grant}")
            yield from is_equal(account, "invariant.custody", kept, owed, "custody.assets")


def ended_grants_are_out_of_custody(state: State) -> Iterator[Breach]:
    """Nothing of a final grant is in custody, nor of any grant in a closed account."""
    for account in state.by_id(CustodyAccount).values():
        for name, minor in account.balances.items():
            grant = state.grants.get(name.partition("/")[2])
            if account.is_final:
                yield from is_zero(account, "invariant.custody_end", name.partition("/")[0], minor)
            elif grant is not None and grant.is_final:
                yield from is_zero(grant, "invariant.custody_end", name.partition("/")[0], minor)


OF_CUSTODY = (custody_is_owed, ended_grants_are_out_of_custody)

"""What must be true of money that is due back, whatever led to it."""

from __future__ import annotations

from collections.abc import Iterator

from domain.clawbacks.lifecycle import Stage
from domain.errors import Reason
from domain.state import Breach, State, is_equal, is_zero


def ended_grants_are_paid_back_or_claimed(state: State) -> Iterator[Breach]:
    """A final grant owes nothing, unless a clawback is ordered for it."""
    for grant in state.grants.values():
        claims = state.clawbacks.get(grant.id, ())
        if grant.is_final and not any(claim.stage == Stage.ORDERED for claim in claims):
            owed = grant.balance("cash.recoverable")
            yield from is_zero(grant, "invariant.recoverable", "cash.recoverable", owed)


def clawbacks_claim_what_is_recoverable(state: State) -> Iterator[Breach]:
    """What is still open of an ordered clawback is what its grant owes; of another, nothing."""
    for claims in state.clawbacks.values():
        for claim in claims:
            grant = state.grants.get(claim.grant)
            is_ordered = claim.stage == Stage.ORDERED
            owed = grant.balance("cash.recoverable") if grant and is_ordered else 0
            rule, account = "invariant.clawback", "cash.recoverable"
            yield from is_equal(claim, rule, claim.open_minor, owed, account)


def one_clawback_at_a_time(state: State) -> Iterator[Breach]:
    """A grant has one ordered clawback at the most."""
    for claims in state.clawbacks.values():
        ordered = [claim for claim in claims if claim.stage == Stage.ORDERED]
        if len(ordered) > 1:
            text = "Several clawbacks are ordered for one grant."
            yield Breach(ordered[-1].stream, Reason("invariant.one_clawback", text))


OF_CLAIMS = (
    ended_grants_are_paid_back_or_claimed,
    clawbacks_claim_what_is_recoverable,
    one_clawback_at_a_time,
)

"""What must be true of money that came in and fits nothing yet."""

from __future__ import annotations

from collections.abc import Iterator

from domain.funds.fund import UNASSIGNED
from domain.state import Breach, State, is_equal


def receipts_are_parked(state: State) -> Iterator[Breach]:
    """What is left of the parked receipts of a fund is what its books hold unassigned."""
    for fund in state.funds.values():
        left = sum(parked.left_minor for parked in fund.parked)
        held = fund.balance(UNASSIGNED)
        yield from is_equal(fund, "invariant.parked", held, left, UNASSIGNED)

"""How money of a grant comes back by itself, before anybody has to claim it."""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.grants import events as e
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.policies import at_most, holds


def may_refund(grant: Grant, amount_minor: int, is_claimed: bool) -> Iterable[Reason | None]:
    """What is asked of money that a grant gives back, whichever way it comes in (G23)."""
    yield at_most(
        "G23.recoverable",
        amount_minor,
        grant.balance("cash.recoverable"),
        grant.currency,
        of="cash.recoverable",
        field="/amount_minor",
    )
    yield holds(
        "G23.clawback",
        not is_claimed,
        "A clawback is ordered for this grant; record the money there.",
    )


def record_refund(
    grant: Grant,
    *,
    amount_minor: int,
    bank_ref: str,
    reusable: bool,
    is_claimed: bool,
    fund: Fund,
    by: Mandate,
) -> None:
    """Money came back (G23); it may be used again (P10) or goes on to the treasury (P10n)."""
    stage = grant.after("record-refund")
    check(
        *may_refund(grant, amount_minor, is_claimed),
        fund.is_new_line("G23.bank_line", bank_ref),
    )
    event = e.RefundReceived(stage=stage, amount_minor=amount_minor, bank_ref=bank_ref)
    grant.record(event, by, grant.posts("P10" if reusable else "P10n", amount_minor))


def note_refund(grant: Grant, *, amount_minor: int, bank_ref: str, by: Mandate) -> None:
    """Money of this grant was among the parked (G23); the fund has posted it already."""
    event = e.RefundReceived(
        stage=grant.after("record-refund"), amount_minor=amount_minor, bank_ref=bank_ref
    )
    grant.record(event, by)

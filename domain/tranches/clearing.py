"""How a payment is cleared: approved, or tried again after the bank returned it.

Money follows a new account only when the account has rested, or was verified once more: a change
shortly before a payment is how it is stolen.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.calendar import Calendar
from domain.documents import Document
from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.policies import at_most, holds, other_hands, unless_set_aside
from domain.rounds.round import Round
from domain.tranches import tranche as e
from domain.tranches.payment import is_to_payee, payable
from domain.tranches.tranche import Tranche

RESTING_DAYS = 5
"""How many working days a new account must have stood unchanged."""


def is_verified(tranche: Tranche, grant: Grant, proof: Document | None) -> bool:
    """Whether an officer of the fund has filed a proof of the account since it was changed."""
    if proof is None or proof.effective_at is None or grant.payee_changed_at is None:
        return False
    is_later = proof.effective_at > grant.payee_changed_at
    officers = {grant.manager, tranche.checker}.difference(grant.payee_hands)
    return is_later and proof.subject == grant.stream and proof.owner in officers


def has_rested(
    rule: str,
    tranche: Tranche,
    grant: Grant,
    *,
    calendar: Calendar,
    proof: Document | None,
    by: Mandate,
) -> Iterator[Reason]:
    """Unless an override says otherwise, the account has stood for five working days (T4, T7c).

    A proof that was filed since is as good.
    """
    changed = grant.payee_changed
    if changed is None or is_verified(tranche, grant, proof):
        return
    last = calendar.after_working_days(changed, RESTING_DAYS)
    rested = holds(
        f"{rule}.rested",
        by.day > last,
        "The payee was changed on {changed}; until {last} is over a payment needs a proof of the "
        "account that the fund's manager has filed since.",
        changed=changed,
        last=last,
    )
    yield from unless_set_aside(tranche, by, (rested,))


def approve(
    tranche: Tranche,
    *,
    grant: Grant,
    fund: Fund,
    round: Round,
    calendar: Calendar,
    proof: Document | None,
    by: Mandate,
) -> None:
    """Approves the payment (T4), for which money and authority must be there."""
    stage = tranche.after("approve")
    uncommitted = grant.balance("authority.committed") - grant.balance("cash.payables")
    check(
        *payable("T4", tranche, grant, fund, round, by),
        is_to_payee("T4", tranche, grant),
        *has_rested("T4", tranche, grant, calendar=calendar, proof=proof, by=by),
        other_hands("T4.hands", by, (tranche.requester, tranche.checker, tranche.sender)),
        at_most("T4.cash", tranche.amount_minor, fund.free_cash, tranche.currency, of="free_cash"),
        at_most(
            "T4.committed",
            tranche.amount_minor,
            uncommitted,
            tranche.currency,
            of="authority.committed",
        ),
    )
    event = e.Approved(stage=stage, approvers=tuple(sorted(by.hands)), verification=name_of(proof))
    tranche.record(event, by, tranche.posts("P6"))


def retry(
    tranche: Tranche,
    *,
    account: str,
    grant: Grant,
    fund: Fund,
    round: Round,
    calendar: Calendar,
    proof: Document | None,
    by: Mandate,
) -> None:
    """Clears a returned payment for another try (T7c)."""
    stage = tranche.after("retry")
    check(
        *payable("T7c", tranche, grant, fund, round, by),
        *has_rested("T7c", tranche, grant, calendar=calendar, proof=proof, by=by),
        other_hands("T7c.hands", by, (tranche.requester, tranche.checker, tranche.sender)),
        other_hands("T7c.payee", by, grant.payee_hands),
        holds(
            "T7c.account",
            account == grant.account,
            "Payment goes to the account of the agreement and to no other.",
            field="/account",
        ),
    )
    approvers = tuple(sorted(by.hands.union(tranche.approvers)))
    event = e.Retried(
        stage=stage, account=account, approvers=approvers, verification=name_of(proof)
    )
    tranche.record(event, by)


def name_of(proof: Document | None) -> str:
    """The id of the proof; empty where none was named."""
    return proof.id if proof else ""

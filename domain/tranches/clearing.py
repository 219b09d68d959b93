"""How a payment is cleared: approved, or tried again after the bank returned it."""

from __future__ import annotations

from domain.calendar import Calendar
from domain.documents import Document
from domain.errors import check
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.policies import at_most, holds, other_hands
from domain.rounds.round import Round
from domain.tranches import tranche as e
from domain.tranches.payment import is_to_payee, payable
from domain.tranches.resting import has_rested
from domain.tranches.tranche import Tranche


def approve(
    tranche: Tranche,
    *,
    grant: Grant,
    organisation: Organisation,
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
        *payable("T4", tranche, grant, organisation, fund, round, by),
        is_to_payee("T4", tranche, grant),
        *has_rested("T4", tranche, grant, organisation, calendar=calendar, proof=proof, by=by),
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
    organisation: Organisation,
    fund: Fund,
    round: Round,
    calendar: Calendar,
    proof: Document | None,
    by: Mandate,
) -> None:
    """Clears a returned payment for another try (T7c)."""
    stage, paid_by = tranche.after("retry"), (tranche.requester, tranche.checker, tranche.sender)
    check(
        *payable("T7c", tranche, grant, organisation, fund, round, by),
        *has_rested("T7c", tranche, grant, organisation, calendar=calendar, proof=proof, by=by),
        other_hands("T7c.hands", by, paid_by),
        other_hands("T7c.payee", by, grant.payee_hands + organisation.verifiers(account)),
        holds(
            "T7c.account",
            account == grant.account,
            "Payment goes to the account of the agreement and to no other.",
            field="/account",
        ),
    )
    approvers = tuple(sorted(by.hands.union(tranche.approvers)))
    verification = name_of(proof)
    event = e.Retried(stage=stage, account=account, approvers=approvers, verification=verification)
    tranche.record(event, by)


def name_of(proof: Document | None) -> str:
    """The id of the proof; empty where none was named."""
    return proof.id if proof else ""

"""A payment: requested, checked, approved, sent, confirmed and reconciled by different people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.grants.changing import is_party
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.policies import at_most, holds, other_hands, unless_set_aside
from domain.rounds.round import Round
from domain.tranches import tranche as e
from domain.tranches.lifecycle import Stage, lifecycle
from domain.tranches.resting import stood_since_approval
from domain.tranches.tranche import Tranche


def payable(
    rule: str,
    tranche: Tranche,
    grant: Grant,
    organisation: Organisation,
    fund: Fund,
    round: Round,
    by: Mandate,
) -> Iterable[Reason | None]:
    """Whether money may go out for the tranche now (T2 to T5)."""
    limit = round.asks.questioned_limit_minor
    yield from unless_set_aside(tranche, by, grant.allows_payment(rule, tranche, limit))
    yield is_party(rule, grant, organisation)
    yield holds(f"{rule}.fund", fund.is_active, "The fund is not active.")


def is_to_payee(rule: str, tranche: Tranche, grant: Grant) -> Reason | None:
    """What was asked for still goes to the account of the agreement (T3 to T5)."""
    return holds(
        f"{rule}.payee",
        tranche.account == grant.account,
        "The payee was changed after this was asked for; give it back and ask again.",
    )


def above_threshold(tranche: Tranche, round: Round) -> bool:
    """Whether the payment needs a third hand (T4)."""
    return tranche.amount_minor > round.asks.payment_threshold_minor


def plan(
    id: str, *, grant: Grant, no: int, amount_minor: int, condition: str, by: Mandate
) -> Tranche:
    tranche = Tranche(id=id)
    event = e.Planned(
        stage=lifecycle.start("plan"),
        grant=grant.id,
        proposal=grant.proposal,
        round=grant.round,
        fund=grant.fund,
        organisation=grant.organisation,
        place=grant.place,
        currency=grant.currency,
        no=no,
        amount_minor=amount_minor,
        condition=condition,
    )
    tranche.record(event, by)
    return tranche


def make_eligible(
    tranche: Tranche, *, grant: Grant, organisation: Organisation, round: Round, by: Mandate
) -> None:
    stage = tranche.after("make-eligible")
    reasons = grant.allows_payment("T1", tranche, round.asks.questioned_limit_minor)
    check(*unless_set_aside(tranche, by, reasons), is_party("T1", grant, organisation))
    tranche.record(e.Eligible(stage=stage, basis=(tranche.condition,)), by)


def request(
    tranche: Tranche,
    *,
    account: str,
    invoice_no: str,
    grant: Grant,
    organisation: Organisation,
    fund: Fund,
    round: Round,
    by: Mandate,
) -> None:
    """Asks for the tranche to be paid (T2)."""
    stage = tranche.after("request")
    check(
        *payable("T2", tranche, grant, organisation, fund, round, by),
        holds(
            "T2.account",
            account == grant.account,
            "Payment goes to the account of the agreement and to no other.",
            field="/account",
        ),
    )
    event = e.Requested(
        stage=stage,
        amount_minor=tranche.amount_minor,
        account=account,
        invoice_no=invoice_no,
        requester=by.person,
    )
    tranche.record(event, by)


def check_request(
    tranche: Tranche,
    *,
    grant: Grant,
    organisation: Organisation,
    fund: Fund,
    round: Round,
    by: Mandate,
) -> None:
    """Compares agreement, request and milestone (T3)."""
    stage = tranche.after("check")
    check(
        *payable("T3", tranche, grant, organisation, fund, round, by),
        is_to_payee("T3", tranche, grant),
        other_hands("T3.hands", by, (tranche.requester,)),
    )
    match = (f"agreement:{grant.document}", f"invoice:{tranche.invoice_no}", tranche.condition)
    tranche.record(e.Checked(stage=stage, match=match, checker=by.person), by)


def return_request(tranche: Tranche, *, by: Mandate) -> None:
    """Gives the request back (T4r); an approved one is taken out of the books again."""
    stage = tranche.after("return-request")
    postings = tranche.posts("P6r") if tranche.stage == Stage.APPROVED else ()
    tranche.record(e.RequestReturned(stage=stage), by, postings)


def send(
    tranche: Tranche,
    *,
    batch: str,
    bank_ref: str,
    grant: Grant,
    organisation: Organisation,
    fund: Fund,
    round: Round,
    by: Mandate,
) -> None:
    """Hands the payment to the bank (T5)."""
    stage = tranche.after("send")
    check(
        *payable("T5", tranche, grant, organisation, fund, round, by),
        is_to_payee("T5", tranche, grant),
        stood_since_approval("T5", tranche, organisation),
        other_hands("T5.hands", by, (tranche.requester, tranche.checker, *tranche.approvers)),
        at_most(
            "T5.bank",
            tranche.amount_minor,
            fund.balance("cash.bank"),
            tranche.currency,
            of="cash.bank",
        ),
    )
    tranche.record(e.Sent(stage=stage, batch=batch, bank_ref=bank_ref, sender=by.person), by)


def not_paying(rule: str, tranche: Tranche, by: Mandate) -> Reason | None:
    """Whoever reads the bank's answer neither checked, approved nor sent the payment."""
    paying = (tranche.requester, tranche.checker, tranche.sender, *tranche.approvers)
    return other_hands(rule, by, paying)


def is_that_payment(tranche: Tranche, amount_minor: int, account: str) -> Iterable[Reason | None]:
    """The bank line is about this tranche: same amount, same account (T6)."""
    yield holds(
        "T6.amount",
        amount_minor == tranche.amount_minor,
        "The bank line has another amount than the tranche.",
        field="/amount_minor",
    )
    yield holds(
        "T6.account",
        account == tranche.account,
        "The bank line has another account than the tranche.",
        field="/account",
    )


def confirm(
    tranche: Tranche,
    *,
    bank_txn: str,
    value_date: date,
    amount_minor: int,
    account: str,
    by: Mandate,
) -> None:
    """The bank paid (T6); a fact that no stage of grant, round or fund refuses."""
    stage = tranche.after("confirm")
    check(
        not_paying("T6.hands", tranche, by),
        *is_that_payment(tranche, amount_minor, account),
        holds(
            "T6.value_date",
            value_date <= by.day,
            "The value date lies in the future.",
            field="/value_date",
        ),
    )
    event = e.Paid(stage=stage, bank_txn=bank_txn, value_date=value_date)
    tranche.record(event, by, tranche.posts("P7"))


def record_bank_return(tranche: Tranche, *, code: str, by: Mandate) -> None:
    stage = tranche.after("record-bank-return")
    check(not_paying("T7.hands", tranche, by))
    tranche.record(e.Bounced(stage=stage, code=code), by)


def record_late_return(tranche: Tranche, *, code: str, by: Mandate) -> None:
    stage = tranche.after("record-late-return")
    check(not_paying("T7b.hands", tranche, by))
    tranche.record(e.BouncedAfterPayment(stage=stage, code=code), by, tranche.posts("P7r"))


def reconcile(tranche: Tranche, *, statement_line: str, by: Mandate) -> None:
    """The bank statement shows the payment (T8)."""
    stage = tranche.after("reconcile")
    check(not_paying("T8.hands", tranche, by))
    tranche.record(e.Reconciled(stage=stage, statement_line=statement_line), by)


def cancel(tranche: Tranche, *, cause: str, by: Mandate) -> None:
    """Ends a tranche that will not be paid (T9a); an approved one leaves the books (P6r)."""
    stage = tranche.after("cancel")
    postings = tranche.posts("P6r") if tranche.is_approved_unsent else ()
    tranche.record(e.Cancelled(stage=stage, cause=cause), by, postings)


def amend(tranche: Tranche, *, amount_minor: int, amendment: str, by: Mandate) -> None:
    """Gives a planned tranche another amount by an amendment (T0a).

    It is a fact of the tranche, whose records alone must tell what is to be paid.
    """
    stage = tranche.after("amend")
    tranche.record(e.Amended(stage=stage, amount_minor=amount_minor, amendment=amendment), by)

"""How money is claimed back: ordered, raised, repaid, closed, given up, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from domain.clawbacks import clawback as e
from domain.clawbacks.clawback import Clawback
from domain.clawbacks.lifecycle import lifecycle
from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.grants.lifecycle import Stage as GrantStage
from domain.kernel import Mandate
from domain.money import written
from domain.policies import at_most, holds, in_stage

CLAIMED_FROM = (GrantStage.SETTLING, GrantStage.TERMINATED, GrantStage.CLOSED)
"""The stages of a grant in which what it owes may be ordered back."""


class Terms(NamedTuple):
    """What an order says: on what basis, by when to pay, until when to appeal."""

    basis: str
    due: date
    appeal_until: date


def order(id: str, *, grant: Grant, terms: Terms, is_claimed: bool, by: Mandate) -> Clawback:
    """Orders everything back that is recoverable of a grant (K0)."""
    recoverable = grant.balance("cash.recoverable")
    check(
        in_stage("K0.grant", grant, *CLAIMED_FROM),
        holds("K0.recoverable", recoverable > 0, "Nothing is recoverable of this grant."),
        holds("K0.once", not is_claimed, "A clawback is ordered for this grant already."),
        holds("K0.due", terms.due > by.day, "The due day lies in the future.", field="/due"),
    )
    clawback = Clawback(id=id)
    event = e.Ordered(
        stage=lifecycle.start("order"),
        grant=grant.id,
        proposal=grant.proposal,
        round=grant.round,
        fund=grant.fund,
        organisation=grant.organisation,
        place=grant.place,
        currency=grant.currency,
        debtor=grant.organisation,
        amount_minor=recoverable,
        orderers=tuple(sorted(by.hands)),
        **terms._asdict(),
    )
    clawback.record(event, by)
    return clawback


def raise_(
    clawback: Clawback, *, amount_minor: int, basis: str, appeal_until: date, by: Mandate
) -> None:
    """Adds to an order what has been claimed since (K0a); it may be contested once more."""
    event = e.Raised(
        stage=clawback.after("raise"),
        amount_minor=amount_minor,
        basis=basis,
        appeal_until=appeal_until,
        orderers=tuple(sorted({*clawback.orderers, *by.hands})),
    )
    clawback.record(event, by)


def is_new_line(rule: str, bank_ref: str, known: Iterable[str]) -> Reason | None:
    """A line of the bank statement is recorded once for a grant and its clawbacks."""
    return holds(
        rule,
        bank_ref not in set(known),
        "The bank line {bank_ref} is recorded already.",
        field="/bank_ref",
        bank_ref=bank_ref,
    )


def may_repay(clawback: Clawback, amount_minor: int) -> Reason | None:
    """What is asked of money that a debtor repays, whichever way it comes in (K1)."""
    return holds(
        "K1.recoverable",
        amount_minor <= clawback.open_minor,
        "Only {open} {currency} are still claimed; record the whole line as a receipt of unknown "
        "purpose of the fund, and assign that much of it to this claim.",
        field="/amount_minor",
        open=written(clawback.open_minor, clawback.currency),
        currency=clawback.currency,
    )


def record_repayment(
    clawback: Clawback,
    *,
    amount_minor: int,
    bank_ref: str,
    known: Iterable[str],
    reusable: bool,
    by: Mandate,
) -> None:
    """Money came back (K1); it may be used again (P10) or goes on to the treasury (P10n)."""
    stage = clawback.after("record-repayment")
    check(
        may_repay(clawback, amount_minor),
        is_new_line("K1.bank_line", bank_ref, known),
    )
    event = e.RepaymentReceived(stage=stage, amount_minor=amount_minor, bank_ref=bank_ref)
    clawback.record(event, by, clawback.posts("P10" if reusable else "P10n", amount_minor))


def note_repayment(clawback: Clawback, *, amount_minor: int, bank_ref: str, by: Mandate) -> None:
    """Money of this debtor was among the parked (K1); the fund has posted it already."""
    stage = clawback.after("record-repayment")
    event = e.RepaymentReceived(stage=stage, amount_minor=amount_minor, bank_ref=bank_ref)
    clawback.record(event, by)


def close(clawback: Clawback, *, by: Mandate) -> None:
    stage = clawback.after("close")
    check(
        holds(
            "K2.recoverable",
            not clawback.open_minor,
            "{open} {currency} are still to be repaid.",
            open=written(clawback.open_minor, clawback.currency),
            currency=clawback.currency,
        )
    )
    clawback.record(e.Settled(stage=stage), by)


def write_off(clawback: Clawback, *, proof: str, by: Mandate) -> None:
    """Gives up the whole remainder (K3: P11), with a document that shows what was tried."""
    stage = clawback.after("write-off")
    rest = clawback.open_minor
    check(holds("K3.remainder", rest > 0, "Nothing is left to be given up; close the clawback."))
    event = e.WrittenOff(stage=stage, amount_minor=rest, proof=proof)
    clawback.record(event, by, clawback.posts("P11", rest))


def may_recover(clawback: Clawback, amount_minor: int, fund: Fund) -> Iterable[Reason | None]:
    """What is asked of money that comes after it was given up, whichever way it comes in (K4)."""
    yield at_most(
        "K4.written_off",
        clawback.recovered_minor + amount_minor,
        clawback.written_off_minor,
        clawback.currency,
        of="written_off",
        field="/amount_minor",
    )
    yield holds("K4.fund", fund.stage != "closed", "The fund is closed; open it again first.")


def record_late_recovery(
    clawback: Clawback,
    *,
    amount_minor: int,
    bank_ref: str,
    known: Iterable[str],
    fund: Fund,
    by: Mandate,
) -> None:
    """Money came after it was given up (K4: P11r)."""
    stage = clawback.after("record-late-recovery")
    check(
        *may_recover(clawback, amount_minor, fund),
        is_new_line("K4.bank_line", bank_ref, known),
    )
    event = e.LateRecoveryReceived(stage=stage, amount_minor=amount_minor, bank_ref=bank_ref)
    clawback.record(event, by, clawback.posts("P11r", amount_minor))


def note_late_recovery(
    clawback: Clawback, *, amount_minor: int, bank_ref: str, by: Mandate
) -> None:
    """Money that was given up was among the parked (K4); the fund has posted it already."""
    stage = clawback.after("record-late-recovery")
    event = e.LateRecoveryReceived(stage=stage, amount_minor=amount_minor, bank_ref=bank_ref)
    clawback.record(event, by)


def withdraw(clawback: Clawback, *, basis: str, by: Mandate) -> None:
    """Takes the claim back (K5: P9r), so that the cost stands; `basis` is the appeal granted."""
    stage = clawback.after("withdraw")
    rest = clawback.open_minor
    event = e.Withdrawn(stage=stage, amount_minor=rest, basis=basis)
    clawback.record(event, by, clawback.posts("P9r", rest))

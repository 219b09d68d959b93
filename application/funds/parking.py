"""What may be told to a fund of money that fits nothing yet, and of money that goes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from application.clawbacks import is_claimed
from application.docket import Docket
from application.funds.values import Number, Purposes, Source
from application.refunds import is_reusable
from application.told import Handlers, tells
from domain.clawbacks import claiming
from domain.clawbacks.clawback import Clawback
from domain.clawbacks.lifecycle import Stage as ClawbackStage
from domain.errors import Reason, refuse
from domain.funds import banking, parking
from domain.funds.fund import Fund
from domain.funds.values import Contribution
from domain.grants import refunding
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.ledger import Posting
from domain.rounds.round import Round
from domain.values import Id, Name, PositiveMinor

Due = tuple[tuple[Posting, ...], tuple[Reason | None, ...]]
"""What a receipt for another thing would post, and what its own row has against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkReceipt:
    """Records money that the bank shows as received and that fits nothing yet."""

    payer: Name
    amount_minor: PositiveMinor
    bank_ref: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBackReceipt:
    """Sends parked money back to whoever paid it."""

    receipt: Number
    amount_minor: PositiveMinor
    bank_ref: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributed:
    """Parked money that was a contribution: whose, of which source, for what."""

    contributor: Name
    source: Source
    purposes: Purposes
    pledge: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignReceipt:
    """Says what parked money was for: a contribution, or what was due back."""

    receipt: Number
    amount_minor: PositiveMinor
    stands_for: Literal["contribution", "grant", "clawback"]
    thing: Id | None = None
    contribution: Contributed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnMoney:
    """Records that money due to the treasury or a contributor was paid over."""

    amount_minor: PositiveMinor
    bank_ref: Name


def refund_of(fund: Fund, id: str, amount_minor: int, docket: Docket) -> Due:
    """What a grant gave back: the guards of its own row (G23), P10 or P10n out of the parked."""
    grant = docket.load(Grant, id, field="/thing")
    grant.after("record-refund")
    round = docket.load(Round, grant.round)
    code = "P10" if fund.reuse and round.asks.unspent == "reuse" else "P10n"
    is_here = None if grant.fund == fund.id else elsewhere()
    reasons = (is_here, *refunding.may_refund(grant, amount_minor, is_claimed(grant, docket)))
    return grant.posts(f"P20a.{code}", amount_minor), reasons


def repayment_to(fund: Fund, id: str, amount_minor: int, docket: Docket) -> Due:
    """What a debtor repaid: the guards of its own row (K1, K4), its posting out of the parked."""
    clawback = docket.load(Clawback, id, field="/thing")
    is_here = None if clawback.fund == fund.id else elsewhere()
    if clawback.stage == ClawbackStage.WRITTEN_OFF:
        guards = tuple(claiming.may_recover(clawback, amount_minor, fund))
        return clawback.posts("P20a.P11r", amount_minor), (is_here, *guards)
    clawback.after("record-repayment")
    code = "P10" if is_reusable(docket.load(Grant, clawback.grant), docket) else "P10n"
    guards = (claiming.may_repay(clawback, amount_minor),)
    return clawback.posts(f"P20a.{code}", amount_minor), (is_here, *guards)


def elsewhere() -> Reason:
    """The thing is paid from another fund."""
    return Reason("F19.fund", "This belongs to another fund.", {}, "/thing")


STANDS_FOR: dict[str, Callable[[Fund, str, int, Docket], Due]] = {
    "grant": refund_of,
    "clawback": repayment_to,
}
"""What money of a thing of each noun stands for; a further noun is one line more."""


def assign_receipt(command: AssignReceipt, docket: Docket, id: str, by: Mandate) -> Fund:
    fund = docket.load(Fund, id)
    fund.after("assign-receipt")
    if command.stands_for == "contribution":
        assign_to_contribution(command, fund, by)
    else:
        assign_to_thing(command, fund, docket, by)
    return fund


def assign_to_contribution(command: AssignReceipt, fund: Fund, by: Mandate) -> None:
    """The parked money was a contribution."""
    given = command.contribution
    if given is None:
        raise refuse("F19.contribution", "Say whose contribution this was.", field="/contribution")
    received = Contribution(given.contributor, given.source, command.amount_minor, given.purposes)
    parking.assign_to_contribution(
        fund, receipt=command.receipt, given=received, pledge=given.pledge or 0, by=by
    )


def assign_to_thing(command: AssignReceipt, fund: Fund, docket: Docket, by: Mandate) -> None:
    """The parked money was what a thing of another noun owed."""
    if command.thing is None:
        raise refuse("F19.thing", "Say whose money this was.", field="/thing")
    due_from = STANDS_FOR[command.stands_for]
    postings, reasons = due_from(fund, command.thing, command.amount_minor, docket)
    parking.assign_to_thing(
        fund,
        receipt=command.receipt,
        stands_for=command.stands_for,
        thing=command.thing,
        amount_minor=command.amount_minor,
        postings=postings,
        reasons=reasons,
        by=by,
    )


HANDLERS: Handlers = {
    "park-receipt": (ParkReceipt, tells(Fund, parking.park_receipt)),
    "send-back-receipt": (SendBackReceipt, tells(Fund, parking.send_back_receipt)),
    "assign-receipt": (AssignReceipt, assign_receipt),
    "return-money": (ReturnMoney, tells(Fund, banking.return_money)),
}

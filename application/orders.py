"""What may be told to orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from application import fees
from application.docket import Docket
from application.told import Handlers, NoFields, said, tells
from domain.errors import refuse
from domain.funds.fund import Fund
from domain.kernel import Mandate
from domain.orders import buying, paying
from domain.orders.buying import Delivery, Source, Wanted
from domain.orders.order import Order
from domain.organisations import Organisation
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round
from domain.values import Id, Name, PositiveMinor, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOrder:
    """Drafts an order on a line of a round's budget, or on a fund outside any round.

    The organisation is named where the payee is one that is known here.
    """

    kind: Literal["service", "organiser", "evaluation", "capital", "subsidy"]
    purpose: Name
    payee: Name
    organisation: Id | None = None
    account: Id
    amount_minor: PositiveMinor
    round: Id | None = None
    line: Literal["grants", "organiser", "evaluation"] | None = None
    fund: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveOrder(NoFields):
    """Approves the order and holds the money for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOrder:
    """Signs the contract with the payee."""

    document: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptDelivery:
    """Accepts what was delivered, the whole or a part, with its proof, invoice and account."""

    amount_minor: PositiveMinor
    proof: Id
    invoice_no: Name
    account: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoAcceptance:
    """Takes an acceptance back that has not been paid."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOrder:
    """Hands the payment of the order to the bank."""

    batch: Name
    bank_ref: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmOrder:
    """Records that the bank has paid the order."""

    bank_txn: Name
    value_date: date
    amount_minor: PositiveMinor
    account: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBankReturn:
    """Records that the bank could not pay the order."""

    code: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLateReturn:
    """Records that the bank sent a confirmed payment of the order back."""

    code: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOrder:
    """Closes the order with the line of the bank statement; what was not delivered is released."""

    statement_line: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrder:
    """Gives the order up before anything of it is owed."""

    reason: Text


def source_of(command: DraftOrder, docket: Docket) -> Source:
    """The pool that the order names: a round with a line, or a fund, and never both."""
    if command.fund and not (command.round or command.line):
        fund = docket.load(Fund, command.fund, field="/fund")
        return Source(fund=fund, round=None, line="")
    if command.round and command.line and not command.fund:
        round = docket.load(Round, command.round, field="/round")
        if round.fund:
            return Source(fund=docket.load(Fund, round.fund), round=round, line=command.line)
        raise refuse("Q1.budget", "The round has no budget yet.", field="/round")
    raise refuse(
        "Q1.source",
        "An order is paid from a line of a round, or from a fund: one of the two is named.",
        field="/fund",
    )


def draft(command: DraftOrder, docket: Docket, id: str, by: Mandate) -> Order:
    if command.organisation:
        docket.load(Organisation, command.organisation, field="/organisation")
    wanted = Wanted(
        kind=command.kind,
        purpose=command.purpose,
        payee=command.payee,
        organisation=command.organisation or "",
        account=command.account,
        amount_minor=command.amount_minor,
    )
    source = source_of(command, docket)
    return docket.add(buying.draft(docket.new_id(), wanted=wanted, source=source, by=by))


def round_of(order: Order, docket: Docket) -> Round | None:
    """The round whose budget pays for the order; None where the fund pays for it."""
    return docket.load(Round, order.round) if order.round else None


def approve(command: ApproveOrder, docket: Docket, id: str, by: Mandate) -> Order:
    order = docket.load(Order, id)
    proposed = docket.find(Proposal, round=order.round, stage=ProposalStage.PROPOSED)
    buying.approve(
        order,
        fund=docket.load(Fund, order.fund),
        round=round_of(order, docket),
        proposed_minor=sum(proposal.amount_minor for proposal in proposed) if order.round else 0,
        by=by,
    )
    return order


def sign(command: SignOrder, docket: Docket, id: str, by: Mandate) -> Order:
    order = docket.load(Order, id)
    fund, round = docket.load(Fund, order.fund), round_of(order, docket)
    buying.sign(order, document=command.document, fund=fund, round=round, by=by)
    return order


def accept_delivery(command: AcceptDelivery, docket: Docket, id: str, by: Mandate) -> Order:
    order = docket.load(Order, id)
    delivery, fund = Delivery(**said(command)), docket.load(Fund, order.fund)
    unlocked = fees.unlocked_of(order, docket)
    buying.accept_delivery(order, delivery=delivery, fund=fund, unlocked=unlocked, by=by)
    return order


def send(command: SendOrder, docket: Docket, id: str, by: Mandate) -> Order:
    order = docket.load(Order, id)
    paying.send(order, fund=docket.load(Fund, order.fund), **said(command), by=by)
    return order


HANDLERS: Handlers = {
    "draft": (DraftOrder, draft),
    "draft-fee": (fees.DraftFee, fees.draft),
    "approve": (ApproveOrder, approve),
    "sign": (SignOrder, sign),
    "accept-delivery": (AcceptDelivery, accept_delivery),
    "undo-acceptance": (UndoAcceptance, tells(Order, buying.undo_acceptance)),
    "send": (SendOrder, send),
    "confirm": (ConfirmOrder, tells(Order, paying.confirm)),
    "record-bank-return": (RecordBankReturn, tells(Order, paying.record_bank_return)),
    "record-late-return": (RecordLateReturn, tells(Order, paying.record_late_return)),
    "close": (CloseOrder, tells(Order, paying.close)),
    "cancel": (CancelOrder, tells(Order, buying.cancel)),
}

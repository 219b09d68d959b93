"""What may be told to tranches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from application.docket import Docket
from application.told import Handler, Handlers, NoFields, said, tells
from domain.documents import Document
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.rounds.round import Round
from domain.tranches import clearing, holding, payment
from domain.tranches.tranche import Tranche
from domain.values import Id, Name, PositiveMinor, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeEligible(NoFields):
    """Marks that the condition of the tranche has come true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTranche:
    """Asks for the tranche to be paid, with account and invoice."""

    account: Id
    invoice_no: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTranche(NoFields):
    """Confirms that agreement, request and milestone agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveTranche:
    """Approves the payment; to a new account, with a proof of it that was filed since."""

    document: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRequest:
    """Gives the payment request back."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTranche:
    """Hands the payment to the bank."""

    batch: Name
    bank_ref: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmTranche:
    """Records that the bank has paid."""

    bank_txn: Name
    value_date: date
    amount_minor: PositiveMinor
    account: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBankReturn:
    """Records that the bank could not pay."""

    code: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLateReturn:
    """Records that the bank sent a confirmed payment back."""

    code: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryTranche:
    """Clears a returned payment for another try; to a new account, with a proof of it."""

    account: Id
    document: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileTranche:
    """Matches the payment with a line of the bank statement."""

    statement_line: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTranche:
    """Stops the payment of a tranche for a while."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTranche:
    """Ends a tranche that will not be paid."""

    cause: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseTranche(NoFields):
    """Lets a held tranche go on."""


def pays(decide: Callable[..., None]) -> Handler:
    """A handler for a step that asks whether grant, fund and round still allow the payment."""

    def handler(command: Any, docket: Docket, id: str, by: Mandate) -> Tranche:
        tranche = docket.load(Tranche, id)
        grant, fund = docket.load(Grant, tranche.grant), docket.load(Fund, tranche.fund)
        round = docket.load(Round, tranche.round)
        organisation = docket.load(Organisation, tranche.organisation)
        decide(
            tranche,
            grant=grant,
            organisation=organisation,
            fund=fund,
            round=round,
            by=by,
            **said(command),
        )
        return tranche

    return handler


def clears(decide: Callable[..., None]) -> Handler:
    """A handler for a step that also asks whether the account has stood long enough."""

    def handler(command: Any, docket: Docket, id: str, by: Mandate) -> Tranche:
        fields, tranche = said(command), docket.load(Tranche, id)
        document, round = fields.pop("document"), docket.load(Round, tranche.round)
        proof = docket.load(Document, document, field="/document") if document else None
        decide(
            tranche,
            grant=docket.load(Grant, tranche.grant),
            organisation=docket.load(Organisation, tranche.organisation),
            fund=docket.load(Fund, tranche.fund),
            round=round,
            calendar=docket.calendar(round.asks.calendar),
            proof=proof,
            by=by,
            **fields,
        )
        return tranche

    return handler


def make_eligible(command: MakeEligible, docket: Docket, id: str, by: Mandate) -> Tranche:
    tranche = docket.load(Tranche, id)
    grant, round = docket.load(Grant, tranche.grant), docket.load(Round, tranche.round)
    organisation = docket.load(Organisation, tranche.organisation)
    payment.make_eligible(tranche, grant=grant, organisation=organisation, round=round, by=by)
    return tranche


HANDLERS: Handlers = {
    "make-eligible": (MakeEligible, make_eligible),
    "request": (RequestTranche, pays(payment.request)),
    "check": (CheckTranche, pays(payment.check_request)),
    "approve": (ApproveTranche, clears(clearing.approve)),
    "return-request": (ReturnRequest, tells(Tranche, payment.return_request)),
    "send": (SendTranche, pays(payment.send)),
    "confirm": (ConfirmTranche, tells(Tranche, payment.confirm)),
    "record-bank-return": (RecordBankReturn, tells(Tranche, payment.record_bank_return)),
    "record-late-return": (RecordLateReturn, tells(Tranche, payment.record_late_return)),
    "retry": (RetryTranche, clears(clearing.retry)),
    "reconcile": (ReconcileTranche, tells(Tranche, payment.reconcile)),
    "hold": (HoldTranche, tells(Tranche, holding.hold)),
    "cancel": (CancelTranche, tells(Tranche, payment.cancel)),
    "release": (ReleaseTranche, tells(Tranche, holding.release)),
}

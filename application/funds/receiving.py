"""What may be told to a fund of money that comes in: rights, promises, receipts, interest."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.funds.values import Number, Promised, Purposes, Source, Year
from application.told import Handlers, said, tells
from domain.funds import banking, pledging, receipts
from domain.funds.fund import Fund
from domain.funds.values import Contribution
from domain.kernel import Mandate
from domain.values import Minor, Name, PositiveMinor


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAppropriation:
    """Records the right to commit that a budget document gives."""

    doc_no: Name
    amount_minor: PositiveMinor
    year: Year


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpeningBalance:
    """Records what a fund held before it was kept here."""

    bank_minor: Minor
    available_minor: Minor


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendAppropriation:
    """Cuts an appropriation by a later document."""

    doc_no: Name
    amount_minor: PositiveMinor


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveContribution:
    """Records money that the bank shows as received, and which pledge it settles, if any."""

    contributor: Name
    source: Source
    amount_minor: PositiveMinor
    purposes: Purposes
    bank_ref: Name
    pledge: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeContribution:
    """Records a promise of money; a binding one may be committed before the money is there."""

    contributor: Name
    source: Promised
    amount_minor: PositiveMinor
    purposes: Purposes
    letter: Name
    binding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPledge:
    """Takes back a promise of money, as far as it has not come in."""

    pledge: Number
    amount_minor: PositiveMinor


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInterest:
    """Records interest that the bank paid."""

    amount_minor: PositiveMinor
    bank_ref: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBankFee:
    """Records a fee that the bank took."""

    amount_minor: PositiveMinor
    bank_ref: Name


def receive_contribution(
    command: ReceiveContribution, docket: Docket, id: str, by: Mandate
) -> Fund:
    fund = docket.load(Fund, id)
    fields = said(command)
    pledge = fields.pop("pledge") or 0
    receipts.receive_contribution(fund, received=Contribution(**fields), pledge=pledge, by=by)
    return fund


def pledge_contribution(command: PledgeContribution, docket: Docket, id: str, by: Mandate) -> Fund:
    fund = docket.load(Fund, id)
    pledging.pledge_contribution(fund, promised=Contribution(**said(command)), by=by)
    return fund


HANDLERS: Handlers = {
    "record-appropriation": (RecordAppropriation, tells(Fund, receipts.record_appropriation)),
    "record-opening-balance": (RecordOpeningBalance, tells(Fund, receipts.record_opening_balance)),
    "amend-appropriation": (AmendAppropriation, tells(Fund, receipts.amend_appropriation)),
    "receive-contribution": (ReceiveContribution, receive_contribution),
    "pledge-contribution": (PledgeContribution, pledge_contribution),
    "withdraw-pledge": (WithdrawPledge, tells(Fund, pledging.withdraw_pledge)),
    "record-interest": (RecordInterest, tells(Fund, banking.record_interest)),
    "record-bank-fee": (RecordBankFee, tells(Fund, banking.record_bank_fee)),
}

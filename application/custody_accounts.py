"""What may be told to custody accounts."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.refunds import is_reusable
from application.told import Handlers, NoFields
from domain import custody, custody_moves
from domain.custody import CustodyAccount, Stage
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.tranches.tranche import Tranche
from domain.values import Id, Name, PositiveMinor, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCustodyAccount:
    """Opens an account in which a fiscal agent keeps the money of a client, in the agent's fund."""

    client: Id
    fund: Id
    document: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOut:
    """Pays for the client, against a voucher that its leader confirms."""

    grant: Id
    payee: Name
    amount_minor: PositiveMinor
    voucher: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnMoney:
    """Returns money of a grant that is not needed to the fund that granted it."""

    grant: Id
    amount_minor: PositiveMinor
    bank_ref: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeAgent:
    """Makes a fiscal agent who neither pays nor returns owe what it keeps of a grant."""

    grant: Id
    amount_minor: PositiveMinor
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCustodyAccount(NoFields):
    """Closes an account that is empty and no longer needed."""


def custody_of(organisation: Organisation, docket: Docket) -> CustodyAccount | None:
    """The open account that the organisation's fiscal agent keeps for it."""
    found = docket.find(CustodyAccount, organisation=organisation.id, stage=Stage.OPEN)
    return next((one for one in found if one.agent == organisation.fiscal_agent), None)


def kept_of(grant: Grant, docket: Docket) -> int:
    """What all custody accounts together keep of a grant, in minor units."""
    accounts = docket.find(CustodyAccount, organisation=grant.organisation)
    return sum(account.held(grant.id) for account in accounts)


def open_(command: OpenCustodyAccount, docket: Docket, id: str, by: Mandate) -> CustodyAccount:
    client = docket.load(Organisation, command.client, field="/client")
    agent = docket.load(Organisation, client.fiscal_agent, field="/client")
    fund = docket.load(Fund, command.fund, field="/fund")
    in_fund = docket.find(CustodyAccount, fund=fund.id, stage=Stage.OPEN)
    of_client = docket.find(CustodyAccount, organisation=client.id, stage=Stage.OPEN)
    return docket.add(
        custody.open_for(
            docket.new_id(),
            client=client,
            agent=agent,
            fund=fund,
            document=command.document,
            others=in_fund + of_client,
            by=by,
        )
    )


def standing(docket: Docket, id: str, verb: str) -> CustodyAccount:
    """The account, which must stand where the verb is known before a grant is looked for."""
    account = docket.load(CustodyAccount, id)
    account.after(verb)
    return account


def grant_of(command: PayOut | ReturnMoney | ChargeAgent, docket: Docket) -> Grant:
    """The grant whose money is meant."""
    return docket.load(Grant, command.grant, field="/grant")


def pay_out(command: PayOut, docket: Docket, id: str, by: Mandate) -> CustodyAccount:
    account = standing(docket, id, "pay-out")
    grant = grant_of(command, docket)
    custody_moves.pay_out(
        account,
        grant=grant,
        tranches=docket.find(Tranche, grant=grant.id),
        payee=command.payee,
        amount_minor=command.amount_minor,
        voucher=command.voucher,
        by=by,
    )
    return account


def give_back(command: ReturnMoney, docket: Docket, id: str, by: Mandate) -> CustodyAccount:
    account = standing(docket, id, "return")
    grant = grant_of(command, docket)
    custody_moves.give_back(
        account,
        grant=grant,
        tranches=docket.find(Tranche, grant=grant.id),
        amount_minor=command.amount_minor,
        bank_ref=command.bank_ref,
        reusable=is_reusable(grant, docket),
        by=by,
    )
    return account


def charge_agent(command: ChargeAgent, docket: Docket, id: str, by: Mandate) -> CustodyAccount:
    account = standing(docket, id, "charge-agent")
    grant = grant_of(command, docket)
    tranches = docket.find(Tranche, grant=grant.id)
    custody_moves.charge_agent(
        account, grant=grant, tranches=tranches, amount_minor=command.amount_minor, by=by
    )
    return account


def close(command: CloseCustodyAccount, docket: Docket, id: str, by: Mandate) -> CustodyAccount:
    account = docket.load(CustodyAccount, id)
    grants = docket.find(Grant, organisation=account.organisation)
    custody_moves.close(account, grants=grants, by=by)
    return account


HANDLERS: Handlers = {
    "open": (OpenCustodyAccount, open_),
    "pay-out": (PayOut, pay_out),
    "return": (ReturnMoney, give_back),
    "charge-agent": (ChargeAgent, charge_agent),
    "close": (CloseCustodyAccount, close),
}

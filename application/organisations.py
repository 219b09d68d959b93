"""What may be told to organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import MaxLen

from application import changed_organisations, filing
from application.docket import Docket
from application.organisations_checked import HANDLERS as CHECKED
from application.told import Handlers, said, tells
from domain.clawbacks.clawback import Clawback
from domain.clawbacks.lifecycle import Stage as ClawbackStage
from domain.custody import CustodyAccount
from domain.errors import check
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation, standing
from domain.organisations.check_events import AnnualCheck, PastCheck
from domain.organisations.codes import is_new_code, plain_code
from domain.organisations.events import CreditKind, ListName
from domain.proposals.lifecycle import NOT_FINAL
from domain.proposals.proposal import Proposal
from domain.values import Id, Name, Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrganisation:
    """Takes a registered organisation over from the register, by its credit code.

    `registered_on` and `annual_checks` are what the register says of its past; a round that asks
    for years of registration, or for checks, takes what is not recorded for missing.
    """

    name: Name
    uscc: Name
    place: Place
    leader: Id
    account: Id
    registered_on: date | None = None
    annual_checks: Annotated[tuple[PastCheck, ...], MaxLen(40)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFiledOrganisation:
    """Takes a filed organisation over from a subdistrict's filing register."""

    name: Name
    filing_no: Name
    place: Place
    leader: Id
    fiscal_agent: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCredit:
    """Records a fact that bears on whether the organisation may be trusted, and its basis.

    `calendar` is the version of working days by which the time since the fact is counted.
    """

    kind: CreditKind
    basis: Name
    happened_on: date
    calendar: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOnList:
    """Enters the organisation on a list, until a day or until it is removed."""

    list: ListName
    basis: Name
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveFromList:
    """Takes the organisation off a list, because the cause is cured or its time is over."""

    list: ListName
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendOrganisation:
    """Suspends the organisation by a numbered decision, which says until when to contest it."""

    decision: Name
    scope: Text
    appeal_until: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReinstateOrganisation:
    """Ends the suspension."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDeregistration:
    """Asks for the end of the organisation; an officer does so against its will."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmDeregistration:
    """Ends the organisation, and says what became of its assets."""

    asset_disposal: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DropDeregistration:
    """Lets the organisation go on as before."""

    reason: Text


def import_(command: ImportOrganisation, docket: Docket, id: str, by: Mandate) -> Organisation:
    check(is_new_code("O9", bool(docket.count(Organisation, uscc=plain_code(command.uscc)))))
    checks = tuple(AnnualCheck(each.year, each.result) for each in command.annual_checks)
    fields = {**said(command), "annual_checks": checks}
    return docket.add(Organisation.bring_in(docket.new_id(), **fields, by=by))


def import_filed(
    command: ImportFiledOrganisation, docket: Docket, id: str, by: Mandate
) -> Organisation:
    agent = command.fiscal_agent or ""
    if agent:
        docket.load(Organisation, agent, field="/fiscal_agent")
    return docket.add(
        Organisation.bring_in_filed(
            docket.new_id(),
            name=command.name,
            filing_no=command.filing_no,
            place=command.place,
            leader=command.leader,
            agent=agent,
            by=by,
        )
    )


def record_credit(command: RecordCredit, docket: Docket, id: str, by: Mandate) -> Organisation:
    organisation = docket.load(Organisation, id)
    fields = {**said(command), "calendar": docket.calendar(command.calendar)}
    standing.record_credit(organisation, **fields, by=by)
    return organisation


def unsettled(id: str, docket: Docket) -> standing.Unsettled:
    """What an organisation has not ended yet, alone or with others."""
    open_proposals = docket.find(Proposal, stage=tuple(str(stage) for stage in NOT_FINAL))
    grants = docket.find(Grant, organisation=id)
    as_client = docket.find(CustodyAccount, organisation=id)
    as_agent = docket.find(CustodyAccount, agent=id)
    return standing.Unsettled(
        proposals=sum(id in (p.organisation, *p.partners) for p in open_proposals),
        grants=sum(not grant.is_final for grant in grants),
        clawbacks=docket.count(Clawback, organisation=id, stage=ClawbackStage.ORDERED),
        custody_minor=sum(account.total for account in (*as_client, *as_agent)),
    )


def request_deregistration(
    command: RequestDeregistration, docket: Docket, id: str, by: Mandate
) -> Organisation:
    organisation = docket.load(Organisation, id)
    standing.request_deregistration(organisation, unsettled=unsettled(id, docket), by=by)
    return organisation


def confirm_deregistration(
    command: ConfirmDeregistration, docket: Docket, id: str, by: Mandate
) -> Organisation:
    organisation = docket.load(Organisation, id)
    standing.confirm_deregistration(
        organisation,
        asset_disposal=command.asset_disposal,
        unsettled=unsettled(id, docket),
        by=by,
    )
    return organisation


HANDLERS: Handlers = {
    **filing.HANDLERS,
    **changed_organisations.HANDLERS,
    "import": (ImportOrganisation, import_),
    "import-filed": (ImportFiledOrganisation, import_filed),
    "record-credit": (RecordCredit, record_credit),
    "place-on-list": (PlaceOnList, tells(Organisation, standing.place_on_list)),
    "remove-from-list": (RemoveFromList, tells(Organisation, standing.remove_from_list)),
    "suspend": (SuspendOrganisation, tells(Organisation, standing.suspend)),
    "reinstate": (ReinstateOrganisation, tells(Organisation, standing.reinstate)),
    "request-deregistration": (RequestDeregistration, request_deregistration),
    "confirm-deregistration": (ConfirmDeregistration, confirm_deregistration),
    "drop-deregistration": (
        DropDeregistration,
        tells(Organisation, standing.drop_deregistration),
    ),
    **CHECKED,
}

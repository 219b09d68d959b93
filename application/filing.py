"""What may be told to organisations that are being filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import MaxLen, MinLen

from application.docket import Docket
from application.known_places import is_recorded
from application.told import Handlers, NoFields, said, tells
from domain.documents import Document
from domain.errors import check
from domain.kernel import Mandate
from domain.organisations import Organisation, deciding, filing
from domain.organisations.filing_events import Kind
from domain.organisations.lifecycle import FINAL, Stage
from domain.organisations.names import are_neighbours, spelt
from domain.values import Count, Id, Name, Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFiling:
    """Drafts the filing of an organisation; whoever does so leads it unless somebody is named."""

    name: Name
    kind: Kind
    place: Place
    leader: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFilingFor:
    """Drafts the filing of an organisation for people who asked a community officer for it."""

    name: Name
    kind: Kind
    place: Place
    leader: Id
    founder: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFiling:
    """Asks for the filing, with the charter; name and place stay as drafted if left out.

    `calendar` is the version of working days by which it is answered.
    """

    charter: Id
    member_count: Count
    aims: Text
    calendar: Name
    name: Name | None = None
    place: Place | None = None
    fiscal_agent: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFiling:
    """Gives the filing back, and lists what is to be put right.

    `calendar` is the version of working days by which that is due.
    """

    defects: Annotated[tuple[Text, ...], MinLen(1), MaxLen(50)]
    calendar: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class AbandonFiling(NoFields):
    """Gives the filing up for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassFirstCheck:
    """Finds the filing in order for the community."""

    opinion: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveFiling:
    """Enters the organisation in the subdistrict's register of filings."""

    filing_no: Name
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectFiling:
    """Rejects the filing, and says what may be done about it.

    `calendar` is the version of working days by which it may be contested.
    """

    reason: Text
    remedy: Text
    calendar: Name


NO_CLAIM = (Stage.DRAFT, *FINAL)
"""The stages in which an organisation keeps its name from nobody: anybody may draft a filing."""

CLAIMING = tuple(str(stage) for stage in Stage if stage not in NO_CLAIM)


def namesakes(name: str, place: str, organisation: Organisation, docket: Docket) -> int:
    """How many other organisations of the subdistrict bear the name."""
    same = docket.find(Organisation, name_key=spelt(name), stage=CLAIMING)
    return sum(other.id != organisation.id and are_neighbours(place, other.place) for other in same)


def start(command: StartFiling, docket: Docket, id: str, by: Mandate) -> Organisation:
    check(is_recorded("O1", command.place, docket, "/place"))
    return docket.add(filing.start(docket.new_id(), **said(command), by=by))


def start_for(command: StartFilingFor, docket: Docket, id: str, by: Mandate) -> Organisation:
    check(is_recorded("O1a", command.place, docket, "/place"))
    return docket.add(filing.start_for(docket.new_id(), **said(command), by=by))


def request(command: RequestFiling, docket: Docket, id: str, by: Mandate) -> Organisation:
    organisation = docket.load(Organisation, id)
    name, place = command.name or organisation.name, command.place or organisation.place
    agent = command.fiscal_agent
    check(is_recorded("O2", command.place, docket, "/place"))
    asked = filing.Asked(
        name=name,
        place=place,
        charter=docket.load(Document, command.charter, field="/charter"),
        member_count=command.member_count,
        aims=command.aims,
        agent=docket.load(Organisation, agent, field="/fiscal_agent") if agent else None,
        namesakes=namesakes(name, place, organisation, docket),
    )
    calendar = docket.calendar(command.calendar)
    filing.request(organisation, asked=asked, calendar=calendar, by=by)
    return organisation


def give_back(command: ReturnFiling, docket: Docket, id: str, by: Mandate) -> Organisation:
    organisation, calendar = docket.load(Organisation, id), docket.calendar(command.calendar)
    deciding.give_back(organisation, defects=command.defects, calendar=calendar, by=by)
    return organisation


def approve(command: ApproveFiling, docket: Docket, id: str, by: Mandate) -> Organisation:
    organisation = docket.load(Organisation, id)
    deciding.approve(
        organisation,
        **said(command),
        is_taken=bool(docket.count(Organisation, filing_no=command.filing_no)),
        namesakes=namesakes(organisation.name, organisation.place, organisation, docket),
        by=by,
    )
    return organisation


def reject(command: RejectFiling, docket: Docket, id: str, by: Mandate) -> Organisation:
    organisation, calendar = docket.load(Organisation, id), docket.calendar(command.calendar)
    deciding.reject(organisation, remedy=command.remedy, calendar=calendar, by=by)
    return organisation


HANDLERS: Handlers = {
    "start-filing": (StartFiling, start),
    "start-filing-for": (StartFilingFor, start_for),
    "request-filing": (RequestFiling, request),
    "return-filing": (ReturnFiling, give_back),
    "abandon-filing": (AbandonFiling, tells(Organisation, deciding.abandon)),
    "pass-first-check": (PassFirstCheck, tells(Organisation, deciding.pass_first_check)),
    "approve-filing": (ApproveFiling, approve),
    "reject-filing": (RejectFiling, reject),
}

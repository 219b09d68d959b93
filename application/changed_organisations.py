"""What may be told to organisations that change, or become legal persons."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.filing import namesakes
from application.told import Handlers, NoFields, tells
from domain.documents import Document
from domain.kernel import Mandate
from domain.organisations import Organisation, agency, changing, upgrading
from domain.organisations.codes import plain_code
from domain.organisations.filing_events import Changing
from domain.values import Id, Name, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChange:
    """Asks to have one fact about the organisation changed, with a document that shows it.

    A leader or an account is named by its reference, a name or an address in words, and a fiscal
    agent by the id of the organisation.
    """

    change: Changing
    new_ref: Name
    document: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveChange(NoFields):
    """Makes the change that the organisation has asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptAgency(NoFields):
    """Agrees, for the organisation that is named, to keep the money of the one that asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseChange:
    """Does not make the change, and says why."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StartUpgrade(NoFields):
    """Says that the filed organisation means to become a legal person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmRegistration:
    """Records that the organisation was registered: its code, by whom, and the certificate."""

    uscc: Name
    authority: Name
    certificate: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class AbandonUpgrade(NoFields):
    """Leaves the organisation filed as it is."""


def agent_named(change: str, new_ref: str, docket: Docket) -> Organisation | None:
    """The organisation that is to be the fiscal agent, where that is what changes."""
    if change != "fiscal_agent":
        return None
    return docket.load(Organisation, new_ref, field="/new_ref")


def request_change(command: RequestChange, docket: Docket, id: str, by: Mandate) -> Organisation:
    organisation = docket.load(Organisation, id)
    changing.request(
        organisation,
        change=command.change,
        new_ref=command.new_ref,
        document=docket.load(Document, command.document, field="/document"),
        namesakes=namesakes(command.new_ref, organisation.place, organisation, docket),
        agent=agent_named(command.change, command.new_ref, docket),
        by=by,
    )
    return organisation


def approve_change(command: ApproveChange, docket: Docket, id: str, by: Mandate) -> Organisation:
    organisation = docket.load(Organisation, id)
    new_ref, place = organisation.new_ref, organisation.place
    changing.approve(
        organisation,
        document=docket.load(Document, organisation.change_document),
        namesakes=namesakes(new_ref, place, organisation, docket),
        agent=agent_named(organisation.pending_change, new_ref, docket),
        by=by,
    )
    return organisation


def confirm(command: ConfirmRegistration, docket: Docket, id: str, by: Mandate) -> Organisation:
    organisation = docket.load(Organisation, id)
    upgrading.confirm(
        organisation,
        uscc=command.uscc,
        authority=command.authority,
        certificate=docket.load(Document, command.certificate, field="/certificate"),
        is_taken=bool(docket.count(Organisation, uscc=plain_code(command.uscc))),
        by=by,
    )
    return organisation


HANDLERS: Handlers = {
    "request-change": (RequestChange, request_change),
    "approve-change": (ApproveChange, approve_change),
    "accept-agency": (AcceptAgency, tells(Organisation, agency.accept)),
    "refuse-change": (RefuseChange, tells(Organisation, changing.refuse)),
    "start-upgrade": (StartUpgrade, tells(Organisation, upgrading.start)),
    "confirm-registration": (ConfirmRegistration, confirm),
    "abandon-upgrade": (AbandonUpgrade, tells(Organisation, upgrading.abandon)),
}

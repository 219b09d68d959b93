"""What may be told to grants about a new payee, match money, visits and the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from application.amendments import requested_of
from application.custody_accounts import custody_of, kept_of
from application.docket import Docket
from application.told import Handlers, NoFields, said, tells
from domain.documents import Document
from domain.errors import Reason
from domain.grants import changing
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.proposals.proposal import Proposal
from domain.tranches.tranche import Tranche
from domain.values import Id, PositiveMinor, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePayee:
    """Names another account for the payments, and the document that proves it."""

    account: Id
    document: Id
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMatch:
    """Records match money that a document shows."""

    amount_minor: PositiveMinor
    document: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit:
    """Records a visit: by whom, what was seen, what was wrong."""

    kind: Literal["announced", "unannounced"]
    visitors: Annotated[tuple[Id, ...], MinLen(2), MaxLen(10)]
    notes: Text
    faults: Annotated[tuple[Text, ...], MaxLen(50)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishResult(NoFields):
    """Makes known how the grant ended."""


def left_open(rule: str, grant: Grant, docket: Docket) -> tuple[Reason | None, ...]:
    """What must have ended beside the grant before its account may be closed."""
    return tuple(
        changing.nothing_left_open(
            rule,
            grant,
            custody_minor=kept_of(grant, docket),
            requested=requested_of(grant, docket),
        )
    )


def standing(docket: Docket, id: str, verb: str) -> Grant:
    """The grant, which must stand where the verb is known before a document is looked for."""
    grant = docket.load(Grant, id)
    grant.after(verb)
    return grant


def change_payee(command: ChangePayee, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = standing(docket, id, "change-payee")
    organisation = docket.load(Organisation, grant.organisation)
    changing.change_payee(
        grant,
        account=command.account,
        document=docket.load(Document, command.document, field="/document"),
        organisation=organisation,
        custody=custody_of(organisation, docket),
        tranches=docket.find(Tranche, grant=id),
        by=by,
    )
    return grant


def record_match(command: RecordMatch, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = standing(docket, id, "record-match")
    changing.record_match(
        grant,
        amount_minor=command.amount_minor,
        document=docket.load(Document, command.document, field="/document"),
        pledged_minor=docket.load(Proposal, grant.proposal).balance("match.pledged"),
        by=by,
    )
    return grant


def record_visit(command: RecordVisit, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    changing.record_visit(grant, by=by, **said(command))
    return grant


HANDLERS: Handlers = {
    "publish-result": (PublishResult, tells(Grant, changing.publish_result)),
    "record-match": (RecordMatch, record_match),
    "record-visit": (RecordVisit, record_visit),
    "change-payee": (ChangePayee, change_payee),
}

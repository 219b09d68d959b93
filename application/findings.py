"""What may be told to findings: tips, answers, orders, and how they end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from annotated_types import MaxLen

from application.docket import Docket
from application.reach import organisation_of
from application.subjects import subject_of
from application.told import Handlers, NoFields, tells
from domain.documents import Document
from domain.findings import answer, oversight
from domain.findings.finding import Finding
from domain.findings.oversight import Fault, Subject
from domain.kernel import Aggregate, Mandate
from domain.values import Id, Minor, Name, Text

Severity = Literal["minor", "serious", "grave"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """Tells oversight what is wrong with a thing; only oversight officers learn who said it."""

    subject: Id
    tip: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissTip:
    """Puts a tip aside, for a reason."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptTip:
    """Makes a finding of a tip, in words that do not tell where it came from."""

    severity: Severity
    owner: Id
    statement: Text
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseFinding:
    """Writes down what is wrong with a thing, and who answers for it."""

    subject: Id
    severity: Severity
    owner: Id
    statement: Text
    amount_minor: Minor = 0
    refs: Annotated[tuple[Id, ...], MaxLen(40)] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Respond:
    """Answers the finding, by the person who answers for it."""

    reply: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRectification:
    """Orders that it be put right by a day."""

    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectify:
    """Says how it was put right, and shows it by a document."""

    measures: Text
    document: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyFinding(NoFields):
    """Confirms that the finding is settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateFinding:
    """Takes the finding to somebody higher."""

    to: Literal["leader", "next_level"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnToOwner:
    """Gives the owner of an escalated finding another day to put it right."""

    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Hands the matter over to a body outside, such as discipline or police."""

    body: Name


def about(thing: Aggregate) -> Subject:
    """A thing as the subject of a finding."""
    place = getattr(thing, "place", "")
    return Subject(thing.stream, place, organisation_of(thing), thing.currency)


def tip(command: Tip, docket: Docket, id: str, by: Mandate) -> Finding:
    subject = about(subject_of("D1.subject", command.subject, docket))
    return docket.add(oversight.tip(docket.new_id(), subject=subject, text=command.tip, by=by))


def raise_finding(command: RaiseFinding, docket: Docket, id: str, by: Mandate) -> Finding:
    subject = about(subject_of("D2.subject", command.subject, docket))
    fault = Fault(
        severity=command.severity,
        amount_minor=command.amount_minor,
        refs=command.refs,
        owner=command.owner,
        statement=command.statement,
        due=command.due,
    )
    return docket.add(oversight.raise_finding(docket.new_id(), subject=subject, fault=fault, by=by))


def rectify(command: Rectify, docket: Docket, id: str, by: Mandate) -> Finding:
    finding = docket.load(Finding, id)
    answer.may_rectify(finding, by)
    evidence = docket.load(Document, command.document, field="/document")
    answer.rectify(finding, measures=command.measures, evidence=evidence, by=by)
    return finding


HANDLERS: Handlers = {
    "tip": (Tip, tip),
    "dismiss-tip": (DismissTip, tells(Finding, oversight.dismiss_tip)),
    "adopt-tip": (AdoptTip, tells(Finding, oversight.adopt_tip)),
    "raise": (RaiseFinding, raise_finding),
    "respond": (Respond, tells(Finding, answer.respond)),
    "order-rectification": (OrderRectification, tells(Finding, oversight.order_rectification)),
    "rectify": (Rectify, rectify),
    "verify": (VerifyFinding, tells(Finding, oversight.verify)),
    "escalate": (EscalateFinding, tells(Finding, oversight.escalate)),
    "return-to-owner": (ReturnToOwner, tells(Finding, oversight.return_to_owner)),
    "hand-over": (HandOver, tells(Finding, oversight.hand_over)),
}

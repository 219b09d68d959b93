"""What may be told to documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from application.docket import Docket
from application.reach import organisation_of
from application.subjects import subject_of
from application.told import Handlers, said, tells
from domain import documents
from domain.custody import CustodyAccount
from domain.documents import Document, Stage
from domain.errors import Reason
from domain.findings.finding import Finding
from domain.kernel import Aggregate, Mandate, Record
from domain.policies import holds
from domain.values import Count, Id, Name, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreDocument:
    """Names a file that was uploaded, by the SHA-256 of its content."""

    sha256: Name
    media_type: Name
    size: Count
    subject: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactDocument:
    """Puts a public copy, stored before, in the place of the document; the original is kept."""

    public_copy: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDocument:
    """Closes a document to all but its keepers, until it no longer has to be kept."""

    reason: Text


def store(command: StoreDocument, docket: Docket, id: str, by: Mandate) -> Document:
    subject = subject_of("Y5.subject", command.subject, docket)
    return docket.add(
        documents.store(
            docket.new_id(),
            place=getattr(subject, "place", ""),
            organisation=organisation_of(subject),
            agent=subject.agent if isinstance(subject, CustodyAccount) else "",
            is_sealed=isinstance(subject, Finding) and subject.is_sealed,
            **said(command),
            by=by,
        )
    )


def redact(command: RedactDocument, docket: Docket, id: str, by: Mandate) -> Document:
    document = docket.load(Document, id)
    copy = docket.load(Document, command.public_copy, field="/public_copy")
    documents.redact(document, copy=copy, by=by)
    return document


def close_papers(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Closes the documents that are about a person who is erased (Y7)."""
    open_ones = (Stage.STORED, Stage.REDACTED)
    for document in docket.find(Document, subject=record.originator_id, stage=open_ones):
        documents.close(document, by=by)


def belongs_to(
    rule: str, document: str, docket: Docket, thing: Aggregate, *, field: str
) -> Reason | None:
    """The document is stored, and it was stored for that thing."""
    return holds(
        rule,
        docket.load(Document, document, field=field).subject == thing.stream,
        "This document belongs to something else; store it for the thing that it is about.",
        field=field,
    )


HANDLERS: Handlers = {
    "store": (StoreDocument, store),
    "redact": (RedactDocument, redact),
    "close": (CloseDocument, tells(Document, documents.close)),
}

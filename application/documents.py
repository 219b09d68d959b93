"""What may be told to documents."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.kinds import KINDS
from application.permissions import organisation_of
from application.told import Handlers, said
from domain import documents
from domain.documents import Document
from domain.errors import Reason, refuse
from domain.kernel import Aggregate, Mandate
from domain.policies import holds
from domain.values import Count, Id, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreDocument:
    """Names a file that was uploaded, by the SHA-256 of its content."""

    sha256: Name
    media_type: Name
    size: Count
    subject: Id


def subject_of(command: StoreDocument, docket: Docket) -> Aggregate:
    """The thing that the document belongs to, named by its stream."""
    noun, _, id = command.subject.partition(":")
    if noun not in KINDS:
        raise refuse(
            "Y5.subject",
            "A document belongs to a thing, which is named by its noun, a colon and its id.",
            field="/subject",
        )
    return docket.load(KINDS[noun], id, field="/subject")


def store(command: StoreDocument, docket: Docket, id: str, by: Mandate) -> Document:
    subject = subject_of(command, docket)
    return docket.add(
        documents.store(
            docket.new_id(),
            place=getattr(subject, "place", ""),
            organisation=organisation_of(subject),
            **said(command),
            by=by,
        )
    )


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


HANDLERS: Handlers = {"store": (StoreDocument, store)}

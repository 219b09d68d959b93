"""What may be told to documents."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.told import Handlers, said
from domain import documents
from domain.documents import Document
from domain.kernel import Mandate
from domain.values import Count, Id, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreDocument:
    """Names a file that was uploaded, by the SHA-256 of its content."""

    sha256: Name
    media_type: Name
    size: Count
    subject: Id


def store(command: StoreDocument, docket: Docket, id: str, by: Mandate) -> Document:
    subject = docket.stream(command.subject)
    return docket.add(
        documents.store(
            docket.new_id(),
            place=getattr(subject, "place", ""),
            organisation=getattr(subject, "organisation", ""),
            **said(command),
            by=by,
        )
    )


HANDLERS: Handlers = {"store": (StoreDocument, store)}

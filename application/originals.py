"""Which of two files somebody reads: the original of a document, or its public copy."""

from __future__ import annotations

from typing import NamedTuple

from application.principals import Held, Principal
from application.questions import Found
from domain import documents
from domain.values import covers


class File(NamedTuple):
    """A file as it is given out: by which hash it is kept, and its kind."""

    sha256: str
    media_type: str


def reads_original(held: Held, place: str) -> bool:
    """Whether a role reads the original of a document that has a public copy."""
    is_oversight = held.role == "oversight_officer" and covers(held.place, place)
    return is_oversight or held.role == "auditor"


def file_for(found: Found, principal: Principal | None) -> File:
    """Which file somebody reads who may see the document: the public copy where there is one.

    Only oversight for the place, and auditors, read the original beside it.
    """
    values, facts = found.values, found.facts
    original = File(values["sha256"], values["media_type"])
    if values["stage"] != documents.Stage.REDACTED:
        return original
    if any(reads_original(held, values["place"]) for held in (principal.held if principal else ())):
        return original
    return File(facts["public_sha256"], facts["public_media_type"])

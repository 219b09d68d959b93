"""What is asked of filings and of changes alike: a place, a free name, a document, free hands."""

from __future__ import annotations

from collections.abc import Iterable

from domain.documents import Document
from domain.errors import Reason
from domain.kernel import Mandate
from domain.organisations.names import is_community
from domain.organisations.organisation import Organisation
from domain.policies import holds, no_interest, other_hands


def lies_in_community(rule: str, place: str) -> Reason | None:
    """A filed organisation belongs to a community, or to a part of one (O1, O2)."""
    return holds(
        f"{rule}.place",
        is_community(place),
        "A filed organisation belongs to a community of a subdistrict: its place has 12 digits "
        "or more.",
        field="/place",
    )


def is_person(rule: str, reference: str, field: str) -> Reason | None:
    """Somebody is named by a reference and not in words, which would stay for ever (O1, O1a)."""
    return holds(
        f"{rule}.person",
        reference.startswith("person:"),
        "A person is named by a reference: person: with the id behind it.",
        field=field,
    )


def is_free(rule: str, namesakes: int, field: str | None = None) -> Reason | None:
    """No organisation of the subdistrict that has not ended bears the name (O2, O5, O7, O7a)."""
    return holds(
        f"{rule}.name",
        not namesakes,
        "An organisation of this name is there already in the subdistrict.",
        field=field,
    )


def is_of(rule: str, organisation: Organisation, document: Document, field: str) -> Reason | None:
    """The document was stored for this organisation."""
    return holds(
        f"{rule}.document",
        document.subject == organisation.stream,
        "This document belongs to something else; store it for the thing that it is about.",
        field=field,
    )


def is_no_member(rule: str, organisation: Organisation, by: Mandate) -> Iterable[Reason | None]:
    """Whoever decides belongs to the organisation neither by a role nor by its own account."""
    yield no_interest(f"{rule}.interest", by, organisation.id)
    people = (organisation.founder, organisation.leader, organisation.change_requester)
    yield other_hands(f"{rule}.own", by, people)

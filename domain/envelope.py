"""What stands around an event: who acted, for whom, on which documents."""

from __future__ import annotations

import msgspec


class Actor(msgspec.Struct, frozen=True):
    """Who acted: a person, in a role, for a place (GB/T 2260 code, and the unit inside it)."""

    id: str
    role: str
    place: dict[str, str]


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document that a decision rests on, by its content."""

    document: str
    sha256: str
    type: str = ""


class OnBehalfOf(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whose wish was carried out: who prepared a pair, whom a clerk acted for, who lent a role."""

    prepared_by: str = ""
    person: str = ""
    delegated_by: str = ""

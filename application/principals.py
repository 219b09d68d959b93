"""Who is asking: a person, the roles the person holds, and on what grounds they act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from annotated_types import MaxLen

from domain.values import Id, Name, Text


@dataclass(frozen=True, slots=True)
class Held:
    """A role that is held, for a place or for an organisation.

    A role that is lent names its delegation, and the person whose role it is.
    """

    role: str
    place: str = ""
    organisation: str = ""
    delegation: str = ""
    lender: str = ""


@dataclass(frozen=True, slots=True)
class Principal:
    """A person with the roles they may act in, and the organisations they belong to.

    `scope` is what the token that speaks for them is limited to; empty where it is not.
    """

    person: str
    held: tuple[Held, ...]
    interests: frozenset[str] = frozenset()
    scope: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        """The names of the roles."""
        return frozenset(held.role for held in self.held)


CLOCK = Principal("clock", (Held("clock"),))
"""What sends the steps that fall due by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A document that a decision cites."""

    document: Id
    sha256: Annotated[str, MaxLen(64)]
    type: Annotated[str, MaxLen(100)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why and by what authority something is done, and when it took effect if not now."""

    reason: Text | None = None
    authority_ref: Name | None = None
    evidence: Annotated[tuple[Cited, ...], MaxLen(20)] = ()
    effective_at: datetime | None = None
    on_behalf_of: Id | None = None


NONE = Grounds()

"""What is known of a person beside the chronicle, and who may keep and read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Annotated, Any, Protocol

from annotated_types import MaxLen, MinLen

from application.principals import Principal
from domain.errors import Reason, Refusal
from domain.people.person import Person
from domain.values import Text

KEEPER = "administrator"
"""The role that keeps what is known of people."""

WATCHER = "auditor"
"""The role that sees who has read what of whom, and no more than that."""

STATEMENT = "2026-1"
"""The version of the statement that one's own page asks people to agree to."""

KEPT = "kept"
"""The purpose of whoever has changed what is kept."""

TAKEN_OVER = "register"
"""The purpose of whoever has taken over what a register states."""

OWN = "own"
"""The purpose of whoever reads what is known of themself."""

Line = Annotated[str, MinLen(1), MaxLen(200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How somebody is reached and paid; they may correct this themself."""

    phone: Line | None = None
    email: Line | None = None
    account_holder: Line | None = None
    account_number: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal(Contact):
    """What is known of somebody; whatever is left out is forgotten."""

    name: Line
    id_number: Line | None = None
    notes: Text | None = None


OF_ONESELF = tuple(field.name for field in fields(Contact))
SEALED = tuple(field.name for field in fields(Personal))


@dataclass(frozen=True, slots=True)
class Read:
    """That somebody has read something of somebody, and what for; the newest has the highest no."""

    no: int
    at: datetime
    reader: str
    person: str
    fields: tuple[str, ...]
    purpose: str


class VaultClosed(Refusal):
    """What is kept of people cannot be read: its key is missing, or its bytes were changed."""


class Vault(Protocol):
    """Where personal data are kept, sealed; nothing of it ever stands in an event."""

    def keep(self, person: str, personal: Personal, *, keeper: str) -> None:
        """Keeps this of a person, in the place of what was kept before; it is noted by whom."""

    def correct(self, person: str, contact: Contact) -> None:
        """Keeps how a person is reached and paid, as they say themself."""

    def read(self, person: str, *, reader: str, purpose: str) -> Mapping[str, str]:
        """What is kept of a person; that it was read is noted first."""

    def reads(self, person: str | None, *, before: int, limit: int) -> list[Read]:
        """Who has read what, the newest first; of one person, or of everybody."""


def is_keeper(by: Principal) -> bool:
    """Whether somebody keeps what is known of people."""
    return KEEPER in by.roles


def is_watcher(by: Principal) -> bool:
    """Whether somebody sees all that was read."""
    return WATCHER in by.roles


def vault_closed(rule: str, text: str, **values: Any) -> VaultClosed:
    """A refusal of the vault, ready to be raised."""
    return VaultClosed(Reason(rule, text, values))


def shown_person(person: Person) -> dict[str, Any]:
    """What the chronicle knows of a person, for themself."""
    return {
        "id": person.stream,
        "stage": str(person.stage),
        "roles": [
            {
                "role": held.role,
                "place": held.place,
                "organisation": held.organisation,
                "starts": held.starts.isoformat() if held.starts else "",
                "until": held.until.isoformat() if held.until else "",
            }
            for held in person.current
        ],
        "consents": [
            {"purpose": consent.purpose, "version": consent.version, "day": consent.day.isoformat()}
            for consent in person.consents
        ],
    }

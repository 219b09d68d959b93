"""What may be told to people, none of it personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import MaxLen

from application.docket import Docket
from application.known_places import is_recorded
from application.told import Handlers, NoFields, said, tells
from domain.errors import check
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.people import coming_and_going, consenting, holding
from domain.people.person import Method, Person, Purpose
from domain.policies import holds
from domain.values import Count, Id, Name, Place, Text

PERSON = "person:"
"""How the reference to a person begins; behind it stands the id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAsked:
    """A role for a place or for an organisation, from the first day to the last one."""

    role: Name
    place: Place | None = None
    organisation: Id | None = None
    starts: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitPerson:
    """Lets somebody in, with roles; what they are called is told elsewhere and kept apart.

    `person` is the reference under which they are known already, if they are.
    """

    person: Id | None = None
    roles: Annotated[tuple[RoleAsked, ...], MaxLen(50)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRole(RoleAsked):
    """Gives somebody a role for a place or an organisation, from a day to a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRole:
    """Takes a role back, which is named by its number among the person's roles."""

    no: Count
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSignIn:
    """Records that somebody has proved who they are."""

    method: Method


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCredentials:
    """Records that somebody proves who they are by something new."""

    method: Method


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePerson:
    """Lets somebody go; their roles end."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveConsent:
    """Agrees to what one's own data are used for, in the words of a version."""

    purpose: Purpose
    version: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    """Takes back what one has agreed to."""

    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson(NoFields):
    """Records that what was known of somebody is destroyed; the authority is named beside it."""


def admit(command: AdmitPerson, docket: Docket, id: str, by: Mandate) -> Person:
    known = (command.person or "").removeprefix(PERSON)
    check(
        holds(
            "J1.person",
            not known or command.person != known,
            "The reference to a person begins with “person:”.",
            field="/person",
        ),
        holds(
            "J1.unique",
            not known or not docket.count(Person, id=known),
            "This person has been let in already.",
            field="/person",
        ),
    )
    person = docket.add(coming_and_going.admit(known or docket.new_id(), by=by))
    for asked in command.roles:
        give(person, asked, docket, by)
    return person


def give(person: Person, asked: RoleAsked, docket: Docket, by: Mandate) -> None:
    """Gives the role, for an organisation that there is or a place that is recorded."""
    check(is_recorded("J2", asked.place, docket, "/place"))
    if asked.organisation:
        docket.load(Organisation, asked.organisation, field="/organisation")
    fields = {**said(asked), "place": asked.place or "", "organisation": asked.organisation or ""}
    holding.grant_role(person, **fields, by=by)


def grant_role(command: GrantRole, docket: Docket, id: str, by: Mandate) -> Person:
    person = docket.load(Person, id)
    give(person, command, docket, by)
    return person


HANDLERS: Handlers = {
    "admit": (AdmitPerson, admit),
    "grant-role": (GrantRole, grant_role),
    "withdraw-role": (WithdrawRole, tells(Person, holding.withdraw_role)),
    "sign-in": (RecordSignIn, tells(Person, coming_and_going.sign_in)),
    "change-credentials": (RecordCredentials, tells(Person, coming_and_going.change_credentials)),
    "release": (ReleasePerson, tells(Person, coming_and_going.release)),
    "erase": (ErasePerson, tells(Person, coming_and_going.erase)),
    "consent": (GiveConsent, tells(Person, consenting.consent)),
    "withdraw-consent": (WithdrawConsent, tells(Person, consenting.withdraw_consent)),
}

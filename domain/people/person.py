"""People as the chronicle knows them: a reference without a name, and the roles that they hold.

Nothing personal stands here. A person is named by an id; what they are called is kept elsewhere,
and can be forgotten without a change to what happened.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from domain.kernel import Aggregate, Event
from domain.lifecycle import Lifecycle, Step

Method = Literal["password", "openid", "token", "demonstration"]
"""How somebody proves who they are."""

Purpose = Literal["handling", "contact", "payment", "publication"]
"""What personal data are used for: the matter itself, reaching, paying, naming somebody."""


class Stage(StrEnum):
    KNOWN = "known"
    RELEASED = "released"
    ERASED = "erased"


S = Stage
STEPS = (
    #    row   verb                  from                      to          event
    Step("J1", "admit", (), S.KNOWN, "person.admitted"),
    Step("J2", "grant-role", (S.KNOWN,), None, "person.role_granted"),
    Step("J3", "withdraw-role", (S.KNOWN,), None, "person.role_withdrawn"),
    Step("J4", "sign-in", (S.KNOWN,), None, "person.signed_in"),
    Step("J5", "change-credentials", (S.KNOWN,), None, "person.credentials_changed"),
    Step("J6", "release", (S.KNOWN,), S.RELEASED, "person.released"),
    Step("J7", "erase", (S.KNOWN, S.RELEASED), S.ERASED, "person.erased"),
    Step("J8", "consent", (S.KNOWN,), None, "person.consented"),
    Step("J9", "withdraw-consent", (S.KNOWN, S.RELEASED), None, "person.consent_withdrawn"),
)
lifecycle = Lifecycle("person", Stage, (S.ERASED,), STEPS)


class RoleStage(StrEnum):
    """Whether a role was withdrawn; whether its days have come or are over is seen from the day."""

    HELD = "held"
    ENDED = "ended"


class GrantedRole(msgspec.Struct, frozen=True, omit_defaults=True):
    """A role for a place or for an organisation, from the first day to the last one.

    Without `until` it lasts until it is withdrawn; `ended` is the day on which that was.
    """

    no: int
    role: str
    place: str = ""
    organisation: str = ""
    starts: date | None = None
    until: date | None = None
    ended: date | None = None

    @property
    def stage(self) -> RoleStage:
        """Whether somebody has withdrawn it."""
        return RoleStage.HELD if self.ended is None else RoleStage.ENDED

    def is_for(self, role: str, place: str, organisation: str) -> bool:
        """Whether it is that role for that place or organisation."""
        return (self.role, self.place, self.organisation) == (role, place, organisation)


class Consent(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody has agreed to: a purpose, in the words of a version, since a day."""

    purpose: Purpose
    version: str
    day: date


class Admitted(Event, frozen=True, tag="person.admitted"):
    pass


class RoleGranted(Event, frozen=True, tag="person.role_granted"):
    no: int
    role: str
    place: str
    organisation: str
    starts: date
    until: date | None = None

    def apply(self, aggregate: Person) -> None:
        granted = GrantedRole(
            self.no, self.role, self.place, self.organisation, self.starts, self.until
        )
        aggregate.held = (*aggregate.held, granted)


class RoleWithdrawn(Event, frozen=True, tag="person.role_withdrawn"):
    no: int
    ended: date

    def apply(self, aggregate: Person) -> None:
        aggregate.held = tuple(
            msgspec.structs.replace(held, ended=self.ended) if held.no == self.no else held
            for held in aggregate.held
        )


class SignedIn(Event, frozen=True, tag="person.signed_in"):
    method: Method

    def apply(self, aggregate: Person) -> None:
        aggregate.sign_ins += 1


class CredentialsChanged(Event, frozen=True, tag="person.credentials_changed"):
    method: Method


class Released(Event, frozen=True, tag="person.released"):
    ended: date

    def apply(self, aggregate: Person) -> None:
        aggregate.stage = self.stage
        aggregate.held = ended_on(self.ended, aggregate.held)


class Erased(Event, frozen=True, tag="person.erased"):
    ended: date

    def apply(self, aggregate: Person) -> None:
        aggregate.stage = self.stage
        aggregate.held = ended_on(self.ended, aggregate.held)


class Consented(Event, frozen=True, tag="person.consented"):
    purpose: Purpose
    version: str
    day: date

    def apply(self, aggregate: Person) -> None:
        given = Consent(self.purpose, self.version, self.day)
        aggregate.consents = (*without(self.purpose, aggregate.consents), given)


class ConsentWithdrawn(Event, frozen=True, tag="person.consent_withdrawn"):
    purpose: Purpose

    def apply(self, aggregate: Person) -> None:
        aggregate.consents = without(self.purpose, aggregate.consents)


def without(purpose: str, consents: tuple[Consent, ...]) -> tuple[Consent, ...]:
    """The consents to other purposes."""
    return tuple(one for one in consents if one.purpose != purpose)


def ended_on(day: date, held: tuple[GrantedRole, ...]) -> tuple[GrantedRole, ...]:
    """The roles, of which those still held end on that day."""
    return tuple(
        msgspec.structs.replace(one, ended=day) if one.ended is None else one for one in held
    )


class Person(Aggregate):
    """Somebody who may act: known by an id alone."""

    noun = "person"
    lifecycle = lifecycle

    held: tuple[GrantedRole, ...] = ()
    sign_ins: int = 0
    consents: tuple[Consent, ...] = ()

    @property
    def current(self) -> tuple[GrantedRole, ...]:
        """The roles that have not been withdrawn; their days may be over or still to come."""
        return tuple(held for held in self.held if held.ended is None)

"""How people come in, prove who they are, and go."""

from __future__ import annotations

from domain.errors import check
from domain.kernel import Mandate
from domain.people.person import (
    Admitted,
    CredentialsChanged,
    Erased,
    Method,
    Person,
    Released,
    SignedIn,
    lifecycle,
)
from domain.policies import holds


def admit(id: str, *, by: Mandate) -> Person:
    """Lets somebody in, with no role yet (J1)."""
    person = Person(id=id)
    person.record(Admitted(stage=lifecycle.start("admit")), by)
    return person


def sign_in(person: Person, *, method: Method, by: Mandate) -> None:
    """Records that somebody has proved who they are (J4)."""
    person.record(SignedIn(stage=person.after("sign-in"), method=method), by)


def change_credentials(person: Person, *, method: Method, by: Mandate) -> None:
    """Records that somebody proves who they are by something new from now on (J5)."""
    stage = person.after("change-credentials")
    person.record(CredentialsChanged(stage=stage, method=method), by)


def release(person: Person, *, by: Mandate) -> None:
    """Lets somebody go; every role ends on this day (J6)."""
    stage = person.after("release")
    check(holds("J6.self", by.person != person.stream, "Nobody lets themself go."))
    person.record(Released(stage=stage, ended=by.day), by)


def erase(person: Person, *, by: Mandate) -> None:
    """Records that what was known of somebody is destroyed, and by what authority (J7)."""
    stage = person.after("erase")
    check(
        holds(
            "J7.authority",
            bool(by.authority_ref),
            "Say by what authority somebody is erased.",
            field="/authority_ref",
        ),
        holds("J7.self", by.person != person.stream, "Nobody erases themself."),
    )
    person.record(Erased(stage=stage, ended=by.day), by)

"""How people agree to what their data are used for, and take that back."""

from __future__ import annotations

from domain.errors import check
from domain.kernel import Mandate
from domain.people.person import Consented, ConsentWithdrawn, Person, Purpose
from domain.policies import holds


def consent(person: Person, *, purpose: Purpose, version: str, by: Mandate) -> None:
    """Agrees to a purpose in the words of a version (J8)."""
    stage = person.after("consent")
    given = {(one.purpose, one.version) for one in person.consents}
    check(
        holds("J8.self", by.person == person.stream, "People consent for themselves alone."),
        holds(
            "J8.once",
            (purpose, version) not in given,
            "This consent has been given already.",
            field="/purpose",
        ),
    )
    person.record(Consented(stage=stage, purpose=purpose, version=version, day=by.day), by)


def withdraw_consent(person: Person, *, purpose: Purpose, by: Mandate) -> None:
    """Takes a consent back; what was done until then stays lawful (J9)."""
    stage = person.after("withdraw-consent")
    check(
        holds("J9.self", by.person == person.stream, "People consent for themselves alone."),
        holds(
            "J9.given",
            any(one.purpose == purpose for one in person.consents),
            "There is no consent to this purpose that could be taken back.",
            field="/purpose",
        ),
    )
    person.record(ConsentWithdrawn(stage=stage, purpose=purpose), by)

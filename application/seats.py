"""Roles that follow from what an organisation's record says of its founder and its leader."""

from __future__ import annotations

from typing import Any

from application.docket import Docket
from application.people import PERSON
from application.permissions import APP, LEG
from domain.kernel import Mandate, Record
from domain.organisations import Organisation
from domain.organisations.lifecycle import FINAL
from domain.people import following
from domain.people.person import Person

NAMES = (("leader", LEG), ("founder", APP))
"""The fields of an organisation that name a person, and the role that they give."""


def organisation_of(record: Record[Any], docket: Docket) -> Organisation:
    """The organisation that the record is about."""
    return docket.load(Organisation, record.originator_id.partition(":")[2])


def person_named(reference: str, docket: Docket) -> Person | None:
    """The person of that reference, if they have been let in."""
    id = reference.removeprefix(PERSON) if reference.startswith(PERSON) else ""
    return next(iter(docket.find(Person, id=id)), None) if id else None


def give_seats(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Gives the founder and the leader of a filed organisation their roles (J2)."""
    organisation = organisation_of(record, docket)
    for field, role in NAMES:
        person = person_named(getattr(organisation, field), docket)
        if person is not None:
            following.take_seat(person, role=role, organisation=organisation.id, by=by)


def pass_seat(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Gives the new leader the role that goes with it (J2), and takes it from the former (J3)."""
    if record.event.changed != "leader":
        return
    organisation = organisation_of(record, docket)
    former = person_named(record.event.old_ref, docket)
    if former is not None:
        following.leave_seat(former, role=LEG, organisation=organisation.id, by=by)
    leader = person_named(organisation.leader, docket)
    if leader is not None:
        following.take_seat(leader, role=LEG, organisation=organisation.id, by=by)


def take_seats(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Gives whoever is let in the roles of those who were named before they came (J2).

    What a register says of an organisation that was taken over has not been looked at by anybody
    here; such a name gives no role.
    """
    person = docket.load(Person, record.originator_id.partition(":")[2])
    for field, role in NAMES:
        for organisation in docket.find(Organisation, **{field: person.stream}):
            if field in organisation.decided and organisation.stage not in FINAL:
                following.take_seat(person, role=role, organisation=organisation.id, by=by)


OF_SEATS = {
    "organisation.filed": (give_seats,),
    "organisation.changed": (pass_seat,),
    "person.admitted": (take_seats,),
}
"""Events that name somebody, and the roles that follow."""

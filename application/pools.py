"""What may be told to pools of experts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from application.docket import Docket
from application.people import PERSON
from application.told import Handlers, tells
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.people.person import Person
from domain.people.person import Stage as PersonStage
from domain.reviews import pool as pools
from domain.reviews.conflicts import Expert
from domain.reviews.pool import Pool
from domain.values import Id, Name, Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePool:
    """Begins a list of experts for a place, from which panels are drawn."""

    name: Name
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class AddExpert:
    """Puts somebody on the list, with what ties them to organisations and where they live."""

    expert: Expert


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeExpert:
    """Says something else of somebody on the list; all of it is said anew."""

    expert: Expert


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveExpert:
    """Takes somebody off the list."""

    person: Id
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePool:
    """Ends the list; panels that were drawn from it stay as they are."""

    reason: Text


def still_there(people: Iterable[str], docket: Docket) -> frozenset[str]:
    """Those of the people, named by their references, who have been let in and have not gone."""
    ids = tuple(person.removeprefix(PERSON) for person in people if person.startswith(PERSON))
    if not ids:
        return frozenset()
    known = docket.find(Person, id=ids, stage=PersonStage.KNOWN)
    return frozenset(person.stream for person in known)


def check_organisations(expert: Expert, docket: Docket) -> None:
    """Refuses an expert whose ties name an organisation that is not there."""
    for index, other in enumerate(expert.relations):
        docket.load(Organisation, other, field=f"/expert/relations/{index}")
    for index, job in enumerate(expert.left):
        docket.load(Organisation, job.organisation, field=f"/expert/left/{index}/organisation")
    if expert.employer:
        docket.load(Organisation, expert.employer, field="/expert/employer")


def create(command: CreatePool, docket: Docket, id: str, by: Mandate) -> Pool:
    return docket.add(pools.create(docket.new_id(), name=command.name, place=command.place, by=by))


def add_expert(command: AddExpert, docket: Docket, id: str, by: Mandate) -> Pool:
    pool, expert = docket.load(Pool, id), command.expert
    check_organisations(expert, docket)
    is_known = bool(still_there((expert.person,), docket))
    pools.add_expert(pool, expert=expert, is_known=is_known, by=by)
    return pool


def change_expert(command: ChangeExpert, docket: Docket, id: str, by: Mandate) -> Pool:
    pool = docket.load(Pool, id)
    check_organisations(command.expert, docket)
    pools.change_expert(pool, expert=command.expert, by=by)
    return pool


HANDLERS: Handlers = {
    "create": (CreatePool, create),
    "add-expert": (AddExpert, add_expert),
    "change-expert": (ChangeExpert, change_expert),
    "remove-expert": (RemoveExpert, tells(Pool, pools.remove_expert)),
    "close": (ClosePool, tells(Pool, pools.close)),
}

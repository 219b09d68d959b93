"""The pool of experts: who may be drawn for a panel, kept in versions that anyone can look up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.errors import Reason, check
from domain.kernel import Aggregate, Event, Mandate, Record
from domain.places import level_of
from domain.policies import holds
from domain.reviews.conflicts import Expert
from domain.reviews.lifecycle import pool_lifecycle

NEAR = ("subdistrict", "community", "grid")
"""How near the place of an expert is named: a whole district would say nothing."""


class Created(Event, frozen=True, tag="pool.created"):
    name: str
    place: str


class ExpertAdded(Event, frozen=True, tag="pool.expert_added"):
    expert: Expert

    def apply(self, aggregate: Pool) -> None:
        aggregate.experts = (*aggregate.experts, self.expert)


class ExpertChanged(Event, frozen=True, tag="pool.expert_changed"):
    expert: Expert

    def apply(self, aggregate: Pool) -> None:
        aggregate.experts = tuple(
            self.expert if known.person == self.expert.person else known
            for known in aggregate.experts
        )


class ExpertRemoved(Event, frozen=True, tag="pool.expert_removed"):
    person: str

    def apply(self, aggregate: Pool) -> None:
        aggregate.experts = tuple(e for e in aggregate.experts if e.person != self.person)


class Closed(Event, frozen=True, tag="pool.closed"):
    pass


class Pool(Aggregate):
    """A list of experts of a place. Each change makes a new `pool_version`, which a draw names.

    `keepers` are the people whose hands have changed it.
    """

    noun = "pool"
    lifecycle = pool_lifecycle

    name: str = ""
    place: str = ""
    experts: tuple[Expert, ...] = ()
    keepers: tuple[str, ...] = ()
    pool_version: int = 0

    def take(self, record: Record[Any]) -> None:
        """Also remembers who has kept the list, and counts its versions."""
        super().take(record)
        self.pool_version = self.version
        lender = record.on_behalf_of.delegated_by if record.on_behalf_of else ""
        hands = (*self.keepers, record.actor.id, lender)
        self.keepers = tuple(dict.fromkeys(hand for hand in hands if hand))

    def expert(self, person: str) -> Expert | None:
        """What the list says of somebody; None where they are not on it."""
        return next((expert for expert in self.experts if expert.person == person), None)


def create(id: str, *, name: str, place: str, by: Mandate) -> Pool:
    """Begins a list of experts for a place (V0)."""
    pool = Pool(id=id)
    pool.record(Created(stage=pool_lifecycle.start("create"), name=name, place=place), by)
    return pool


def is_sound(rule: str, expert: Expert, by: Mandate) -> Iterable[Reason | None]:
    """What is said of an expert is said by somebody else, and can be so."""
    yield holds(
        f"{rule}.self",
        expert.person not in by.hands,
        "What the list says of somebody is written by another person.",
        field="/expert/person",
    )
    yield holds(
        f"{rule}.place",
        level_of(expert.place) in NEAR,
        "The place of an expert is a subdistrict or lies in one: 9, 12 or 15 digits.",
        field="/expert/place",
    )
    yield holds(
        f"{rule}.left",
        all(job.day <= by.day for job in expert.left),
        "Nobody has left an organisation on a day to come.",
        field="/expert/left",
    )


def add_expert(pool: Pool, *, expert: Expert, is_known: bool, by: Mandate) -> None:
    """Puts somebody on the list (V0a); `is_known`: they have been let in and have not gone."""
    stage = pool.after("add-expert")
    check(
        holds(
            "V0a.person",
            is_known,
            "An expert is somebody who has been let in.",
            field="/expert/person",
        ),
        holds(
            "V0a.once",
            pool.expert(expert.person) is None,
            "This person is on the list.",
            field="/expert/person",
        ),
        *is_sound("V0a", expert, by),
    )
    pool.record(ExpertAdded(stage=stage, expert=expert), by)


def change_expert(pool: Pool, *, expert: Expert, by: Mandate) -> None:
    """Says something else of somebody on the list (V0b)."""
    stage = pool.after("change-expert")
    check(is_listed("V0b", pool, expert.person, "/expert/person"), *is_sound("V0b", expert, by))
    pool.record(ExpertChanged(stage=stage, expert=expert), by)


def remove_expert(pool: Pool, *, person: str, by: Mandate) -> None:
    """Takes somebody off the list (V0c)."""
    stage = pool.after("remove-expert")
    check(is_listed("V0c", pool, person, "/person"))
    pool.record(ExpertRemoved(stage=stage, person=person), by)


def is_listed(rule: str, pool: Pool, person: str, field: str) -> Reason | None:
    """The person is on the list."""
    listed = pool.expert(person) is not None
    return holds(f"{rule}.listed", listed, "This person is not on the list.", field=field)


def close(pool: Pool, *, by: Mandate) -> None:
    """Ends the list (V0d): nobody is drawn from it any more."""
    pool.record(Closed(stage=pool.after("close")), by)

"""The panel: who was drawn for a round, from which list, by which seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from domain.kernel import Aggregate, Event, Record
from domain.reviews.assignment import Swap
from domain.reviews.conflicts import Expert, Ground
from domain.reviews.lifecycle import panel_lifecycle
from domain.values import Id, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """How a member of a panel voted on what the panel proposes."""

    member: Id
    choice: Literal["for", "against", "abstain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """What a member who did not vote for the result holds against it."""

    member: Id
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Somebody on the list who could not be drawn: why, and because of what."""

    person: Id
    rule: Ground
    of: str


class Drawn(Event, frozen=True, tag="panel.drawn"):
    """`pool` is everybody on the list in that version of it, `candidates` who was not left out.

    A draw from before there were lists names no list: nobody was left out of `pool`.
    """

    round: str
    place: str
    seed: str
    pool: tuple[str, ...]
    members: tuple[str, ...]
    pool_id: str = ""
    pool_version: int = 0
    excluded: tuple[Excluded, ...] = ()
    candidates: tuple[Expert, ...] = ()
    drawn_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A proposal to which the vote of a member does not extend: that member was recused from it."""

    member: Id
    proposal: Id


class ThirdRequired(Event, frozen=True, tag="panel.third_required"):
    """Who reviews the proposal as well, because the scores lie too far apart."""

    proposal: str
    member: str

    def apply(self, aggregate: Panel) -> None:
        aggregate.stage = self.stage


class Deliberated(Event, frozen=True, tag="panel.deliberated"):
    """`casting` is the vote of the chair where the members' votes were equal."""

    votes: tuple[Vote, ...]
    dissents: tuple[Dissent, ...]
    outside: tuple[Outside, ...] = ()
    casting: str = ""


class Panel(Aggregate):
    """The reviewers of a round.

    `draw_order` is everybody who could be drawn, the members first; who is next steps in.
    Who reads what was changed by hand in `swaps`, on the papers `workings`.
    """

    noun = "panel"
    lifecycle = panel_lifecycle

    round: str = ""
    place: str = ""
    seed: str = ""
    pool: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    swaps: tuple[Swap, ...] = ()
    workings: tuple[str, ...] = ()
    pool_id: str = ""
    pool_version: int = 0
    excluded: tuple[Excluded, ...] = ()
    candidates: tuple[Expert, ...] = ()
    drawn_on: date | None = None
    votes: tuple[Vote, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    outside: tuple[Outside, ...] = ()
    casting: str = ""

    draw_order: tuple[str, ...] = ()

    def take(self, record: Record[Any]) -> None:
        """Also works the order of the draw out anew from what was recorded."""
        super().take(record)
        if isinstance(record.event, Drawn):
            self.draw_order = drawn_in_order(record.event)


def order_of_draw(seed: str, pool: Sequence[str]) -> tuple[str, ...]:
    """The people in the order of the draw: by SHA-256 of seed, a colon and the person.

    Anyone can run it again. Where somebody stands depends on nobody else who is on the list.
    """
    return tuple(
        sorted(set(pool), key=lambda person: hashlib.sha256(f"{seed}:{person}".encode()).digest())
    )


def drawn_in_order(event: Drawn) -> tuple[str, ...]:
    """Everybody on the list who was not left out, in the order of the draw."""
    left_out = {excluded.person for excluded in event.excluded}
    return order_of_draw(event.seed, [each for each in event.pool if each not in left_out])


def next_free(panel: Panel, taken: Iterable[str]) -> str:
    """The first in the order of the draw who is not taken; empty if none is left."""
    gone = set(taken)
    free = (one for one in panel.draw_order if one not in gone)
    return next(free, "")

"""The panel: who was drawn for a round, from which list, by which seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from domain.errors import Reason, check
from domain.kernel import Aggregate, Event, Mandate
from domain.policies import holds, in_stage
from domain.reviews.lifecycle import panel_lifecycle
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round
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


class Drawn(Event, frozen=True, tag="panel.drawn"):
    round: str
    place: str
    seed: str
    pool: tuple[str, ...]
    members: tuple[str, ...]


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
    """The reviewers of a round."""

    noun = "panel"
    lifecycle = panel_lifecycle

    round: str = ""
    place: str = ""
    seed: str = ""
    pool: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    outside: tuple[Outside, ...] = ()
    casting: str = ""


def order_of_draw(seed: str, pool: Sequence[str]) -> tuple[str, ...]:
    """The whole pool in the order of the draw: by SHA-256 of seed, a colon and the person.

    Anyone can run it again with the recorded seed and pool.
    """
    return tuple(
        sorted(set(pool), key=lambda person: hashlib.sha256(f"{seed}:{person}".encode()).digest())
    )


def next_in_order(panel: Panel, taken: Iterable[str]) -> str:
    """The first of the pool, in the order of the draw, who is not taken; empty if none is left."""
    gone = set(taken)
    free = (one for one in order_of_draw(panel.seed, panel.pool) if one not in gone)
    return next(free, "")


def is_large_enough(least: int, size: int, most: int) -> Reason | None:
    """The panel has the reviewers that the round asks for, and the list has as many people."""
    return holds(
        "V1.size",
        least <= size <= most,
        "The panel needs at least {least} people, and the list has {most}.",
        field="/size",
        least=least,
        most=most,
    )


def draw(
    id: str, *, round: Round, drawn: int, pool: tuple[str, ...], size: int, seed: str, by: Mandate
) -> Panel:
    """Draws the panel of a round from a list of people (V1)."""
    check(
        in_stage("V1.round", round, RoundStage.INTAKE_CLOSED),
        holds("V1.once", not drawn, "The round has a panel already."),
        is_large_enough(round.asks.reviewers_min, size, len(set(pool))),
        holds(
            "V1.hands",
            by.hands.isdisjoint(pool),
            "Whoever draws a panel or agrees to it is not on the list.",
            field="/pool",
        ),
    )
    panel = Panel(id=id)
    event = Drawn(
        stage=panel_lifecycle.start("draw"),
        round=round.id,
        place=round.place,
        seed=seed,
        pool=pool,
        members=order_of_draw(seed, pool)[:size],
    )
    panel.record(event, by)
    return panel

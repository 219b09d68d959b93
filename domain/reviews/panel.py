"""The panel: who was drawn for a round, from which list, by which seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from domain.errors import Reason, check
from domain.kernel import Aggregate, Event, Mandate, Record
from domain.policies import holds, in_stage
from domain.reviews.assignment import Swap
from domain.reviews.conflicts import Expert, Ground
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


class Deliberated(Event, frozen=True, tag="panel.deliberated"):
    votes: tuple[Vote, ...]
    dissents: tuple[Dissent, ...]


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


def are_sound(
    sitting: frozenset[str], votes: tuple[Vote, ...], dissents: tuple[Dissent, ...]
) -> Iterable[Reason | None]:
    """Members vote once each, and a dissent is that of a member who did not vote in favour (V9)."""
    voted = {vote.member: vote.choice for vote in votes}
    yield holds(
        "V9.votes",
        bool(votes) and len(voted) == len(votes) and set(voted) <= sitting,
        "Each member of the panel votes once at most, and nobody else does.",
        field="/votes",
    )
    yield holds(
        "V9.dissents",
        all(voted.get(dissent.member, "for") != "for" for dissent in dissents),
        "A dissent is that of a member who voted, and did not vote in favour.",
        field="/dissents",
    )


def hold_deliberation(
    panel: Panel,
    *,
    votes: tuple[Vote, ...],
    dissents: tuple[Dissent, ...],
    unlocked: int,
    sitting: frozenset[str],
    round: Round,
    by: Mandate,
) -> None:
    """Records that the panel met when all scores were locked, and how it voted (V9).

    `sitting` are the members who judge in the end: those drawn and those who took a place.
    """
    stage = panel.after("hold-deliberation")
    check(
        in_stage("V9.round", round, RoundStage.REVIEWING),
        holds("V9.locked", not unlocked, "{count} reviews are not locked.", count=unlocked),
        *are_sound(sitting, votes, dissents),
    )
    panel.record(Deliberated(stage=stage, votes=votes, dissents=dissents), by)

"""The panel: who was drawn for a round, from which list, by which seed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from domain.errors import Reason, check
from domain.kernel import Aggregate, Event, Mandate
from domain.policies import holds, in_stage
from domain.reviews.lifecycle import panel_lifecycle
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round


class Drawn(Event, frozen=True, tag="panel.drawn"):
    round: str
    place: str
    seed: str
    pool: tuple[str, ...]
    members: tuple[str, ...]


class Panel(Aggregate):
    """The reviewers of a round."""

    noun = "panel"
    lifecycle = panel_lifecycle

    round: str = ""
    place: str = ""
    seed: str = ""
    pool: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


def order_of_draw(seed: str, pool: Sequence[str]) -> tuple[str, ...]:
    """The whole pool in the order of the draw: by SHA-256 of seed, a colon and the person.

    Anyone can run it again with the recorded seed and pool.
    """
    return tuple(
        sorted(set(pool), key=lambda person: hashlib.sha256(f"{seed}:{person}".encode()).digest())
    )


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

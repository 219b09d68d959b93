"""How a panel is drawn: from a version of a pool, without whoever is too near, by a seed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.policies import holds, in_stage
from domain.reviews.conflicts import Concerned, Expert, conflicts_of
from domain.reviews.lifecycle import PoolStage, panel_lifecycle
from domain.reviews.panel import Drawn, Excluded, Panel, order_of_draw
from domain.reviews.pool import Pool
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round
from domain.values import covers


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is to be drawn from: a version of a list, for whom it matters, and how many.

    `there` are those on the list who are still among the people; `version` is the one that whoever
    asked for the draw had looked at, and `panels` counts those that the round has already.
    """

    pool: Pool
    version: int
    there: frozenset[str]
    concerned: Concerned
    size: int
    panels: int


def excluded_from(drawing: Drawing, round: Round, by: Mandate) -> tuple[Excluded, ...]:
    """Everybody on the list who cannot be drawn, each with every ground."""
    return tuple(
        excluded
        for expert in drawing.pool.experts
        for excluded in grounds(drawing, expert, round, by)
    )


def grounds(drawing: Drawing, expert: Expert, round: Round, by: Mandate) -> Iterable[Excluded]:
    """Every ground that speaks against one expert in the whole round."""
    person = expert.person
    if person not in drawing.there:
        yield Excluded(person=person, rule="gone", of="")
    years = round.asks.cooling_years
    for conflict in conflicts_of(expert, drawing.concerned, by.day, cooling_years=years):
        yield Excluded(person=person, rule=conflict.rule, of=conflict.of)


def is_from_its_list(drawing: Drawing, round: Round) -> Iterable[Reason | None]:
    """The list is kept for the place of the round, and is the one that was looked at (V1)."""
    pool = drawing.pool
    yield in_stage("V1.kept", pool, PoolStage.KEPT)
    yield holds(
        "V1.pool",
        covers(pool.place, round.place),
        "The list of experts is that of another place.",
        field="/pool_id",
    )
    yield holds(
        "V1.version",
        drawing.version == pool.version,
        "The list of experts has changed: it is at version {version} now.",
        field="/pool_version",
        version=pool.version,
    )


def is_drawn_by_others(pool: Pool, by: Mandate) -> Iterable[Reason | None]:
    """Nobody draws themself, and the witness has not kept the list (V1)."""
    yield holds(
        "V1.hands",
        by.hands.isdisjoint(expert.person for expert in pool.experts),
        "Whoever draws a panel or agrees to it is not on the list.",
        field="/pool_id",
    )
    witness = by.hands - {by.prepared_by} if by.prepared_by else frozenset()
    yield holds(
        "V1.witness",
        witness.isdisjoint(pool.keepers),
        "Whoever witnesses a draw has not kept the list that is drawn from.",
    )


def is_large_enough(least: int, size: int, most: int) -> Reason | None:
    """The panel has the reviewers that the round asks for, and as many can be drawn."""
    return holds(
        "V1.size",
        least <= size <= most,
        "The panel needs at least {least} people, and the list has {most}.",
        field="/size",
        least=least,
        most=most,
    )


def draw(id: str, *, round: Round, drawing: Drawing, seed: str, by: Mandate) -> Panel:
    """Draws the panel of a round (V1). The seed comes from outside, and is new at each attempt."""
    pool, left_out = drawing.pool, excluded_from(drawing, round, by)
    near = {excluded.person for excluded in left_out}
    candidates = tuple(expert for expert in pool.experts if expert.person not in near)
    check(
        in_stage("V1.round", round, RoundStage.INTAKE_CLOSED),
        holds("V1.once", not drawing.panels, "The round has a panel already."),
        *is_from_its_list(drawing, round),
        is_large_enough(round.asks.reviewers_min, drawing.size, len(candidates)),
        *is_drawn_by_others(pool, by),
    )
    panel = Panel(id=id)
    event = Drawn(
        stage=panel_lifecycle.start("draw"),
        round=round.id,
        place=round.place,
        seed=seed,
        pool=tuple(expert.person for expert in pool.experts),
        members=order_of_draw(seed, [expert.person for expert in candidates])[: drawing.size],
        pool_id=pool.id,
        pool_version=pool.version,
        excluded=left_out,
        candidates=candidates,
        drawn_on=by.day,
    )
    panel.record(event, by)
    return panel

"""Deciding who reads what: a plan for the proposals that wait for reviewers (V1b)."""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import Reason, check
from domain.kernel import Event, Mandate
from domain.policies import holds
from domain.reviews.assignment import (
    Load,
    Plan,
    Reading,
    Swap,
    fitting,
    keeps_to,
    may_swap,
    spread_of,
    swapped,
    working_sha,
)
from domain.reviews.panel import Panel
from domain.rounds.round import Round


class ReviewsAssigned(Event, frozen=True, tag="panel.reviews_assigned"):
    """Who reads what; `readings` are those worked out, before the changes by hand in `swaps`."""

    readings: tuple[Reading, ...]
    swaps: tuple[Swap, ...]
    fitting: int
    bound: int
    spread: int
    solved_by: str
    working_sha256: str

    def apply(self, aggregate: Panel) -> None:
        aggregate.stage = self.stage
        aggregate.swaps = (*aggregate.swaps, *self.swaps)
        aggregate.workings = (*aggregate.workings, self.working_sha256)

    @property
    def final(self) -> tuple[Reading, ...]:
        """The readings after the changes by hand."""
        return swapped(self.readings, self.swaps)


def plan_of(load: Load, readings: tuple[Reading, ...], bound: int, method: str) -> Plan:
    """What readings come to: how many fit, and how evenly they are spread."""
    known = set(load.proposals)
    sound = tuple(r for r in readings if r.proposal in known)
    return Plan(
        readings=readings,
        fitting=fitting(load, sound),
        bound=bound,
        spread=spread_of(load, sound),
        method=method,
    )


def is_ready(panel: Panel, *, load: Load, round: Round) -> str:
    """The stage that a plan leaves the panel in; refused where there is nothing to plan (V1b)."""
    stage = panel.after("assign-reviews")
    check(
        holds(
            "V1b.rule",
            round.asks.review_load_max is not None,
            "In this round every member of the panel reads every proposal.",
        ),
        holds("V1b.any", bool(load.proposals), "No proposal waits for reviewers."),
    )
    return stage


def is_as_worked_out(load: Load, plan: Plan, sha: str) -> Iterable[Reason | None]:
    """The paper is about the proposals that wait now, and this panel."""
    yield holds(
        "V1b.working",
        sha == working_sha(load, plan),
        "The working paper is not about these proposals and this panel; work the assignment out "
        "anew.",
        field="/working",
    )


def assign_reviews(
    panel: Panel,
    *,
    stage: str,
    load: Load,
    plan: Plan,
    swaps: tuple[Swap, ...],
    sha: str,
    by: Mandate,
) -> None:
    """Gives the proposals that wait for reviewers to members of the panel (V1b)."""
    final = swapped(plan.readings, swaps)
    check(
        *is_as_worked_out(load, plan, sha),
        *may_swap("V1b", plan.readings, swaps),
        *keeps_to("V1b", load, final),
    )
    event = ReviewsAssigned(
        stage=stage,
        readings=plan.readings,
        swaps=swaps,
        fitting=fitting(load, final),
        bound=plan.bound,
        spread=spread_of(load, final),
        solved_by=plan.method,
        working_sha256=sha,
    )
    panel.record(event, by)

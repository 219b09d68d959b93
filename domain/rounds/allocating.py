"""Adopting an allocation: one decision that puts up every award it gives (R7a)."""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.policies import holds
from domain.rounds import events as e
from domain.rounds.allocation import Problem, Solution, keeps_to, value_of, working_sha
from domain.rounds.round import Round


def is_as_worked_out(problem: Problem, solution: Solution, sha: str) -> Iterable[Reason | None]:
    """What was worked out rests on the scores and the money as they are now."""
    yield holds(
        "R7a.working",
        sha == working_sha(problem, solution),
        "The working paper is not about these scores and this money; work the allocation out anew.",
        field="/working",
    )
    yield holds(
        "R7a.bound",
        solution.bound >= solution.value,
        "No allocation can be worth more than its bound.",
        field="/bound",
    )


def is_ready(round: Round, *, scored: int, under_review: int) -> str:
    """The stage that an allocation leaves the round in; refused while scores are missing (R7a)."""
    stage = round.after("allocate")
    check(
        holds(
            "R7a.reviewed",
            not under_review,
            "{count} proposals are still under review.",
            count=under_review,
        ),
        holds("R7a.any", scored > 0, "No scored proposal waits for a decision."),
    )
    return stage


def allocate(
    round: Round,
    *,
    stage: str,
    problem: Problem,
    solution: Solution,
    sha: str,
    waiting: tuple[str, ...],
    by: Mandate,
) -> None:
    """Adopts an allocation of what the round still has; `waiting` are put on the waiting list."""
    check(
        *keeps_to("R7a", problem, solution.given),
        *is_as_worked_out(problem, solution, sha),
    )
    event = e.Allocated(
        stage=stage,
        given=solution.given,
        waiting=waiting,
        value=value_of(problem, solution.given),
        bound=solution.bound,
        solved_by=solution.method,
        working_sha256=sha,
    )
    round.record(event, by)

"""Solving: allocations and assignments worked out by HiGHS, or exactly by hand for small rounds.

A solver is never believed: what it says is rounded to whole numbers, added up again, and checked
against every rule before anybody sees it; and the desk checks it once more.
"""

from __future__ import annotations

from domain.errors import refuse
from domain.reviews.assignment import Load, Plan
from domain.rounds.allocation import Problem, Solution
from infrastructure.solving import allocating, assigning, branching, flowing
from infrastructure.solving.program import is_there

SMALL = 40
"""How many proposals an allocation may have where there is no solver."""


class Solver:
    """Works out allocations and assignments, with HiGHS where it is installed."""

    def allocate(self, problem: Problem) -> Solution:
        """The best allocation; refused where none keeps to the rules."""
        if is_there():
            return allocating.allocate(problem)
        if len(problem.asked) > SMALL:
            raise refuse(
                "allocation.solver",
                "This installation has no solver, and without one at most {most} proposals are "
                "allocated exactly; award the amounts by hand.",
                most=SMALL,
            )
        return branching.allocate(problem)

    def assign(self, load: Load) -> Plan:
        """The best assignment with even loads; refused where there is none."""
        return assigning.assign(load) if is_there() else flowing.assign(load)

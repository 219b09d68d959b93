"""Assignments without a solver: chains of swaps, each of which makes the plan fit better.

Every reading costs one more the more its reader has to read already, so the cheapest plan is the
most even one; of the plans that are equally even, it is the one that fits best.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.errors import check, refuse
from domain.reviews.assignment import (
    Load,
    Plan,
    Reading,
    can_be_read,
    fitting,
    keeps_to,
    spread_of,
)
from infrastructure.solving.assigning import free_pairs

FAR = 1 << 60


@dataclass(slots=True)
class Flow:
    """Who reads what so far, and what each reading costs."""

    load: Load
    free: list[set[int]]
    expert: set[tuple[int, int]]
    readers: list[set[int]] = field(default_factory=list)
    loads: list[int] = field(default_factory=list)

    def cost(self, proposal: int, member: int) -> int:
        """One less where the reader knows the field."""
        return -((proposal, member) in self.expert)

    def next_cost(self, member: int) -> int:
        """What one more proposal costs a member: far more than any fit can save, and rising."""
        return (2 * self.loads[member] + 1) * (2 * len(self.load.proposals) * self.load.each + 1)

    def give(self, proposal: int) -> bool:
        """Gives the proposal one more reader, by the cheapest chain of swaps."""
        size = len(self.load.members)
        dear, back = [FAR] * size, [(-1, -1)] * size
        for member in self.free[proposal] - self.readers[proposal]:
            dear[member], back[member] = self.cost(proposal, member), (proposal, -1)
        self.spread_out(dear, back)
        ends = [
            (dear[m] + self.next_cost(m), m)
            for m in range(size)
            if dear[m] < FAR and self.loads[m] < self.load.most
        ]
        if not ends:
            return False
        _, member = min(ends)
        self.loads[member] += 1
        while member >= 0:
            moved, former = back[member]
            self.readers[moved].add(member)
            if former >= 0:
                self.readers[moved].remove(former)
            member = former
        return True

    def spread_out(self, dear: list[int], back: list[tuple[int, int]]) -> None:
        """The cheapest way to free each member by handing a proposal on (Bellman and Ford)."""
        is_changed = True
        while is_changed:
            is_changed = False
            for proposal, readers in enumerate(self.readers):
                for former in sorted(readers):
                    if dear[former] == FAR:
                        continue
                    so_far = dear[former] - self.cost(proposal, former)
                    for member in sorted(self.free[proposal] - readers):
                        price = so_far + self.cost(proposal, member)
                        if price < dear[member]:
                            dear[member], back[member] = price, (proposal, former)
                            is_changed = True


def assign(load: Load) -> Plan:
    """The assignment with the most even loads, and of those the one that fits best."""
    check(*can_be_read("assignment", load))
    free: list[set[int]] = [set() for _ in load.proposals]
    for proposal, member in free_pairs(load):
        free[proposal].add(member)
    flow = Flow(
        load,
        free,
        set(load.expert),
        [set() for _ in free],
        list(load.held or (0,) * len(load.members)),
    )
    for proposal in range(len(free)):
        for _ in range(load.each):
            if not flow.give(proposal):
                raise refuse(
                    "assignment.none",
                    "No assignment gives each proposal {least} reviewers without a conflict "
                    "within the load limit; raise the limit or draw more members.",
                    least=load.each,
                )
    readings = tuple(
        Reading(proposal=load.proposals[number], members=tuple(sorted(row)))
        for number, row in enumerate(flow.readers)
    )
    check(*keeps_to("assignment", load, readings))
    fits = fitting(load, readings)
    spread = spread_of(load, readings)
    return Plan(readings=readings, fitting=fits, bound=fits, spread=spread, method="exact")

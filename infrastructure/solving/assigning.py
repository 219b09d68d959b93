"""Assignments by HiGHS: one column for every member and proposal without a conflict."""

from __future__ import annotations

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
from infrastructure.solving.program import Program, maximise

Pair = tuple[int, int]
"""A proposal and a member, each by its number."""


def bands(load: Load) -> list[tuple[int, int]]:
    """The lowest and highest load to try, the most even first."""
    size = len(load.members)
    even, rest = divmod(len(load.proposals) * load.each + sum(load.held), size)
    high = even + (rest > 0)
    wider = range(max(even, load.most - high) + 1)
    return [(max(0, even - step), min(load.most, high + step)) for step in wider]


def assign(load: Load) -> Plan:
    """The assignment with the most even loads, and of those the one that fits best."""
    check(*can_be_read("assignment", load))
    pairs = free_pairs(load)
    for low, high in bands(load):
        program = program_of(load, pairs, low, high)
        found = maximise(program)
        if found is not None:
            return plan_of(load, pairs, [value > 0.5 for value in found.values], found.bound)
    raise refuse(
        "assignment.none",
        "No assignment gives each proposal {least} reviewers without a conflict within the load "
        "limit; raise the limit or draw more members.",
        least=load.each,
    )


def free_pairs(load: Load) -> list[Pair]:
    """Every proposal with every member who may read it."""
    barred = set(load.barred)
    return [
        (p, m)
        for p in range(len(load.proposals))
        for m in range(len(load.members))
        if (p, m) not in barred
    ]


def program_of(load: Load, pairs: list[Pair], low: int, high: int) -> Program:
    """Each proposal is read by so many, each member reads between two numbers.

    Such a program has whole numbers at every corner, so it needs no search for them.
    """
    expert = set(load.expert)
    program = Program(is_whole=False)
    by_proposal: list[dict[int, int]] = [{} for _ in load.proposals]
    by_member: list[dict[int, int]] = [{} for _ in load.members]
    for pair in pairs:
        column = program.column(int(pair in expert))
        by_proposal[pair[0]][column] = 1
        by_member[pair[1]][column] = 1
    for parts in by_proposal:
        program.row(load.each, load.each, parts)
    for parts, had in zip(by_member, load.held or (0,) * len(by_member), strict=True):
        program.row(max(0, low - had), high - had, parts)
    return program


def plan_of(load: Load, pairs: list[Pair], taken: list[bool], bound: float) -> Plan:
    """The plan that the columns stand for, added up again."""
    members: list[list[int]] = [[] for _ in load.proposals]
    for (proposal, member), is_taken in zip(pairs, taken, strict=True):
        if is_taken:
            members[proposal].append(member)
    readings = tuple(
        Reading(proposal=load.proposals[number], members=tuple(row))
        for number, row in enumerate(members)
    )
    check(*keeps_to("assignment", load, readings))
    return Plan(
        readings=readings,
        fitting=fitting(load, readings),
        bound=int(bound + 1e-6),
        spread=spread_of(load, readings),
        method="highs",
    )

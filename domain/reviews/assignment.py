"""Assignment: which members of a panel read which proposals."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from domain.errors import Reason
from domain.policies import holds
from domain.values import Id, Name, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A proposal, and the members of the panel who read it, by their numbers in the panel."""

    proposal: Id
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A change by hand: who reads a proposal instead of whom, and why.

    `off` or `on` is none where a reader is only added or only taken off.
    """

    proposal: Id
    off: int | None = None
    on: int | None = None
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What has to be read: by how many each proposal, who may not read it, who knows the field.

    Members are counted from 0 in the order of the panel. `most` is the highest number of proposals
    that a member reads, those it has already (`held`, none where empty) among them. `barred` and
    `expert` hold (proposal, member) pairs that must not be, and that fit.
    """

    members: tuple[str, ...]
    proposals: tuple[str, ...]
    each: int
    most: int
    held: tuple[int, ...] = ()
    barred: tuple[tuple[int, int], ...] = ()
    expert: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An assignment, how many of its readings fit the reader's field, and the most that could.

    `spread` is by how many proposals the loads of two members differ at most.
    """

    readings: tuple[Reading, ...]
    fitting: int
    bound: int
    spread: int
    method: Name


def loads_of(load: Load, readings: Iterable[Reading]) -> tuple[int, ...]:
    """How many proposals each member then reads."""
    counted = Counter(member for reading in readings for member in reading.members)
    held = load.held or (0,) * len(load.members)
    return tuple(counted[member] + had for member, had in enumerate(held))


def spread_of(load: Load, readings: Iterable[Reading]) -> int:
    """By how many proposals the loads of two members differ at most."""
    loads = loads_of(load, readings)
    return max(loads) - min(loads)


def swapped(readings: Sequence[Reading], swaps: Iterable[Swap]) -> tuple[Reading, ...]:
    """The readings after the changes by hand, in the order in which they were made."""
    members = {reading.proposal: list(reading.members) for reading in readings}
    for swap in swaps:
        row = members.setdefault(swap.proposal, [])
        if swap.off in row:
            row.remove(swap.off)
        if swap.on is not None:
            row.append(swap.on)
    return tuple(Reading(proposal=p, members=tuple(sorted(row))) for p, row in members.items())


def may_swap(rule: str, readings: Sequence[Reading], swaps: Sequence[Swap]) -> Iterable[
    Reason | None
]:
    """Changes by hand name a proposal of the plan, take off who reads it, and change something."""
    members = {reading.proposal: set(reading.members) for reading in readings}
    sound = True
    for swap in swaps:
        row = members.get(swap.proposal)
        sound = sound and row is not None and swap.off != swap.on
        if row is not None:
            sound = sound and (swap.off is None or swap.off in row)
            sound = sound and (swap.on is None or swap.on not in row)
            row -= {swap.off}
            row |= {swap.on} - {None}
    yield holds(
        f"{rule}.swaps",
        sound,
        "A change names a proposal of the plan, takes off somebody who reads it, and puts on "
        "somebody who does not.",
        field="/swaps",
    )


def keeps_to(rule: str, load: Load, readings: Sequence[Reading]) -> Iterable[Reason | None]:
    """Every way in which readings break what they have to keep to."""
    numbers = {proposal: index for index, proposal in enumerate(load.proposals)}
    named = [reading.proposal for reading in readings]
    yield holds(
        f"{rule}.proposals",
        sorted(named) == sorted(numbers),
        "A plan names each proposal that waits for reviewers once, and no other.",
        field="/readings",
    )
    size = len(load.members)
    yield holds(
        f"{rule}.members",
        all(
            len(set(r.members)) == len(r.members) and all(0 <= m < size for m in r.members)
            for r in readings
        ),
        "The readers of a proposal are different members of the panel, by their numbers.",
        field="/readings",
    )
    short = [r.proposal for r in readings if len(r.members) < load.each]
    yield holds(
        f"{rule}.minimum",
        not short,
        "These proposals have fewer than {least} reviewers: {proposals}.",
        field="/readings",
        least=load.each,
        proposals=", ".join(short[:5]),
    )
    barred = set(load.barred)
    torn = [
        r.proposal for r in readings if any((numbers.get(r.proposal), m) in barred for m in r.members)
    ]
    yield holds(
        f"{rule}.conflict",
        not torn,
        "A reviewer of these proposals has a conflict of interest: {proposals}.",
        field="/readings",
        proposals=", ".join(torn[:5]),
    )
    yield holds(
        f"{rule}.load",
        max(loads_of(load, readings), default=0) <= load.most,
        "A member of this panel reads {most} proposals at most.",
        field="/readings",
        most=load.most,
    )


def can_be_read(rule: str, load: Load) -> Iterable[Reason | None]:
    """Whether each proposal has enough members without a conflict, and all of them enough time."""
    barred = Counter(proposal for proposal, _ in set(load.barred))
    size = len(load.members)
    able = size * load.most - sum(load.held)
    short = [p for i, p in enumerate(load.proposals) if size - barred[i] < load.each]
    yield holds(
        f"{rule}.free",
        not short,
        "Fewer than {least} members of the panel are free of conflict for: {proposals}.",
        least=load.each,
        proposals=", ".join(short[:5]),
    )
    yield holds(
        f"{rule}.time",
        len(load.proposals) * load.each <= able,
        "The panel has time for {able} readings at most, and {needed} are needed.",
        able=able,
        needed=len(load.proposals) * load.each,
    )


def fitting(load: Load, readings: Iterable[Reading]) -> int:
    """How many readings are by somebody who knows the field."""
    numbers = {proposal: index for index, proposal in enumerate(load.proposals)}
    expert: Collection[tuple[int, int]] = set(load.expert)
    return sum((numbers[r.proposal], member) in expert for r in readings for member in r.members)


def working(load: Load, plan: Plan) -> bytes:
    """The working paper: what had to be read, the plan and its bound, as one line of JSON."""
    return msgspec.json.encode({"load": load, "plan": plan}, order="sorted")


def working_sha(load: Load, plan: Plan) -> str:
    """The SHA-256 of the working paper."""
    return hashlib.sha256(working(load, plan)).hexdigest()

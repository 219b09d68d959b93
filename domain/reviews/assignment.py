"""Assignment: which members of a panel read which proposals."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
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

    `former` or `instead` is none where a reader is only added or only taken off.
    """

    proposal: Id
    former: int | None = None
    instead: int | None = None
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
        if swap.former in row:
            row.remove(swap.former)
        if swap.instead is not None:
            row.append(swap.instead)
    return tuple(Reading(proposal=p, members=tuple(sorted(row))) for p, row in members.items())


def may_swap(
    rule: str, readings: Sequence[Reading], swaps: Sequence[Swap]
) -> Iterable[Reason | None]:
    """Changes by hand name a proposal of the plan, take off who reads it, and change something."""
    members = {reading.proposal: set(reading.members) for reading in readings}
    sound = True
    for swap in swaps:
        row = members.get(swap.proposal)
        sound = sound and row is not None and swap.former != swap.instead
        if row is not None:
            sound = sound and (swap.former is None or swap.former in row)
            sound = sound and (swap.instead is None or swap.instead not in row)
            row -= {each for each in (swap.former,) if each is not None}
            row |= {each for each in (swap.instead,) if each is not None}
    yield holds(
        f"{rule}.swaps",
        sound,
        "A change names a proposal of the plan, takes off somebody who reads it, and puts on "
        "somebody who does not.",
        field="/swaps",
    )


def keeps_to(rule: str, load: Load, readings: Sequence[Reading]) -> Iterable[Reason | None]:
    """Every way in which readings break what they have to keep to."""
    yield from is_about(rule, load, readings)
    short = [r.proposal for r in readings if len(r.members) < load.each]
    yield holds(
        f"{rule}.minimum",
        not short,
        "These proposals have fewer than {least} reviewers: {proposals}.",
        field="/readings",
        least=load.each,
        proposals=", ".join(short[:5]),
    )
    torn = tuple(torn_by(load, readings))
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


def is_about(rule: str, load: Load, readings: Sequence[Reading]) -> Iterable[Reason | None]:
    """Readings name each proposal that waits once, and members of the panel."""
    yield holds(
        f"{rule}.proposals",
        sorted(reading.proposal for reading in readings) == sorted(load.proposals),
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


def torn_by(load: Load, readings: Iterable[Reading]) -> Iterator[str]:
    """The proposals that somebody would read who has a conflict of interest."""
    numbers = {proposal: index for index, proposal in enumerate(load.proposals)}
    barred = set(load.barred)
    for reading in readings:
        number = numbers.get(reading.proposal, -1)
        if any((number, member) in barred for member in reading.members):
            yield reading.proposal


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

"""Lifecycles drawn from their tables: stages in columns, the way onward from left to right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from api.words import Language, Words
from domain.lifecycle import Lifecycle

WIDTH, HEIGHT, GAP, DROP, MARGIN = 90, 42, 20, 16, 8
ARC = 30
"""Room above the boxes for the ways back."""

ASIDE = 8
"""How far from the middle of a box its side ways meet it."""

FROM_EVERYWHERE = 3
"""Steps from more stages than this are not drawn; they would hide the rest."""


@dataclass(frozen=True, slots=True)
class Box:
    """A stage where it stands."""

    stage: str
    lines: tuple[str, ...]
    x: int
    y: int
    is_final: bool

    @property
    def centre(self) -> int:
        """The middle of the box from left to right."""
        return self.x + WIDTH // 2

    @property
    def middle(self) -> int:
        """The middle of the box from top to bottom."""
        return self.y + HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """A lifecycle as boxes and ways between them."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    ways: tuple[str, ...]
    box: tuple[int, int] = (WIDTH, HEIGHT)


Edge = tuple[str, str]


def edges(lifecycle: Lifecycle) -> list[Edge]:
    """The ways between different stages that are drawn."""
    found = [
        (str(source), str(step.target))
        for step in lifecycle.steps
        if isinstance(step.target, StrEnum) and len(step.sources) <= FROM_EVERYWHERE
        for source in step.sources
        if source != step.target
    ]
    return list(dict.fromkeys(found))


def columns(order: list[str], onward: list[Edge], drawn: set[str]) -> dict[str, int]:
    """The column of every stage: behind all the stages that lead to it."""
    column = dict.fromkeys(order, 0)
    for stage in order:
        before = [column[source] + 1 for source, target in onward if target == stage]
        column[stage] = max(before, default=0)
    last = max(column.values())
    return {stage: column[stage] if stage in drawn else last for stage in order}


def lengths(order: list[str], onward: list[Edge]) -> dict[str, int]:
    """How many steps may follow each stage."""
    length = dict.fromkeys(order, 0)
    for stage in reversed(order):
        after = [length[target] + 1 for source, target in onward if source == stage]
        length[stage] = max(after, default=0)
    return length


@cache
def draw(lifecycle: Lifecycle, language: Language) -> Drawing:
    """The drawing of a lifecycle, with its words in a language."""
    words = Words(language)
    order = [str(stage) for stage in lifecycle.stages]
    place = {stage: at for at, stage in enumerate(order)}
    ways = edges(lifecycle)
    onward = [(a, b) for a, b in ways if place[a] < place[b]]
    drawn = {stage for way in ways for stage in way}
    column, length = columns(order, onward, drawn), lengths(order, onward)
    row = rows(sorted(order, key=lambda s: (s not in drawn, -length[s], place[s])), column, ways)
    arcs = any(row[a] == row[b] == 0 and column[b] != column[a] + 1 for a, b in ways)
    top = MARGIN + (ARC if arcs else 0)
    boxes = {
        stage: Box(
            stage,
            tuple(wrapped(words.word("stage", stage, lifecycle.noun), language)),
            MARGIN + column[stage] * (WIDTH + GAP),
            top + row[stage] * (HEIGHT + DROP),
            stage in lifecycle.final,
        )
        for stage in order
    }
    return Drawing(
        max(box.x for box in boxes.values()) + WIDTH + MARGIN,
        max(box.y for box in boxes.values()) + HEIGHT + MARGIN,
        tuple(boxes.values()),
        tuple(way(boxes[a], boxes[b]) for a, b in ways),
    )


def rows(stages: list[str], column: dict[str, int], ways: list[Edge]) -> dict[str, int]:
    """The row of every stage: the first in which its ways meet no other box.

    The stages come in the order of their importance; the first of a column stands on the main
    line.
    """
    taken: set[tuple[int, int]] = set()
    row: dict[str, int] = {}
    for stage in stages:
        here = column[stage]
        others = [column[a] + 1 for a, b in ways if b == stage and column[a] < here]
        others += [column[b] + 1 for a, b in ways if a == stage and column[b] < here]
        at = 0
        if (0, here) in taken:
            span = range(min(others, default=here), here + 1)
            at = next(n for n in range(1, 99) if not any((n, c) in taken for c in span))
            taken.update((at, c) for c in span)
        taken.add((at, here))
        row[stage] = at
    return row


def way(a: Box, b: Box) -> str:
    """The path of an arrow from one box to another, along the gaps between the columns."""
    right, left = a.x + WIDTH, b.x
    if a.y == b.y and b.x == right + GAP:
        return f"M{right} {a.middle} H{left}"
    if a.y == b.y:
        over = a.y - ARC
        return f"M{a.centre} {a.y} C{a.centre} {over} {b.centre} {over} {b.centre} {b.y}"
    if a.x < b.x and a.y < b.y:
        return f"M{right} {a.middle} H{right + GAP // 2 - 3} V{b.middle - ASIDE} H{left}"
    if a.x < b.x:
        return f"M{right} {a.middle} H{left - GAP // 2 - 3} V{b.middle + ASIDE} H{left}"
    end = b.x + WIDTH
    return f"M{a.x} {a.middle + ASIDE} H{end + GAP // 2 + 3} V{b.middle + ASIDE} H{end}"


def wrapped(label: str, language: Language) -> Iterable[str]:
    """A label in at most two lines."""
    most = 6 if language == "zh" else 12
    if len(label) <= most:
        return (label,)
    if language == "zh":
        half = (len(label) + 1) // 2
        return (label[:half], label[half:])
    space = label.rfind(" ", 0, most + 1)
    return (label[:space], label[space + 1 :]) if space > 0 else (label,)

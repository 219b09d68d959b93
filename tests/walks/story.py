"""One story of a long walk: a start is taken up, many turns are made, and all is verified."""

from __future__ import annotations

import os
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from application.desk import Unavailable
from application.questions import Moment
from domain.errors import Refusal
from infrastructure.replay import replay
from infrastructure.verify import verify
from tests.application.live import FIRED
from tests.application.starts import Start
from tests.application.test_machine import STARTS
from tests.application.walk import Walk
from tests.domain.test_lifecycles import RESTING

KEPT: dict[str, Start] = {}
"""The starts that this process has played."""


@dataclass(frozen=True)
class Story:
    """Where it starts, its seed, how many turns it has, and where its files may lie."""

    start: str
    seed: int
    turns: int
    folder: Path


@dataclass
class Told:
    """What stories came to: turns, events by name, and every fault with how to see it again."""

    stories: int = 0
    turns: int = 0
    taken: int = 0
    refused: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def __iadd__(self, other: Told) -> Told:
        self.stories += other.stories
        self.turns += other.turns
        self.taken += other.taken
        self.refused += other.refused
        self.fired.update(other.fired)
        self.broken += other.broken
        return self


def start_of(story: Story) -> Start:
    """The start of a story, played once in each process."""
    if story.start not in KEPT:
        file = story.folder / f"{story.start}-{os.getpid()}.db"
        KEPT[story.start] = Start.put_aside(file, STARTS[story.start])
    return KEPT[story.start]


def tell(story: Story) -> Told:
    """Tells a story; a fault of any kind ends it, and is told with the story's seed."""
    start, told = start_of(story), Told(stories=1)
    FIRED.clear()
    with tempfile.TemporaryDirectory(dir=story.folder) as scratch:
        walk = Walk(start.taken_up(Path(scratch) / "walk.db"))
        try:
            turned(walk, Random(story.seed), story.turns, told)
            ended(walk, told)
        except (AssertionError, Refusal, Unavailable):
            last = traceback.format_exc().splitlines()[-6:]
            told.broken.append("\n".join((f"start {story.start}, seed {story.seed}:", *last)))
        finally:
            walk.district.close()
    told.fired.update(FIRED)
    return told


def turned(walk: Walk, random: Random, turns: int, told: Told) -> None:
    """Makes the turns of a story; after each of them every invariant is asked."""
    for _ in range(turns):
        said = walk.turn(Random(random.getrandbits(32)))
        told.turns += 1
        told.refused += "– refused:" in said
        told.taken += "– refused:" not in said and not said.startswith("clock")


def ended(walk: Walk, told: Told) -> None:
    """The end of a story: nothing is stuck, replay is what lives, and verify finds no fault."""
    system = walk.district.system
    replayed = replay(system.store)
    assert {stream: replayed.things[stream] for stream in system.desk.cache.kept} == dict(
        system.desk.cache.kept
    )
    assert replayed.balances() == system.questions.balances(Moment())
    verdict = verify(system.store)
    assert verdict.faults == (), verdict.faults
    for thing in walk.replayed.things.values():
        ways = {to for (stage, _), to in thing.lifecycle.table.items() if stage == thing.stage}
        assert thing.is_final or ways - {thing.stage} or (thing.noun, thing.stage) in RESTING

"""A round judged again from its events alone: scores, ranking and draw, beside what was recorded.

Every record is compared as it comes, with the state that the records before it give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.kernel import Aggregate, Record
from domain.proposals.events import Scored
from domain.proposals.proposal import Proposal
from domain.proposals.ranking import fixed_ranking
from domain.reviews.lifecycle import Stage
from domain.reviews.panel import Drawn, drawn_in_order
from domain.reviews.review import Review, sheet_of
from domain.rounds.events import RankingFixed, ScoresImported
from domain.rounds.round import Round
from domain.rounds.rules import Ranked
from domain.scoring import elsewhere
from domain.scoring.fixing import Adjusted
from domain.scoring.methods import raw_method, raw_milli
from domain.scoring.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that was recorded otherwise than the events give it."""

    position: int
    of: str
    recorded: object
    found: object


@dataclass
class Judging:
    """Follows a replay of `things`, and judges one round again."""

    round: str
    things: Mapping[str, Aggregate]
    differences: list[Difference] = field(default_factory=list)
    compared: int = 0
    streams: dict[str, None] = field(default_factory=dict)

    def before(self, position: int, record: Record[Any]) -> None:
        """Judges what the record is about to state, and remembers what belongs to the round."""
        event = record.event
        concerned = getattr(event, "round", None) == self.round
        if concerned and record.originator_version == 1:
            self.streams[record.originator_id] = None
        if isinstance(event, Scored) and record.originator_id in self.streams:
            self.judge_score(position, record.originator_id, event)
        elif isinstance(event, Drawn) and concerned:
            found = drawn_in_order(event)[: len(event.members)]
            self.compare(position, "draw", event.members, found)
        elif record.originator_id == f"{Round.noun}:{self.round}":
            self.judge_round(position, event)

    def judge_score(self, position: int, stream: str, event: Scored) -> None:
        """The score of a proposal and its place among those that were scored before (S11)."""
        reviews = [r for r in self.reviews() if r.stage == Stage.LOCKED]
        totals = [
            review.total_milli
            for review in reviews
            if f"{Proposal.noun}:{review.proposal}" == stream and review.total_milli is not None
        ]
        rules = self.recorded.asks
        score = raw_milli(totals, rules.aggregation) if totals else 0
        better = sum(
            other.score_milli is not None and other.score_milli > score and other.stream != stream
            for other in self.proposals()
        )
        stated = (event.method, event.score_milli, event.rank)
        self.compare(position, stream, stated, (raw_method(rules.aggregation), score, better + 1))

    def judge_round(self, position: int, event: object) -> None:
        """The ranking as it is fixed (R8), or the scores that ratings of a file stand for (I8)."""
        if isinstance(event, RankingFixed):
            self.compare(position, "ranking", (event.ranking, event.adjusted), self.ranking())
        if isinstance(event, ScoresImported):
            scale, marks = event.scale, event.marks
            found = tuple(scale.milli(m.rating) if m.rating else None for m in marks)
            stated = tuple(mark.score_milli for mark in marks)
            self.compare(position, event.reviewer, stated, found)

    def compare(self, position: int, of: str, recorded: object, found: object) -> None:
        """Notes where the two differ."""
        self.compared += 1
        if recorded != found:
            self.differences.append(Difference(position, of, recorded, found))

    def ranking(self) -> tuple[tuple[Ranked, ...], Adjusted | None]:
        """The ranking by the rules of the round, of what is known by now."""
        sheet = sheet_of(self.reviews())
        return fixed_ranking(self.proposals(), self.recorded.asks, sheet)

    @property
    def recorded(self) -> Round:
        """The round as its own events have it so far."""
        found = self.things.get(f"{Round.noun}:{self.round}")
        return found if isinstance(found, Round) else Round(id=self.round)

    def reviews(self) -> Iterator[Review]:
        """The reviews of the round."""
        found = (self.things.get(stream) for stream in self.streams)
        return (thing for thing in found if isinstance(thing, Review))

    def proposals(self) -> Iterator[Proposal]:
        """The proposals of the round."""
        found = (self.things.get(stream) for stream in self.streams)
        return (thing for thing in found if isinstance(thing, Proposal))

    def sheet(self) -> Sheet:
        """Every score that counts: those locked here, or those of the panel held elsewhere."""
        round = self.recorded
        return elsewhere.sheet_of(round.sheets) if round.sheets else sheet_of(self.reviews())

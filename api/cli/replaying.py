"""The command that rebuilds accounts and stages in memory, from the events alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
import typer

from api.cli.books import asked, print_accounts
from api.cli.opening import Reading, reading
from api.cli.options import AsOfOption, DatabaseOption, FundOption, JsonOption, KnownAtOption
from api.cli.printing import print_json, print_table, progress
from api.cli.saying import say, words
from application.kinds import NOUNS
from application.questions import Moment
from domain import ledger
from domain.funds.fund import Fund
from domain.kernel import Aggregate
from domain.proposals.proposal import Proposal
from domain.reviews.panel import Panel
from domain.rounds.round import Round
from infrastructure.replay import Replayed, records

PAGE = 1_000
"""How many records pass between two reports."""


def replay(
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    fund: FundOption = None,
    grant: Annotated[
        str | None, typer.Option("--grant", metavar="ID", help=say("help.grant"))
    ] = None,
    round: Annotated[
        str | None, typer.Option("--round", metavar="ID", help=say("help.round"))
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    named = {"fund": fund, "grant": grant, "round": round}
    only = {noun: id for noun, id in named.items() if id is not None}
    with reading(database) as opened:
        question = asked(opened, as_of, known_at)
        replayed = replay_of(opened, question.moment, only)
    names = {thing.id: thing.name for thing in replayed.things.values() if isinstance(thing, Fund)}
    judged = judgement(replayed, round) if round is not None else {}
    replayed.narrow()
    rows, stages = replayed.balances(), replayed.stages()
    if as_json:
        print_json({**question.document(rows), "stages": stages, **judged})
        return
    print_accounts(rows, names)
    print_stages(stages)
    if judged:
        shown = [(s["title"], s["score_milli"], s["rank"]) for s in judged["scores"]]
        print_table(("proposal", "score", "rank"), shown, numbers=2)


@dataclass
class Restricted(Replayed):
    """A replay that counts only the money and the things of a fund, a round or a grant."""

    only: Mapping[str, str] = field(default_factory=dict)

    def add(self, posting: ledger.Posting) -> None:
        """Adds a posting to the balances if it is one of those asked for."""
        if all(getattr(posting, noun) == id for noun, id in self.only.items()):
            super().add(posting)

    def narrow(self) -> None:
        """Forgets the things that were not asked for."""
        self.things = {name: thing for name, thing in self.things.items() if self.concerns(thing)}

    def concerns(self, thing: Aggregate) -> bool:
        """Whether the thing is what was asked for, or belongs to it."""
        return all(
            (thing.noun == noun and thing.id == id) or getattr(thing, noun, None) == id
            for noun, id in self.only.items()
        )


def replay_of(opened: Reading, moment: Moment, only: Mapping[str, str]) -> Restricted:
    """The state that the events give at the moment."""
    replayed = Restricted(only=only)
    with progress("progress.replay") as step:
        for position, record in records(opened.store, before=moment.before, upto=moment.upto):
            replayed.take(position, record)
            if position % PAGE == 0:
                step(position, moment.upto)
    return replayed


def judgement(replayed: Replayed, round: str) -> dict[str, Any]:
    """Scores, ranking and draw of a round; the draw is run again from its seed."""
    things = replayed.things.values()
    panels = [thing for thing in things if isinstance(thing, Panel) and thing.round == round]
    scored = [
        {
            "proposal": thing.id,
            "title": thing.title or thing.says.title,
            "stage": thing.stage,
            "score_milli": thing.score_milli,
            "rank": thing.rank,
        }
        for thing in things
        if isinstance(thing, Proposal) and thing.round == round and thing.score_milli is not None
    ]
    found = replayed.things.get(f"{Round.noun}:{round}")
    ranking = found.ranking if isinstance(found, Round) else ()
    return {
        "scores": sorted(scored, key=lambda row: (row["rank"] or PAGE, str(row["proposal"]))),
        "ranking": msgspec.to_builtins(ranking),
        "draw": [
            {
                "panel": panel.id,
                "seed": panel.seed,
                "order": panel.draw_order,
                "members": panel.members,
            }
            for panel in panels
        ],
    }


def print_stages(stages: Mapping[str, Mapping[str, int]]) -> None:
    """Prints how many things of each noun stand in each stage."""
    say_word = words().word
    rows = [
        (say_word("noun", NOUNS[nouns]), say_word("stage", stage, NOUNS[nouns]), count)
        for nouns, counts in stages.items()
        for stage, count in counts.items()
    ]
    print_table(("noun", "stage", "count"), rows, numbers=1)

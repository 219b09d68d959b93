"""The command that rebuilds accounts and stages in memory, from the events alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer

from api.cli.books import asked, print_accounts
from api.cli.failing import NO, Failure
from api.cli.judged import judgement, print_judgement
from api.cli.opening import Reading, reading
from api.cli.options import AsOfOption, DatabaseOption, FundOption, JsonOption, KnownAtOption
from api.cli.printing import print_json, print_table, progress
from api.cli.saying import say, words
from application.judging import Judging
from application.kinds import NOUNS
from application.questions import Moment
from application.scores import round_id
from domain import ledger
from domain.funds.fund import Fund
from domain.kernel import Aggregate, Record
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
    named = {"fund": fund, "grant": grant, "round": round and round_id(round)}
    only = {noun: id for noun, id in named.items() if id is not None}
    with reading(database) as opened:
        question = asked(opened, as_of, known_at)
        replayed = replay_of(opened, question.moment, only)
    names = {thing.id: thing.name for thing in replayed.things.values() if isinstance(thing, Fund)}
    judged = judged_of(replayed)
    replayed.narrow()
    rows, stages = replayed.balances(), replayed.stages()
    if as_json:
        print_json({**question.document(rows), "stages": stages, **judged})
    else:
        print_accounts(rows, names)
        print_stages(stages)
        print_judgement(judged)
    if not judged.get("equal", True):
        raise typer.Exit(NO)


def judged_of(replayed: Restricted) -> dict[str, Any]:
    """What is judged of the round that was asked for, if one was."""
    judging = replayed.judging
    if judging is None:
        return {}
    if f"{Round.noun}:{judging.round}" not in replayed.things:
        raise Failure("thing.unknown", code=NO, id=judging.round)
    return judgement(judging)


@dataclass
class Restricted(Replayed):
    """A replay that counts only the money and the things of a fund, a round or a grant."""

    only: Mapping[str, str] = field(default_factory=dict)
    judging: Judging | None = None

    def take(self, position: int, record: Record[Any]) -> None:
        """Takes the next record in; what it states of the round asked for is judged before."""
        if self.judging is not None:
            self.judging.before(position, record)
        super().take(position, record)

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
    if "round" in only:
        replayed.judging = Judging(only["round"], replayed.things)
    with progress("progress.replay") as step:
        for position, record in records(opened.store, before=moment.before, upto=moment.upto):
            replayed.take(position, record)
            if position % PAGE == 0:
                step(position, moment.upto)
    return replayed


def print_stages(stages: Mapping[str, Mapping[str, int]]) -> None:
    """Prints how many things of each noun stand in each stage."""
    say_word = words().word
    rows = [
        (say_word("noun", NOUNS[nouns]), say_word("stage", stage, NOUNS[nouns]), count)
        for nouns, counts in stages.items()
        for stage, count in counts.items()
    ]
    print_table(("noun", "stage", "count"), rows, numbers=1)

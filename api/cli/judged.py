"""What `replay` tells of a round: scores by every method, agreement, ranking and draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import typer

from api.cli.printing import print_table
from api.cli.saying import say, words
from application.judging import Judging
from domain.proposals.proposal import Proposal
from domain.reviews.panel import Panel
from domain.scoring.agreement import Measure, agreement
from domain.scoring.elsewhere import ranks_of
from domain.scoring.methods import METHODS, scored
from domain.scoring.sheet import Sheet

LAST = 1_000_000
"""Behind every rank that there is."""


def judgement(judging: Judging) -> dict[str, Any]:
    """Everything that is judged of a round, for programs."""
    sheet, round = judging.sheet(), judging.recorded
    proposals = {proposal.id: proposal for proposal in judging.proposals()}
    adjusted = round.adjusted
    if adjusted is None and round.rules is not None and not round.ranking:
        adjusted = judging.ranking()[1]
    return {
        "scores": recorded_scores(proposals),
        "ranking": msgspec.to_builtins(round.ranking),
        "adjusted": msgspec.to_builtins(adjusted),
        "method": round.asks.aggregation if round.rules else "",
        "tie_break": [*dict.fromkeys((*round.asks.tie_break, "number"))] if round.rules else [],
        "imported": bool(round.sheets),
        "methods": by_method(sheet, proposals),
        "agreement": msgspec.to_builtins(agreement(sheet)),
        "own_ranks": ranks_of(round.sheets),
        "draw": draws(judging),
        "compared": judging.compared,
        "equal": not judging.differences,
        "differences": msgspec.to_builtins(judging.differences),
    }


def recorded_scores(proposals: dict[str, Proposal]) -> list[dict[str, Any]]:
    """The scores that were recorded of each proposal, the best first."""
    rows = [
        {
            "proposal": thing.id,
            "title": thing.title or thing.says.title,
            "stage": thing.stage,
            "score_milli": thing.score_milli,
            "rank": thing.rank,
        }
        for thing in proposals.values()
        if thing.score_milli is not None
    ]
    return sorted(rows, key=lambda row: (row["rank"] or LAST, str(row["proposal"])))


def by_method(sheet: Sheet, proposals: dict[str, Proposal]) -> dict[str, Any]:
    """Scores, parts and reviewers' effects by each method, from the scores as they were given."""
    return {
        method: {
            "scores": [
                {
                    "proposal": id,
                    "title": proposals[id].title or proposals[id].says.title
                    if id in proposals
                    else id,
                    "score_milli": found.scores.get(id),
                    "rank": place(id, found.scores, part),
                    "part": number,
                }
                for number, part in enumerate((*found.parts, found.left_out), start=1)
                for id in sorted(part, key=lambda one: (-found.scores.get(one, 0), one))
            ],
            "parts": len(found.parts),
            "effects": [
                {"reviewer": reviewer, "effect_milli": effect}
                for reviewer, effect in sorted(found.effects.items())
            ],
        }
        for method in METHODS
        for found in (scored(sheet, method),)
    }


def place(id: str, scores: Mapping[str, int], part: tuple[str, ...]) -> int | None:
    """The place within a part, equal scores sharing it; None where there is no score."""
    if id not in scores:
        return None
    return 1 + sum(scores[other] > scores[id] for other in part)


def draws(judging: Judging) -> list[dict[str, Any]]:
    """The draw of each panel of the round, run again from its seed."""
    return [
        {
            "panel": panel.id,
            "seed": panel.seed,
            "order": panel.draw_order,
            "members": panel.members,
        }
        for stream in judging.streams
        if isinstance(panel := judging.things.get(stream), Panel)
    ]


def print_judgement(found: dict[str, Any]) -> None:
    """Prints what was judged, for people; nothing where no round was asked for."""
    if not found:
        return
    shown = [(row["title"], row["score_milli"], row["rank"]) for row in found["scores"]]
    if shown:
        print_table(("proposal", "score", "rank"), shown, numbers=2)
    print_methods(found["methods"])
    print_effects(found["methods"])
    for name, measure in found["agreement"].items():
        typer.echo(agreed(name, Measure(**measure)))
    if found["ranking"]:
        titles = {row["proposal"]: row["title"] for row in found["scores"]}
        ranking = [
            (titles.get(row["proposal"], row["proposal"]), row["score_milli"], row["rank"])
            for row in found["ranking"]
        ]
        how = [words().word("choice", name) for name in found["tie_break"]]
        method = words().word("choice", found["method"])
        typer.echo(say("replay.ranking", method=method, ties=" > ".join(how)))
        print_table(("proposal", "score", "rank"), ranking, numbers=2)
    for draw in found["draw"]:
        order = ", ".join(draw["order"])
        typer.echo(say("replay.draw", seed=draw["seed"], order=order, of=len(draw["members"])))
    for one in found["differences"]:
        typer.echo(say("replay.difference", **one), err=True)
    key = "replay.equal" if found["equal"] else "replay.unequal"
    typer.echo(say(key, count=found["compared"], differences=len(found["differences"])))


def print_methods(methods: dict[str, Any]) -> None:
    """Prints the score of each proposal by every method side by side."""
    rows: dict[str, dict[str, Any]] = {}
    for method, made in methods.items():
        for one in made["scores"]:
            row = rows.setdefault(one["proposal"], {"title": one["title"]})
            row[method] = "–" if one["score_milli"] is None else one["score_milli"]
            row["part"] = one["part"]
    if not rows:
        return
    shown = [
        (row["title"], *(row[method] for method in METHODS), row["part"]) for row in rows.values()
    ]
    print_table(("proposal", *METHODS, "part"), shown, numbers=len(METHODS) + 1)


def print_effects(methods: dict[str, Any]) -> None:
    """Prints by how much each reviewer is above the others."""
    effects: dict[str, dict[str, int]] = {}
    for method, made in methods.items():
        for one in made["effects"]:
            effects.setdefault(one["reviewer"], {})[method] = one["effect_milli"]
    if not effects:
        return
    shown = [(who, of.get("z_score", "–"), of.get("additive", "–")) for who, of in effects.items()]
    typer.echo(say("replay.effects"))
    print_table(("reviewer", "z_score", "additive"), shown, numbers=2)


def agreed(name: str, measure: Measure) -> str:
    """One measure of agreement, or why there is none."""
    value = say(f"agreement.{measure.reason}") if measure.milli is None else decimal(measure.milli)
    return say(
        f"agreement.{name}",
        value=value,
        reviewers=measure.reviewers,
        proposals=measure.proposals,
    )


def decimal(milli: int) -> str:
    """Thousandths as a decimal."""
    sign = "-" if milli < 0 else ""
    return f"{sign}{abs(milli) // 1_000}.{abs(milli) % 1_000:03}"

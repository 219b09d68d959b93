"""The page of a ranking: scores as they were given and adjusted, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.v1 import asking
from api.web.controls import points
from api.web.names import Names
from api.web.visit import Visit, Visiting
from domain.errors import NotFound, Reason, Word

router = APIRouter(include_in_schema=False)

EXPLAINED = {
    "mean": "The score is the mean of what the reviewers gave.",
    "trimmed_mean": "The score is the mean without one highest and one lowest.",
    "median": "The score is the one in the middle of what the reviewers gave.",
    "z_score": "Each score is measured by how its reviewer usually scores, and how widely.",
    "additive": "What a reviewer usually gives above or below the others is taken away.",
}
"""Each method in a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal in the ranking; `moved` is by how many places the adjustment has lifted it."""

    proposal: str
    rank: int
    score: str
    raw: str = ""
    raw_rank: int = 0
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Proposals that are ranked together; `is_compared` says whether the method could."""

    lines: tuple[Line, ...]
    is_compared: bool = True


@router.get("/rounds/{id}/scores")
def scores(visit: Visiting, id: str) -> Response:
    """The ranking of a round with what it was made of, for those who see the whole of it."""
    found = asking.find(visit.house, "rounds", id, visit.principal)
    if not found.full:
        noun = Word("noun", "round")
        raise NotFound(Reason("found", "There is no {noun} “{id}”.", {"noun": noun, "id": id}))
    names = Names(visit)
    names.know("rounds", found.values)
    ranking = found.facts.get("ranking") or []
    for item in ranking:
        names.want("proposals", item["proposal"])
    names.load()
    adjusted = found.facts.get("adjusted") or {}
    rules = found.facts.get("rules") or {}
    method = str(adjusted.get("method") or rules.get("aggregation") or "")
    order = dict.fromkeys((*rules.get("tie_break", ()), "number"))
    context: dict[str, Any] = {
        "id": id,
        "names": names,
        "method": method,
        "explained": visit.words.text(EXPLAINED[method]) if method in EXPLAINED else "",
        "ties": [visit.words.word("choice", name) for name in order] if ranking else [],
        "parts": parts_of(ranking, adjusted),
        "is_adjusted": bool(adjusted),
        "effects": effects_of(visit, adjusted),
    }
    return visit.render("scores.html", **context)


def parts_of(ranking: list[dict[str, Any]], adjusted: dict[str, Any]) -> list[Part]:
    """The ranking, apart where the adjusted scores do not compare everything."""
    if not adjusted:
        plain = (Line(i["proposal"], i["rank"], points(i["score_milli"])) for i in ranking)
        return [Part(tuple(plain))] if ranking else []
    found: list[Part] = []
    start = 0
    for size in (*adjusted["parts"], len(ranking)):
        chosen = slice(start, start + size)
        lines = lines_of(ranking[chosen], adjusted["raw_milli"][chosen])
        found.append(Part(lines, is_compared=len(found) < len(adjusted["parts"])))
        start += size
    return [part for part in found if part.lines]


def lines_of(ranking: list[dict[str, Any]], raw: list[int]) -> tuple[Line, ...]:
    """The lines of a part, each with its place by the scores as they were given."""
    return tuple(
        Line(
            proposal=item["proposal"],
            rank=item["rank"],
            score=points(item["score_milli"]),
            raw=points(given),
            raw_rank=1 + sum(other > given for other in raw),
            moved=1 + sum(other > given for other in raw) - item["rank"],
        )
        for item, given in zip(ranking, raw, strict=True)
    )


def effects_of(visit: Visit, adjusted: dict[str, Any]) -> list[tuple[str, str]]:
    """The reviewers by name, each with what they give above the others."""
    return [
        (visit.people.get(one["reviewer"], one["reviewer"]), signed(one["effect_milli"]))
        for one in sorted(adjusted.get("effects") or (), key=lambda one: -one["effect_milli"])
    ]


def signed(milli: int) -> str:
    """Points with their sign."""
    return f"+{points(milli)}" if milli > 0 else points(milli)

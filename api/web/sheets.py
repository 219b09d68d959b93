"""The score sheet on a page: the rubric with its anchors, what was typed, and the total so far."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.web.controls import points
from api.web.forms import Control, Form
from api.web.typed import Typed
from api.web.visit import Visit
from application.drafts import Draft
from application.principals import Principal
from domain.kernel import Aggregate
from domain.reviews.review import Review, total_milli
from domain.rounds.round import Round
from domain.rounds.rules import Anchor, Bonus, Criterion

VERB = "submit-score"
"""The form that is a score sheet."""

SCORES = "scores"
WHOLE = re.compile(r"[0-9]{1,3}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A criterion with its anchors from the most points down, and what is typed for it."""

    criterion: Criterion
    anchors: Sequence[Anchor]
    code: Control
    points: Control
    comment: Control


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A score sheet with the form that it is; `rest` are the controls below the rubric."""

    form: Form
    address: str
    version: int
    saved: str
    lines: Sequence[Line]
    bonuses: Sequence[Bonus]
    rest: Sequence[Control]
    errors: Sequence[str]
    total: str


def drafted(visit: Visit, by: Principal, thing: Aggregate | None, verb: str) -> Typed:
    """What the reviewer has typed before and not handed in."""
    if not isinstance(thing, Review) or verb != VERB or thing.member != by.person:
        return {}
    draft = visit.house.drafts.read(by.person, thing.id)
    return {name: [text] for name, text in draft.typed.items()} if draft else {}


def sheet(visit: Visit, review: str, round: str, forms: Sequence[Form]) -> Sheet | None:
    """The score sheet of a page, where its form is offered."""
    form = next((form for form in forms if form.verb == VERB), None)
    if form is None or visit.principal is None:
        return None
    draft = visit.house.drafts.read(visit.principal.person, review)
    rules = rules_of(visit, round)
    scores = next(control for control in form.controls if control.name == SCORES)
    rows = {part_of(row, "criterion").text: row for row in scores.rows}
    lines = [line_of(each, rows[each.code]) for each in rules.asks.rubric if each.code in rows]
    typed = {line.criterion.code: line.points.text for line in lines}
    aside = (SCORES,) if rules.asks.bonuses else (SCORES, "bonuses")
    return Sheet(
        form=form,
        address=f"/reviews/{review}/draft",
        version=draft.version if draft else 0,
        saved=saved(visit, draft) if draft else "",
        lines=lines,
        bonuses=rules.asks.bonuses,
        rest=[control for control in form.controls if control.name not in aside],
        errors=scores.errors,
        total=total_so_far(typed, rules.asks.rubric),
    )


def line_of(criterion: Criterion, row: Control) -> Line:
    """A criterion with the row of the form in which it gets its points."""
    return Line(
        criterion=criterion,
        anchors=sorted(criterion.anchors, key=lambda anchor: -anchor.points),
        code=part_of(row, "criterion"),
        points=part_of(row, "points"),
        comment=part_of(row, "comment"),
    )


def part_of(row: Control, name: str) -> Control:
    """A control of a row."""
    return next(part for part in row.parts if part.name.endswith(f".{name}"))


def rules_of(visit: Visit, round: str) -> Round:
    """The round whose rubric the sheet has."""
    with visit.house.shelf() as shelf:
        found = shelf.fetch([f"round:{round}"])[f"round:{round}"]
    assert isinstance(found, Round)
    return found


def saved(visit: Visit, draft: Draft) -> str:
    """When the draft was kept."""
    moment = visit.local(draft.saved_at)
    return visit.words.text("Draft saved: {moment}.", moment=moment)


def total_so_far(typed: Mapping[str, str], rubric: Sequence[Criterion]) -> str:
    """The weighted total of the criteria that have their points by now, as people write points."""
    given = {
        each.code: int(typed[each.code])
        for each in rubric
        if WHOLE.fullmatch(typed.get(each.code, "").strip())
        and int(typed[each.code]) <= each.max_points
    }
    return points(total_milli(given, tuple(each for each in rubric if each.code in given)))


def typed_points(typed: Typed) -> dict[str, str]:
    """The points that stand in a form, by the codes of their criteria."""
    found: dict[str, str] = {}
    for name, texts in typed.items():
        row, _, part = name.rpartition(".")
        if part == "criterion" and row.startswith(f"{SCORES}."):
            found[texts[0]] = typed.get(f"{row}.points", [""])[0]
    return found

"""Rows of read models as tables for people: names first, then words, days, and money."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from api.v1.masks import mask_of
from api.v1.shown import money
from api.web.facts import NOTHING, TECHNICAL, Reader, Shown
from api.web.visit import Visit
from application.kinds import NOUNS
from application.questions import Column, Found

IN_TITLE = {
    "approvals": {"verb", "thing", "thing_noun"},
    "amendments": {"grant"},
    "tranches": {"grant", "no"},
    "orders": {"purpose"},
    "custody-accounts": {"organisation"},
    "clawbacks": {"grant"},
    "costs": {"description"},
    "reviews": {"proposal", "member"},
    "objections": {"proposal"},
    "panels": {"round"},
    "pools": {"name"},
    "grants": {"proposal"},
    "proposals": {"title"},
    "contributions": {"contributor"},
    "rounds": {"title"},
    "funds": {"name"},
    "organisations": {"name"},
    "findings": {"statement"},
    "overrides": {"rule"},
    "policies": {"name", "edition"},
    "delegations": {"role", "to_person"},
    "roles": {"role", "person"},
    "places": {"name"},
}
"""Columns that the name of a row already says."""

BESIDE = {
    "proposals": {"fund", "match_minor", "rank"},
    "grants": {"fund", "sign_due"},
    "tranches": {"fund", "round"},
    "orders": {"kind", "fund"},
    "clawbacks": {"fund", "round"},
    "organisations": {"organisation", "founder", "answer_by", "due"},
    "costs": {"fund"},
}
"""Columns that a list leaves out because others of it say as much."""

QUIET = TECHNICAL | {"place", "import_id", "seed", "drafter", "award_no", "awarded_on", "midterm"}
"""Columns that lists leave to the page of the thing."""

BRIEF = ("no", "condition", "line", "due", "value_date", "closes", "score_milli")
"""Columns beside the money that a list on the page of another thing keeps."""

ALWAYS = frozenset({"source"})
"""Columns of that name that are words in lists."""

RANK = {"text": 1, "number": 2, "day": 3, "moment": 3, "money": 4}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its thing, its stage, its cells."""

    id: str
    stage: str
    stage_word: str
    cells: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of rows of one read model; the head says whether a column is of numbers."""

    view: str
    head: Sequence[tuple[str, bool]]
    rows: Sequence[Row]


def wanted(visit: Visit, view: str, leave_out: Iterable[str], is_brief: bool) -> list[Column]:
    """The columns of a list in the order in which people read them."""
    hidden = QUIET | IN_TITLE.get(view, set()) | BESIDE.get(view, set()) | set(leave_out)
    kept = [
        column
        for column in visit.house.questions.columns(view)
        if column.name not in hidden - (ALWAYS if view == "contributions" else frozenset())
        and (not is_brief or column.kind == "money" or column.name in BRIEF)
    ]
    order = {"no": 0}
    return sorted(kept, key=lambda c: order.get(c.name, RANK.get(c.kind, 1)))


def table(
    visit: Visit,
    reader: Reader,
    view: str,
    rows: Sequence[Found],
    *,
    leave_out: Iterable[str] = (),
    is_brief: bool = False,
) -> Table:
    """The rows of a list; columns that say nothing in all of them are left out."""
    columns = wanted(visit, view, leave_out, is_brief)
    for row in rows:
        reader.names.know(view, row.values)
    cells = [[cell(visit, reader, view, row, column) for column in columns] for row in rows]
    said = [at for at in range(len(columns)) if any(line[at] for line in cells)]
    noun = NOUNS.get(view, view[:-1])
    return Table(
        view,
        [(head_of(visit, columns[at]), columns[at].kind in ("money", "number")) for at in said],
        [
            Row(
                row.values["id"],
                row.values["stage"],
                visit.words.word("stage", row.values["stage"], noun),
                [line[at] or NOTHING for at in said],
            )
            for row, line in zip(rows, cells, strict=True)
        ],
    )


def head_of(visit: Visit, column: Column) -> str:
    """The head of a column."""
    return visit.label("field", column.name)


def listed(text: str) -> Any:
    """The list that a column keeps as JSON; what somebody typed stays as it is."""
    try:
        found = json.loads(text) if text.startswith('["') else text
    except ValueError:
        return text
    return found


def cell(visit: Visit, reader: Reader, view: str, row: Found, column: Column) -> Shown | None:
    """A value of a row; nothing where it is empty or hidden from the visitor."""
    value: Any = row.values[column.name]
    mask = mask_of(view, row, visit.principal)
    if mask is not None and column.name in mask.fields:
        return None
    if value == 0:
        return None
    if column.kind == "money" and value is not None:
        value = money(int(value), row.values["currency"])
    elif isinstance(value, str):
        value = listed(value)
    return reader.shown(column.name, value, NOUNS.get(view, view[:-1]))

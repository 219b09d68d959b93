"""Reads the score sheet of a panel held elsewhere (.csv, .xlsx), or every fault with its row.

A file with a fault is refused whole. Whatever it calls the reviewers, they are numbered in the
order of what they are called; nothing of a name is handed on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from application.scores import PastPanel, PastReviewer
from domain.scoring.elsewhere import NUMBER, Mark, Scale
from infrastructure.imports.organisations import noted, sheet_of_file
from infrastructure.imports.organisations.columns import columns_of
from infrastructure.imports.threesixty.faults import (
    Fault,
    RowFaults,
    Unfit,
    UnreadableFile,
    quoted,
    unreadable,
)
from infrastructure.imports.threesixty.sheets import Cell, Sheet
from infrastructure.imports.threesixty.values import is_clean, one_line

__all__ = ["ScoreFile", "read_scores"]

LOWER_IS_BETTER = "rating_1best"
"""A heading which says that 1 is the best rating."""

HEADINGS: dict[str, tuple[str, ...]] = {
    "reviewer": ("评委", "reviewer"),
    "proposal": ("申报", "项目", "proposal"),
    "rating": ("评分", "得分", "rating", "score", LOWER_IS_BETTER),
    "rank": ("名次", "排名", "rank"),
}
REQUIRED = ("reviewer", "proposal", "rating")
RANK = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
LONGEST = 100
MOST_REVIEWERS = 1_000


class ScoreFile:
    """What a file states, its hash, and its faults; without a panel where there are any."""

    def __init__(self) -> None:
        self.panel: PastPanel | None = None
        self.faults: list[Fault] = []
        self.sha256 = ""


def read_scores(
    path: Path, round: str, scale: Scale, on_progress: Callable[[int, int], None]
) -> ScoreFile:
    """Reads every row; what is wrong comes back as faults, never raised."""
    found = ScoreFile()
    try:
        sheet, found.sha256 = sheet_of_file(path)
        columns = columns_of(sheet, HEADINGS, REQUIRED)
        if any(heading.lower() == LOWER_IS_BETTER for _, heading in columns.values()):
            scale = Scale(scale.low, scale.high, lower_is_better=True)
        by_label = _by_label(sheet, columns, scale, found)
        if not found.faults and not by_label:
            raise unreadable("scores_empty")
        if len(by_label) > MOST_REVIEWERS:
            raise unreadable("scores_reviewers", most=MOST_REVIEWERS)
    except UnreadableFile as refused:
        found.faults.extend(refused.faults)
    if not found.faults:
        found.panel = PastPanel(round=round, scale=scale, reviewers=_numbered(by_label))
    on_progress(1, 1)
    return found


def _by_label(
    sheet: Sheet, columns: dict[int, tuple[str, str]], scale: Scale, found: ScoreFile
) -> dict[str, list[Mark]]:
    """The marks of each reviewer, by what the file calls them."""
    by_label: dict[str, list[Mark]] = {}
    first: dict[tuple[str, str], int] = {}
    unfit_rows = {row for row, _ in sheet.unfit}
    for number, cells in sheet.rows:
        if all(cell == "" for cell in cells) and number not in unfit_rows:
            continue
        faults = noted(sheet, columns, number, cells)
        stated = {field: cells[at] for at, (field, _) in columns.items() if at < len(cells)}
        said = {field: _line(field, cell, faults) for field, cell in stated.items()}
        reviewer, mark = _mark(number, said, scale, faults)
        earlier = first.setdefault((reviewer, mark.proposal), number)
        if earlier != number:
            faults.add("proposal", "scores_repeated", first=earlier)
        found.faults.extend(faults.found.values())
        by_label.setdefault(reviewer, []).append(mark)
    return by_label


def _mark(
    number: int, said: Mapping[str, str], scale: Scale, faults: RowFaults
) -> tuple[str, Mark]:
    """What a row says, and whose it is; faults are noted."""
    reviewer, proposal = said.get("reviewer", ""), said.get("proposal", "")
    rating, rank = said.get("rating", ""), said.get("rank", "")
    faults.case = proposal
    for field in ("reviewer", "proposal"):
        if not said.get(field):
            faults.add(field, "missing")
    if rank and not RANK.fullmatch(rank):
        faults.add("rank", "scores_rank", value=quoted(rank))
    if rating and not NUMBER.fullmatch(rating):
        faults.add("rating", "scores_number", value=quoted(rating))
    elif rating and not scale.holds(rating):
        faults.add("rating", "scores_scale", value=quoted(rating), low=scale.low, high=scale.high)
    elif not rating and not rank:
        faults.add("rating", "missing")
    ranked = int(rank) if RANK.fullmatch(rank) else None
    return reviewer, Mark(proposal, number, _plain(rating), ranked)


def _plain(rating: str) -> str:
    """The number without noughts that say nothing, as a workbook would give it."""
    return f"{Decimal(rating).normalize():f}" if NUMBER.fullmatch(rating) else rating


def _line(field: str, cell: Cell, faults: RowFaults) -> str:
    """A cell as one clean line."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = one_line(str(cell))
    try:
        if not is_clean(text):
            raise Unfit("text_unclean", value=quoted(text))
        if len(text) > LONGEST:
            raise Unfit("text_too_long", size=len(text), limit=LONGEST)
    except Unfit as unfit:
        faults.add(field, unfit.rule, **unfit.details)
        return ""
    return text


def _numbered(by_label: Mapping[str, list[Mark]]) -> tuple[PastReviewer, ...]:
    """The reviewers as R1, R2 and so on, in the order of what the file calls them."""
    width = len(str(len(by_label)))
    return tuple(
        PastReviewer(
            reviewer=f"R{number:0{width}}",
            marks=tuple(sorted(by_label[label], key=lambda mark: mark.row)),
        )
        for number, label in enumerate(sorted(by_label, key=_natural), start=1)
    )


def _natural(label: str) -> tuple[tuple[bool, int, str], ...]:
    """Orders by the numbers inside as numbers, so that 9 comes before 10."""
    parts = re.split(r"([0-9]+)", label, flags=re.ASCII)
    return tuple(
        (not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts if part
    )

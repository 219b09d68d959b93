"""Scores of panels held elsewhere: whether a file says anything new, and how it is recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Annotated

from annotated_types import MaxLen, MinLen

from application.docket import Docket
from application.history import Line, Sha256, id_of
from application.ports import Shelf
from domain import imports
from domain.envelope import Evidence
from domain.errors import check, refuse
from domain.imports import Import
from domain.kernel import Mandate
from domain.policies import holds
from domain.proposals.proposal import Proposal
from domain.rounds import past
from domain.rounds.round import Round
from domain.scoring.elsewhere import Mark, Pseudonym, Scale, said

AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)

AT_ONCE = 250
"""How many marks one event has at most, so that a record stays small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastReviewer:
    """A reviewer of a panel held elsewhere, by a pseudonym, and every mark of theirs."""

    reviewer: Pseudonym
    marks: Annotated[tuple[Mark, ...], MinLen(1), MaxLen(10_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPanel:
    """The score sheet of a panel held elsewhere.

    `round` is the id of a recorded round of history, or a name of the panel's own; such a round
    is recorded with its sheet.
    """

    round: Line
    scale: Scale
    reviewers: Annotated[tuple[PastReviewer, ...], MinLen(1), MaxLen(1_000)]

    @property
    def count(self) -> int:
        """How many rows the file has."""
        return sum(len(one.marks) for one in self.reviewers)


def round_id(named: str) -> str:
    """The id of the round that is named, by its id or as a panel held elsewhere."""
    return named if AN_ID.fullmatch(named) else id_of("panel", named)


def known_round(named: str, shelf: Shelf) -> Round | None:
    """The round that is named; None for a panel that is not recorded yet."""
    ids = [round_id(named), *shelf.ids(Round.noun, {"no": named})]
    found = shelf.fetch([f"{Round.noun}:{id}" for id in ids])
    rounds = [thing for thing in found.values() if isinstance(thing, Round)]
    if not rounds and AN_ID.fullmatch(named):
        raise refuse("I8.round", "There is no round with the id {id}.", id=named)
    return rounds[0] if rounds else None


def unrecorded_panel(panel: PastPanel, shelf: Shelf) -> tuple[Round | None, PastPanel | None]:
    """The round as it is recorded, and what of the panel is not: all of it, or nothing.

    A proposal is told by its id where the round has it. Refused where the round is no history, or
    has other scores.
    """
    round = known_round(panel.round, shelf)
    if round is None:
        return None, panel
    round.after("import-scores")
    proposals = frozenset(shelf.ids(Proposal.noun, {"round": round.id}))
    told = replace(panel, reviewers=tuple(named(panel.reviewers, proposals)))
    if not round.sheets:
        return round, told
    check(
        holds(
            "I8.changed",
            said(round.sheets) == stated(told),
            "The round has scores already, and the file says something else.",
        )
    )
    return round, None


def named(reviewers: Sequence[PastReviewer], known: frozenset[str]) -> Iterator[PastReviewer]:
    """The reviewers, with every recorded proposal by its id."""
    for one in reviewers:
        marks = tuple(replace(m, proposal=known_as(m.proposal, known)) for m in one.marks)
        yield replace(one, marks=marks)


def known_as(label: str, known: frozenset[str]) -> str:
    """The id of the recorded proposal that a file's identifier means, else the identifier."""
    id = id_of("proposal", label)
    return id if id in known else label


def stated(panel: PastPanel) -> frozenset[tuple[object, ...]]:
    """What the panel says, as recorded sheets say it."""
    return frozenset(
        (one.reviewer, panel.scale, mark.proposal, mark.rating, mark.rank)
        for one in panel.reviewers
        for mark in one.marks
    )


def take_over(
    panel: PastPanel, docket: Docket, by: Mandate, *, file_sha: Sha256, mapping: str
) -> Import:
    """Records the import of a score sheet, the round where it is new, and every mark (I8)."""
    check_once(panel)
    known, new = unrecorded_panel(panel, docket.shelf)
    if new is None:
        raise refuse("I0.new", "Everything that the file states is recorded already.")
    id = docket.new_id()
    evidence = Evidence(document=f"{Import.noun}:{id}", sha256=file_sha, type="scores")
    by = replace(by, evidence=(*by.evidence, evidence))
    imported = docket.add(
        imports.record(id, file_sha=file_sha, mapping=mapping, accepted=new.count, by=by)
    )
    round = docket.load(Round, known.id) if known else None
    if round is None:
        panel_round = past.import_panel(round_id(new.round), import_id=id, title=new.round, by=by)
        round = docket.add(panel_round)
    write(round, new, id, by)
    return imported


def write(round: Round, panel: PastPanel, import_id: str, by: Mandate) -> None:
    """Records every mark of a panel, so many at once."""
    for one in panel.reviewers:
        for start in range(0, len(one.marks), AT_ONCE):
            past.import_scores(
                round,
                import_id=import_id,
                reviewer=one.reviewer,
                scale=panel.scale,
                marks=one.marks[start : start + AT_ONCE],
                by=by,
            )


def check_once(panel: PastPanel) -> None:
    """Nobody stands twice, and nobody marks a proposal twice."""
    marks = sorted((one.reviewer, mark.proposal) for one in panel.reviewers for mark in one.marks)
    again = [pair for pair, same in groupby(marks) if len(list(same)) > 1]
    check(
        holds(
            "I8.once",
            not again,
            "The file has more than one row of reviewer {reviewer} and proposal “{proposal}”.",
            reviewer=again[0][0] if again else "",
            proposal=again[0][1] if again else "",
        )
    )

"""What files state of rounds that were held elsewhere: programmes of past grants, and panels."""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.policies import holds
from domain.rounds import events as e
from domain.rounds.lifecycle import lifecycle
from domain.rounds.round import Round
from domain.scoring.elsewhere import Mark, Marked, Scale


def import_panel(id: str, *, import_id: str, title: str, by: Mandate) -> Round:
    """A round of which a file states the scores alone; it has neither fund nor rules (I7)."""
    imported = Round(id=id)
    event = e.Imported(
        stage=lifecycle.start("import"),
        import_id=import_id,
        title=title,
        identifier=title,
        fund="",
        currency="",
    )
    imported.record(event, by)
    return imported


def are_sound(scale: Scale, marks: tuple[Mark, ...]) -> Iterable[Reason | None]:
    """The scale is one, and every mark says something that lies on it."""
    yield holds(
        "I8.scale", scale.is_sound, "A scale runs from a number to a higher one.", field="/panel"
    )
    outside = [m.row for m in marks if m.rating and scale.is_sound and not scale.holds(m.rating)]
    yield holds(
        "I8.rating",
        not outside,
        "These rows have a rating that is no number between {low} and {high}: {rows}.",
        low=scale.low,
        high=scale.high,
        rows=", ".join(map(str, outside)),
    )
    empty = [mark.row for mark in marks if not mark.rating and mark.rank is None]
    yield holds(
        "I8.says",
        not empty,
        "These rows have neither a rating nor a rank: {rows}.",
        rows=", ".join(map(str, empty)),
    )


def import_scores(
    round: Round,
    *,
    import_id: str,
    reviewer: str,
    scale: Scale,
    marks: tuple[Mark, ...],
    by: Mandate,
) -> None:
    """What one reviewer of a panel held elsewhere gave, as a file states it (I8)."""
    stage = round.after("import-scores")
    check(*are_sound(scale, marks))
    event = e.ScoresImported(
        stage=stage,
        import_id=import_id,
        reviewer=reviewer,
        scale=scale,
        marks=tuple(marked(mark, scale) for mark in marks),
    )
    round.record(event, by)


def marked(mark: Mark, scale: Scale) -> Marked:
    """The mark with its score."""
    score = scale.milli(mark.rating) if mark.rating else None
    return Marked(mark.proposal, mark.row, mark.rating, mark.rank, score)

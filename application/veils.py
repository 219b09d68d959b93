"""What is drawn over a thing that somebody may otherwise see: scores, and names of applicants.

Whether a veil lies over a row for whoever asks is decided by the read models, row by row; here
stands what it hides.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

PUBLISHED = ("on_notice", "concluded", "executing", "closed", "historical")
"""The stages of a round whose scores and ranks are known to the applicants (from R9 on)."""

FIXED = ("deliberated", *PUBLISHED)
"""The stages of a round whose ranking is fixed, so that names sway nobody any more (from R8 on)."""

ENGAGED = ("accepted", "scoring", "submitted", "locked")
"""The stages of a review in which its reviewer has declared to have no interest in the matter."""


class Veil(StrEnum):
    """What a veil hides: what others say of a proposal, or whose it is."""

    SCORES = "scores"
    NAMES = "names"


class Cover(NamedTuple):
    """The fields of a thing that a veil hides, and the events whose fields it hides.

    Where it is `bare`, of every event only its name, its time and its stage are left.
    """

    fields: tuple[str, ...]
    events: tuple[str, ...]
    bare: bool = False


COVERS: dict[tuple[str, Veil], Cover] = {
    ("reviews", Veil.SCORES): Cover(
        (
            *("total_milli", "scores", "comment"),
            *("bonuses", "feedback", "old_scores"),
        ),
        ("review.score_submitted",),
    ),
    ("proposals", Veil.SCORES): Cover(
        (
            *("score_milli", "rank", "method", "adjusted", "spread_milli"),
            *("waits_at", "amount_minor", "conditions"),
        ),
        ("proposal.scored", "proposal.award_proposed", "proposal.waitlisted"),
    ),
    ("rounds", Veil.SCORES): Cover(
        (
            *("ranking", "waitlist", "adjusted"),
            *("given", "waiting", "value", "bound", "solved_by", "working_sha256"),
        ),
        ("round.ranking_fixed", "round.allocated"),
    ),
    ("proposals", Veil.NAMES): Cover(
        (
            *("organisation", "place", "partners", "consents", "drafter", "checker"),
            *("hearing", "basis", "feedback", "award_no", "appeal"),
            *("source", "fingerprint", "import_id", "row", "outcome", "objection", "content_sha"),
        ),
        (),
        bare=True,
    ),
}
"""What each veil hides of the things of a read model.

A score is its reviewer's until it is locked, the panel's until the notice, and nobody's who has
still to score in the same round. A name is withheld from reviewers where the round is blind on
both sides.
"""

VEILED_EVENTS = frozenset(name for cover in COVERS.values() for name in cover.events)
"""Events of which the feed of the chronicle asks whether a veil lies over them."""


def covers_of(view: str, veils: Iterable[str]) -> tuple[Cover, ...]:
    """What the veils that lie over a thing hide of it."""
    return tuple(COVERS[view, Veil(veil)] for veil in veils if (view, Veil(veil)) in COVERS)


def veiled_fields(view: str, veils: Iterable[str]) -> frozenset[str]:
    """The fields that the veils over a thing hide."""
    return frozenset(name for cover in covers_of(view, veils) for name in cover.fields)

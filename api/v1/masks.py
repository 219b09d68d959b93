"""What is hidden of a thing that somebody may otherwise see, until its time has come."""

from __future__ import annotations

from typing import NamedTuple

from application.principals import Principal
from application.questions import Found
from application.visibility import EVERYTHING, OFFICERS


class Mask(NamedTuple):
    """In which stages which fields and which events of a read model's things are hidden."""

    stages: tuple[str, ...]
    fields: tuple[str, ...]
    events: tuple[str, ...]


MASKS = {
    "reviews": Mask(
        ("drawn", "invited", "accepted", "scoring", "submitted"),
        ("total_milli", "scores", "comment"),
        ("review.score_submitted",),
    ),
    "proposals": Mask(
        ("scored", "proposed"),
        ("score_milli", "rank", "method", "amount_minor", "conditions"),
        ("proposal.scored", "proposal.award_proposed"),
    ),
    "documents": Mask(("redacted",), ("owner", "sha256"), ()),
}
"""A review is its reviewer's until it is locked; a score is the panel's until the notice.

Of a document that has a public copy, the public does not learn who stored it."""

NO_FILTERS = ("total_milli", "score_milli", "rank")
"""Columns that a list is not narrowed by, since that would tell what is hidden in them."""


def mask_of(view: str, found: Found, principal: Principal | None) -> Mask | None:
    """What is hidden of this thing from this person; None where nothing is."""
    mask = MASKS.get(view)
    if mask is None or found.values["stage"] not in mask.stages:
        return None
    if principal is None:
        return mask
    if view == "reviews":
        return None if principal.person == found.values["member"] else mask
    return mask if principal.roles.isdisjoint((*OFFICERS, *EVERYTHING)) else None

"""Drafts of score sheets: what a reviewer has typed and not handed in, kept beside the chronicle.

A draft is its reviewer's alone, whatever office anybody holds; it ends with the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from domain.errors import Invalid, NotFound, Reason, Refusal, Stale, refuse
from domain.reviews.lifecycle import Stage

OPEN = (Stage.ACCEPTED, Stage.SCORING)
"""The stages of a review in which its sheet may be filled in; with them a draft ends."""

MOST_FIELDS = 400
LONGEST_NAME = 200

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, by the names of the controls; how often it was kept, and when last."""

    version: int
    saved_at: datetime
    typed: Typed


class Drafts(Protocol):
    """Where drafts are kept."""

    def read(self, person: str, review: str) -> Draft | None:
        """What the person has typed for the review."""

    def keep(self, person: str, review: str, typed: Typed, expected: int | None) -> Draft:
        """Keeps it in the place of what was kept before; Stale where that is another version.

        Where no version is expected, the last to write wins.
        """

    def drop(self, person: str, review: str) -> None:
        """Forgets it."""


def check_own(review: Mapping[str, Any], person: str) -> None:
    """Refuses everybody but the reviewer, for whom alone there is a draft."""
    if review["member"] != person:
        raise no_draft()


def check_open(review: Mapping[str, Any]) -> None:
    """Refuses where the sheet is not open, or not any more."""
    if review["stage"] not in OPEN:
        raise refuse(
            "draft.open", "A draft is kept from the declaration until the score is handed in."
        )


def no_draft() -> NotFound:
    """There is nothing that could be shown."""
    return NotFound(Reason("draft.none", "There is no draft of this score sheet for you."))


def overtaken(version: int) -> Refusal:
    """The draft was kept from another page meanwhile."""
    return Stale(
        Reason(
            "draft.version",
            "This draft was saved from another window meanwhile (version {version}). "
            "Nothing was overwritten; save again to keep what stands here.",
            {"version": version},
        ),
        version=version,
    )


def typed_of(value: Any) -> dict[str, str]:
    """What a caller has typed: names of controls, each with its text."""
    is_sound = (
        isinstance(value, dict)
        and len(value) <= MOST_FIELDS
        and all(isinstance(text, str) for text in value.values())
        and all(0 < len(name) <= LONGEST_NAME for name in value)
    )
    if not is_sound:
        raise Invalid(
            Reason("draft.fields", "A draft holds names of fields, each with a text.", {}, "/")
        )
    return dict(value)

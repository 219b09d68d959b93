"""What is hidden of a thing that somebody may otherwise see, until its time has come."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from application.principals import Principal
from application.questions import Found
from application.veils import covers_of
from application.visibility import EVERYTHING, INFORMED, OFFICERS
from domain.findings.lifecycle import Stage
from domain.values import covers


class Mask(NamedTuple):
    """In which stages which fields and which events of a read model's things are hidden.

    Of the events among `sources` it is also hidden who told them, and on what grounds.
    Where `is_nameless`, nothing in those events says who acted. Where it is `bare`, that holds
    of every event there is.
    """

    stages: tuple[str, ...]
    fields: tuple[str, ...]
    events: tuple[str, ...]
    sources: tuple[str, ...] = ()
    is_nameless: bool = False
    is_bare: bool = False

    def hides(self, event: str) -> bool:
        """Whether the fields of the event are hidden."""
        return self.is_bare or event in self.events


MASKS = {
    "findings": Mask(tuple(map(str, Stage)), ("tip",), ("finding.tipped",), ("finding.tipped",)),
    "documents": Mask(("redacted",), ("owner", "sha256"), ()),
}
"""Of a document that has a public copy, the public does not learn who stored it.

What an informant wrote, and who it was, is for oversight officers alone, for good.
"""

NEVER_TOLD = frozenset(name for mask in MASKS.values() for name in mask.sources)
"""Events that the feed of the chronicle withholds: it has readers beside oversight officers."""

OBJECTORS = Mask((), ("objector",), ("objection.filed",), is_nameless=True)
PAPERS = Mask((), ("owner",), ("document.stored",), is_nameless=True)
"""Who objects under protection is its handler's to know, and that of oversight and audit; so is
who has handed in a paper to an objection."""

PROTECTED = ("objections", "documents")
PROTECTORS = frozenset({"oversight_officer", "auditor"})

NO_FILTERS = ("total_milli", "score_milli", "rank", "objector", "owner")
"""Columns that a list is not narrowed by, since that would tell what is hidden in them."""


def mask_of(view: str, found: Found, principal: Principal | None) -> Mask | None:
    """What is hidden of this thing from this person; None where nothing is."""
    protected = protection(view, found, principal) if view in PROTECTED else None
    if protected is not None:
        return protected
    if found.veils:
        return veil_of(view, found)
    mask = MASKS.get(view)
    if mask is None or found.values["stage"] not in mask.stages:
        return None
    if principal is None:
        return mask
    if view == "findings":
        return None if is_informed(principal, found.values["place"]) else mask
    return mask if principal.roles.isdisjoint((*OFFICERS, *EVERYTHING)) else None


def veil_of(view: str, found: Found) -> Mask:
    """What the veils over a thing hide of it, together."""
    covers = covers_of(view, found.veils)
    return Mask(
        (),
        tuple(name for cover in covers for name in cover.fields),
        tuple(name for cover in covers for name in cover.events),
        is_bare=any(cover.bare for cover in covers),
    )


def is_informed(principal: Principal, place: str) -> bool:
    """Whether somebody is an oversight officer there."""
    return any(held.role == INFORMED and covers(held.place, place) for held in principal.held)


def protection(view: str, found: Found, principal: Principal | None) -> Mask | None:
    """What hides the person behind an objection; None for those who may know, or where all may."""
    roles = principal.roles if principal is not None else frozenset()
    if roles & PROTECTORS:
        return None
    if view == "documents":
        person = found.values["owner"]
        is_open = not str(found.values["subject"]).startswith("objection:")
        knows = is_open or (principal is not None and principal.person == person)
        return None if knows else PAPERS
    knowing = (found.values["objector"], found.values["handler"])
    knows = principal is not None and principal.person in knowing
    return None if knows or not found.facts.get("is_protected") else OBJECTORS


def for_the_feed(line: bytes, principal: Principal) -> bytes:
    """A record as the feed gives it: who objects under protection stays hidden from most."""
    if principal.roles & PROTECTORS or b'"objection' not in line:
        return line
    record = msgspec.json.decode(line, type=dict[str, Any])
    event = record["event"]
    is_paper = event["type"] == "document.stored" and event["subject"].startswith("objection:")
    if not is_paper and not (event["type"] == "objection.filed" and event.get("is_protected")):
        return line
    record |= {"actor": NOBODY, "on_behalf_of": None, "command_id": ""}
    record["event"] = {name: value for name, value in event.items() if name not in PERSONS}
    return msgspec.json.encode(record)


PERSONS = ("objector", "owner")
"""Fields of events that name the person behind an objection."""

NOBODY = {"id": "", "role": "", "place": {}}
"""Stands for whoever is not named."""

"""Refused commands about money: which are kept, what is kept of them, and who may read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.desk import KeyReused
from application.kinds import KINDS
from application.principals import Principal
from domain.approvals import Approval
from domain.errors import Invalid, NotFound, NotPermitted, Reason, Refusal, Stale, Word
from domain.overrides import Override

MONEY = (
    "fund",
    "round",
    "proposal",
    "grant",
    "amendment",
    "tranche",
    "order",
    "custody_account",
    "clawback",
)
"""The nouns of which some row posts to the ledger; whatever is asked of them is about money.

The whole noun is meant: a payment that is checked and sent passes rows that post nothing, and
whoever tries one of these in the place of somebody else is what an auditor looks for.
"""

NOUNS = (*MONEY, Override.noun)
"""The nouns whose refused commands are kept; of approvals, those of such commands."""

FILTERS = ("person", "noun", "verb", "target")
"""By what a list of refusals may be narrowed."""

WATCHERS = ("auditor", "oversight_officer")
"""Who reads refusals: auditors all of them, oversight officers those of their place."""

SORTS: dict[type[Refusal], str] = {
    NotPermitted: "permission",
    NotFound: "absence",
    Stale: "version",
    KeyReused: "key",
    Invalid: "fields",
    Refusal: "rule",
}
"""For every class of refusal the word under which it is kept."""

MORE = "more"
"""The word for what came after a person's limit, of which only the noun and the number are kept."""

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
"""An id that this system has given; anything else in its place is a text, and is not kept."""

RULE = re.compile(r"[A-Za-z0-9_.-]{1,60}", re.ASCII)
RULES = 20
"""So many rules are kept of one refusal at most."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What is kept of refused commands that are alike: ids and words of the system, no text.

    `hour` is that of UTC, such as 2026-11-23T05; `roles` and `rules` are parted by commas.
    """

    hour: str
    person: str
    roles: str
    noun: str
    target: str
    verb: str
    sort: str
    rules: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of the refusals: what was tried, for which place, when first and last, how often."""

    no: int
    tried: Tried
    place: str
    first_at: datetime
    last_at: datetime
    count: int


class Refusals(Protocol):
    """Where refused commands about money are kept, beside the chronicle."""

    def note(self, by: Principal, noun: str, verb: str, id: str, refused: Refusal) -> None:
        """Notes that somebody was refused; returns at once and raises nothing."""

    def settle(self) -> None:
        """Writes what was noted; what cannot be written is logged, and tried again later."""

    def page(
        self, places: tuple[str, ...], *, filters: Mapping[str, str], limit: int, after: int
    ) -> list[Kept]:
        """Refusals in these places, the newest first, behind the one of that number (0: all)."""


def is_kept(by: Principal, noun: str) -> bool:
    """Whether a refusal may have to be kept: one of a person, about money or an approval."""
    return "clock" not in by.roles and noun in (*NOUNS, Approval.noun)


def tried_by(
    by: Principal, noun: str, verb: str, id: str, refused: Refusal, now: datetime
) -> Tried:
    """What is kept of a refused command; nothing that its sender has written goes in."""
    rules = sorted({reason.rule for reason in refused.reasons if RULE.fullmatch(reason.rule)})
    return Tried(
        hour=hour_of(now),
        person=by.person,
        roles=",".join(sorted(by.roles)),
        noun=noun,
        target=id if ID.fullmatch(id) else "",
        verb=verb if verb in KINDS[noun].lifecycle.verbs else "",
        sort=next(SORTS[kind] for kind in type(refused).__mro__ if kind in SORTS),
        rules=",".join(rules[:RULES]),
    )


def hour_of(moment: datetime) -> str:
    """The hour of UTC that a moment lies in."""
    return moment.isoformat()[:13]


def seen_by(by: Principal) -> tuple[str, ...]:
    """The places whose refusals somebody reads; an empty one stands for all of them."""
    found = [held for held in by.held if held.role in WATCHERS]
    if any(held.role == "auditor" for held in found):
        return ("",)
    return tuple(held.place for held in found if held.place)


def is_watcher(by: Principal | None) -> bool:
    """Whether somebody reads refusals at all."""
    return by is not None and bool(seen_by(by))


def check_watcher(by: Principal) -> tuple[str, ...]:
    """The places whose refusals somebody reads; refused for whoever reads none."""
    if not is_watcher(by):
        roles = tuple(Word("role", role) for role in WATCHERS)
        raise NotPermitted(
            Reason("refusals.who", "Refused commands are read by: {roles}.", {"roles": roles})
        )
    return seen_by(by)

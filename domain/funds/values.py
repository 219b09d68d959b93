"""What a fund keeps of its money: contributions, parked receipts, what may be put right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.ledger import Posting
from domain.values import Minor, Name

SOURCES = ("appropriation", "pooled", "donation", "surplus_share")
"""Where a contribution may come from; only the first rests on authority recorded before it."""


class ContributionStage(StrEnum):
    PLEDGED = "pledged"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Contribution:
    """Money promised or received: from whom, how much, for which purposes.

    A pledge names its `letter`; the money for it may come in parts, by several bank lines. What
    came in at once names its bank line and has no letter.
    """

    contributor: str
    source: str
    amount_minor: int
    purposes: tuple[str, ...]
    bank_ref: str = ""
    letter: str = ""
    binding: bool = False
    received_minor: int = 0
    withdrawn_minor: int = 0

    @property
    def open_minor(self) -> int:
        """What was promised and has neither come in nor been withdrawn."""
        return self.amount_minor - self.received_minor - self.withdrawn_minor

    @property
    def stage(self) -> ContributionStage:
        """Pledged while something is open; then received, unless nothing ever came in."""
        if self.open_minor:
            return ContributionStage.PLEDGED
        if self.received_minor:
            return ContributionStage.RECEIVED
        return ContributionStage.WITHDRAWN


def changed(
    contributions: tuple[Contribution, ...], no: int, *, received: int = 0, withdrawn: int = 0
) -> tuple[Contribution, ...]:
    """The contributions once so much more came in of that number, or was withdrawn from it."""
    return tuple(
        replace(
            known,
            received_minor=known.received_minor + received,
            withdrawn_minor=known.withdrawn_minor + withdrawn,
        )
        if at == no
        else known
        for at, known in enumerate(contributions, start=1)
    )


@dataclass(frozen=True, slots=True)
class Parked:
    """Money that came in and is not yet known for what: who paid, and what is left of it."""

    payer: str
    amount_minor: int
    left_minor: int
    bank_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What of a transfer came from one contributor."""

    contributor: Name
    authority_minor: Minor = 0
    cash_minor: Minor = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """A share of an amount, by a rule; `moves` says whether authority, cash or both follow it."""

    rule_version: str
    basis_minor: int
    percent: int
    moves: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a record of the fund posted, where a correction may reverse it."""

    version: int
    effective_at: datetime
    event: Any
    postings: tuple[Posting, ...]
    is_reversed: bool = False


@dataclass(frozen=True, slots=True)
class YearEnd:
    """Income and expense were closed by the record of that version, of what came `before`.

    None where everything that was recorded by then was closed.
    """

    version: int
    before: datetime | None

    def covers(self, entry: Entry) -> bool:
        """Whether the entry was closed with the rest of its year."""
        is_earlier = self.before is None or entry.effective_at < self.before
        return entry.version < self.version and is_earlier


@dataclass(frozen=True, slots=True)
class Total:
    """The balance of one account of a fund; positive is a debit."""

    account: str
    balance_minor: int

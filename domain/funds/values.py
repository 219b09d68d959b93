"""What a fund keeps of its money: contributions and totals."""

from __future__ import annotations

from dataclasses import dataclass

SOURCES = ("appropriation", "pooled", "donation", "surplus_share")
"""Where a contribution may come from; only the first rests on authority recorded before it."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """Money received: from whom, how much, for which purposes, by which bank line."""

    contributor: str
    source: str
    amount_minor: int
    purposes: tuple[str, ...]
    bank_ref: str


@dataclass(frozen=True, slots=True)
class Total:
    """The balance of one account of a fund; positive is a debit."""

    account: str
    balance_minor: int

"""What a proposal says, and the rules that its content must meet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

from domain.errors import Reason
from domain.money import percent_of, written
from domain.policies import at_most, holds
from domain.rounds.round import Round
from domain.values import Count, Minor, Name, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """A line of the budget: what for, and how much in minor units."""

    line: Name
    amount_minor: Minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What is to be reached: a name, its unit (persons, person-times, sessions), how many."""

    name: Name
    unit: Name
    target: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The words and figures of a proposal; a later version replaces the whole."""

    title: Name
    summary: Text | None = None
    budget: tuple[BudgetLine, ...] = ()
    requested_minor: Minor = 0
    match_minor: Minor = 0
    indicators: tuple[Indicator, ...] = ()
    starts: date | None = None
    ends: date | None = None
    theme: Name | None = None

    @property
    def total_minor(self) -> int:
        """What the whole project costs."""
        return sum(line.amount_minor for line in self.budget)

    @property
    def sha256(self) -> str:
        """The hash of the content as it stands."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """Something to put right: which part of the content, and what is wrong with it."""

    part: Name
    text: Text


PARTS = (
    "title",
    "summary",
    "budget",
    "requested_minor",
    "match_minor",
    "indicators",
    "starts",
    "ends",
    "theme",
)


def acceptable(content: Content, round: Round) -> Iterable[Reason | None]:
    """What the rules of a round say of a content (S3; domain table 3.7)."""
    yield from is_whole(content)
    yield from adds_up(content, round.currency)
    yield from within_caps(content, round)
    yield from within_line_caps(content.budget, round)
    yield holds(
        "S3.theme",
        content.theme is None or content.theme in round.themes,
        "“{theme}” is no theme of this round.",
        field="/theme",
        theme=content.theme,
    )


def is_whole(content: Content) -> Iterable[Reason | None]:
    """The parts that no proposal may lack are there."""
    yield holds(
        "S3.complete",
        bool(content.summary and content.budget and content.indicators),
        "A proposal needs a summary, a budget and at least one indicator.",
    )
    yield holds(
        "S3.lines",
        len({line.line for line in content.budget}) == len(content.budget),
        "Each line of the budget may stand there once.",
    )
    yield holds(
        "S3.period",
        content.starts is not None and content.ends is not None and content.starts < content.ends,
        "The project needs a first day and a later last day.",
    )
    yield holds(
        "S3.requested", content.requested_minor > 0, "A proposal asks for an amount of money."
    )


def adds_up(content: Content, currency: str) -> Iterable[Reason | None]:
    """The budget is what is asked for and what the applicant brings."""
    total = content.total_minor
    yield holds(
        "S3.budget",
        total == content.requested_minor + content.match_minor,
        "The budget adds up to {total} {currency}, the requested amount and the match money to "
        "{asked} {currency}; the two must be equal.",
        total=written(total, currency),
        asked=written(content.requested_minor + content.match_minor, currency),
        currency=currency,
    )


def within_caps(content: Content, round: Round) -> Iterable[Reason | None]:
    """The request stays below the caps of the round, the match money above its least share."""
    rules, total, currency = round.asks, content.total_minor, round.currency
    yield at_most("S3.cap", content.requested_minor, rules.cap_minor, currency, of="cap")
    yield at_most(
        "S3.cap_percent",
        content.requested_minor,
        percent_of(total, rules.cap_percent),
        currency,
        of="cap_percent",
    )
    yield holds(
        "S3.match",
        content.match_minor * 100 >= total * rules.match_min_percent,
        "The match money is less than {percent}% of the budget.",
        percent=rules.match_min_percent,
    )


def within_line_caps(budget: tuple[BudgetLine, ...], round: Round) -> Iterable[Reason | None]:
    """No budget line has more than its share of the whole."""
    total = sum(line.amount_minor for line in budget)
    for cap in round.asks.line_caps:
        minor = sum(line.amount_minor for line in budget if line.line == cap.line)
        yield holds(
            "S3.line_cap",
            minor * 100 <= total * cap.percent,
            "The budget line “{line}” is more than {percent}% of the budget.",
            line=cap.line,
            percent=cap.percent,
        )

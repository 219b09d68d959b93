"""The rules of a round, frozen when its call is published; every figure is the round's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from domain.errors import Reason
from domain.policies import holds
from domain.rounds.terms import sound_instalments, sound_terms
from domain.scoring.methods import ADJUSTED
from domain.values import Days, Minor, Name, Percent, PositiveMinor


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCap:
    """The highest share of the whole budget that one budget line may have."""

    line: Name
    percent: Percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What earns that many points on a criterion, in words that every reviewer reads."""

    points: Annotated[int, Ge(0), Le(100)]
    text: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastShare:
    """What an allocation gives at least to a place and those below it, or to a theme."""

    kind: Literal["place", "theme"]
    key: Name
    amount_minor: PositiveMinor


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of the rubric: its weight, and the most points a reviewer may give."""

    code: Name
    title: Name
    weight: Percent
    max_points: Annotated[int, Ge(1), Le(100)] = 100
    anchors: Annotated[tuple[Anchor, ...], MaxLen(10)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus:
    """Points on top of the weighted score, for something that can be shown, up to a maximum."""

    code: Name
    title: Name
    max_points: Annotated[int, Ge(1), Le(100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A share of the award, and what must be there before it may be paid."""

    percent: Percent
    condition: Literal["signature", "midterm", "final"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeBand:
    """The lowest score, in thousandths of a point, that gives a grade."""

    grade: Literal["excellent", "good", "pass", "fail"]
    from_milli: Annotated[int, Ge(0), Le(100_000)]


TieBreak = Literal["match", "requested", "capacity", "number"]
"""What decides between equal scores: more match money, a smaller request, a higher capacity score,
the earlier number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligible:
    """Something that keeps an organisation out, and for how many years.

    For a list, the years after an entry ended; for annual checks, the last years that are looked
    at; for registration, the least number of years. A rule on grades names the lowest `grade`.
    """

    rule: Literal["abnormal", "dishonest", "exclusion", "annual_check", "registered", "grade"]
    years: Annotated[int, Ge(0), Le(30)]
    grade: Literal["1A", "2A", "3A", "4A", "5A"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a round asks for and allows (money in minor units of its fund, shares in percent)."""

    cap_minor: Minor
    cap_percent: Percent
    match_min_percent: Percent
    per_organisation_limit: Annotated[int, Ge(1), Le(100)]
    eligibility: Annotated[tuple[Eligible, ...], MaxLen(30)] = ()
    joint_allowed: bool = True
    line_caps: tuple[LineCap, ...] = ()
    line_shift_percent: Percent = 0
    needs_min: Annotated[int, Ge(0), Le(100)] = 0
    question_days: Days = 0
    corrections_max: Annotated[int, Ge(0), Le(20)] = 0
    correction_days: Days = 5
    reviewers_min: Annotated[int, Ge(1), Le(50)]
    rubric: Annotated[tuple[Criterion, ...], MinLen(1), MaxLen(30)]
    bonuses: Annotated[tuple[Bonus, ...], MaxLen(10)] = ()
    aggregation: Literal["mean", "trimmed_mean", "median", "z_score", "additive"]
    tie_break: Annotated[tuple[TieBreak, ...], MaxLen(4)] = ()
    spread_limit_milli: Annotated[int, Ge(0), Le(100_000)] | None = None
    double_blind: bool = False
    review_load_max: Annotated[int, Ge(1), Le(1_000)] | None = None
    cooling_years: Annotated[int, Ge(0), Le(30)] = 2
    quorum_percent: Percent = 0
    least_percent: Annotated[int, Ge(5), Le(100)] = 100
    least_shares: Annotated[tuple[LeastShare, ...], MaxLen(50)] = ()
    notice_days: Days
    reviewers_published: bool = True
    waitlist_days: Days = 90
    sign_days: Days
    appeal_days: Days = 10
    tranches: Annotated[tuple[Instalment, ...], MinLen(1), MaxLen(12)]
    questioned_limit_minor: Minor = 0
    payment_threshold_minor: Minor
    amendment_limit_minor: Minor = 0
    late_midterm_fails: bool = True
    midterm_days: Days = 30
    final_days: Days
    unilateral_days: Days = 120
    audit_threshold_minor: Minor = 0
    audit_sample_percent: Percent = 0
    grade_bands: Annotated[tuple[GradeBand, ...], MinLen(1), MaxLen(4)]
    bar_years: Annotated[int, Ge(0), Le(30)] = 3
    unspent: Literal["back", "reuse"]
    calendar: Name

    def grade_of(self, score_milli: int) -> str:
        """The grade that a score earns: that of the highest band it reaches."""
        reached = [band for band in self.grade_bands if score_milli >= band.from_milli]
        return max(reached, key=lambda band: band.from_milli).grade if reached else "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgeted:
    """A line of a round's budget: for grants, for the organiser or for the evaluation."""

    line: Literal["grants", "organiser", "evaluation"]
    amount_minor: PositiveMinor


@dataclass(frozen=True, slots=True)
class Ranked:
    """A proposal in the ranking: its place, its score in thousandths, what it is to get."""

    proposal: str
    rank: int
    score_milli: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """An item of a public notice: a proposal, its organisation and the intended amount."""

    proposal: str
    organisation: str
    amount_minor: int


GRADES = ("excellent", "good", "pass", "fail")
"""The grades, from the best down."""


def complete(rules: Rules, kind: str) -> Iterable[Reason | None]:
    """What rules must add up to before a call may be published (domain table 3.7, R3)."""
    yield from sound_rubric(rules.rubric)
    yield from sound_instalments(rules.tranches)
    yield from enough_reviewers(rules, kind)
    yield holds("R3.notice", rules.notice_days > 0, "A notice runs one working day or more.")
    yield holds(
        "R3.grades",
        are_in_order(rules.grade_bands),
        "Each grade has one band, and a better grade asks for a higher score.",
    )
    yield from sound_terms(rules)


def sound_rubric(rubric: tuple[Criterion, ...]) -> Iterable[Reason | None]:
    """The criteria weigh 100 together, and each can be told from the others."""
    yield holds(
        "R3.rubric",
        sum(criterion.weight for criterion in rubric) == 100,
        "The weights of the rubric must add up to 100.",
    )
    yield holds(
        "R3.rubric_codes",
        len({criterion.code for criterion in rubric}) == len(rubric),
        "Each criterion of the rubric needs a code of its own.",
    )
    yield holds(
        "R3.anchors",
        all(anchor.points <= each.max_points for each in rubric for anchor in each.anchors),
        "An anchor may not promise more points than its criterion allows.",
    )


def enough_reviewers(rules: Rules, kind: str) -> Iterable[Reason | None]:
    """One reviewer is enough for a micro round only; some methods need two or three."""
    yield holds(
        "R3.reviewers",
        kind == "micro" or rules.reviewers_min >= 2,
        "Only a micro round may do with one reviewer.",
    )
    yield holds(
        "R3.trimmed",
        rules.aggregation != "trimmed_mean" or rules.reviewers_min >= 3,
        "A trimmed mean needs three reviewers or more.",
    )
    yield holds(
        "R3.adjusted",
        rules.aggregation not in ADJUSTED or rules.reviewers_min >= 2,
        "Scores are adjusted between two reviewers or more.",
    )


def are_in_order(bands: tuple[GradeBand, ...]) -> bool:
    """Whether the scores fall from grade to grade, each grade named once."""
    best_first = sorted(bands, key=lambda band: GRADES.index(band.grade))
    scores = [band.from_milli for band in best_first]
    falling = all(higher > lower for higher, lower in pairwise(scores))
    return falling and len({band.grade for band in bands}) == len(bands)

"""Rounds within rounds: whose rules a child keeps, and money that a parent hands down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.errors import Reason, Word, check
from domain.funds.fund import Fund
from domain.kernel import Mandate
from domain.policies import at_most, holds
from domain.rounds import changes as e
from domain.rounds.lifecycle import Stage
from domain.rounds.round import Round
from domain.rounds.rules import Budgeted, Rules
from domain.values import covers

AT_MOST = (
    "cap_minor",
    "cap_percent",
    "per_organisation_limit",
    "line_shift_percent",
    "question_days",
    "corrections_max",
    "correction_days",
    "waitlist_days",
    "sign_days",
    "questioned_limit_minor",
    "payment_threshold_minor",
    "amendment_limit_minor",
    "midterm_days",
    "final_days",
    "unilateral_days",
    "audit_threshold_minor",
)
"""Figures that allow more the higher they are; of the days, those that somebody is given."""

AT_LEAST = (
    "match_min_percent",
    "needs_min",
    "reviewers_min",
    "notice_days",
    "appeal_days",
    "audit_sample_percent",
    "bar_years",
)
"""Figures that ask for more the higher they are; of the days, those in which others may speak."""

ONLY_WITH_PARENT = ("joint_allowed",)
"""What a child allows only where its parent does."""

LIKE_PARENT = ("reviewers_published", "late_midterm_fails")
"""What a child has to ask for where its parent does."""

SAME = ("rubric", "aggregation", "tie_break")
"""What is neither strict nor lax, so that a child has it as its parent has."""


def looser(rules: Rules, parent: Rules) -> Iterator[str]:
    """The rules of a child that allow more than those of its parent, by their names.

    What limits a grant may only be tightened, what protects the public only be widened; what has
    no order stays as it is. The calendar is free: a later round needs a later version of it.
    """

    def pairs(names: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        return ((name, getattr(rules, name), getattr(parent, name)) for name in names)

    yield from (name for name, own, above in pairs(AT_MOST) if own > above)
    yield from (name for name, own, above in pairs(AT_LEAST) if own < above)
    yield from (name for name, own, above in pairs(ONLY_WITH_PARENT) if own and not above)
    yield from (name for name, own, above in pairs(LIKE_PARENT) if above and not own)
    yield from (n for n in SAME if getattr(rules, n) != getattr(parent, n))
    yield from looser_lists(rules, parent)


def looser_lists(rules: Rules, parent: Rules) -> Iterator[str]:
    """The same of the rules that are lists: everything that the parent names is there too."""
    years = {each.rule: each.years for each in rules.eligibility}
    fewer = any(years.get(each.rule, -1) < each.years for each in parent.eligibility)
    if fewer or least_grade(rules) < least_grade(parent):
        yield "eligibility"
    shares = {cap.line: cap.percent for cap in rules.line_caps}
    if any(shares.get(cap.line, 101) > cap.percent for cap in parent.line_caps):
        yield "line_caps"
    limit, above = rules.spread_limit_milli, parent.spread_limit_milli
    if above is not None and (limit is None or limit > above):
        yield "spread_limit_milli"
    if any(early(rules, by) > early(parent, by) for by in ("signature", "midterm")):
        yield "tranches"
    bands = {band.grade: band.from_milli for band in rules.grade_bands}
    if any(bands.get(band.grade, -1) < band.from_milli for band in parent.grade_bands):
        yield "grade_bands"
    if rules.unspent == "reuse" and parent.unspent == "back":
        yield "unspent"


def least_grade(rules: Rules) -> str:
    """The lowest grade that the rules ask for; empty where they ask for none."""
    return max((each.grade or "" for each in rules.eligibility), default="")


def early(rules: Rules, condition: str) -> int:
    """The percentage of an award that is paid by then: on signature, or by the mid-term."""
    by_then = ("signature",) if condition == "signature" else ("signature", "midterm")
    return sum(part.percent for part in rules.tranches if part.condition in by_then)


def may_be_child(parent: Round, place: str, rules: Rules) -> Iterable[Reason | None]:
    """What is asked of a round that is planned below another one (R1)."""
    yield holds(
        "R1.parent",
        not parent.is_final,
        "The round above it has ended.",
        field="/parent",
    )
    yield holds(
        "R1.parent_place",
        covers(parent.place, place),
        "A round lies in the place of the round above it.",
        field="/parent",
    )
    found = tuple(looser(rules, parent.rules)) if parent.rules is not None else ()
    yield holds(
        "R1.stricter",
        not found,
        "These rules allow more than those of the round above it: {rules}.",
        field="/rules",
        rules=tuple(Word("field", name) for name in found),
    )


def can_give(parent: Round | None) -> Reason | None:
    """There is a round above, it has a budget, and it has not ended (R2a)."""
    gives = parent is not None and not parent.is_final and parent.stage != Stage.PLANNED
    text = "There is no round above this one that has a budget and has not ended."
    return holds("R2a.parent", gives, text)


def may_hand_down(
    parent: Round, fund: Fund, lines: tuple[Budgeted, ...], proposed_minor: int, by: Mandate
) -> Iterable[Reason | None]:
    """What is asked of the round that gives and of its fund (R2a)."""
    yield can_give(parent)
    yield holds("R2a.fund", fund.is_active, "The fund is not active.")
    yield holds(
        "R2a.place",
        covers(by.place, parent.place),
        "The round above it is kept for a place that your role does not reach.",
    )
    yield holds(
        "R2a.lines",
        len({line.line for line in lines}) == len(lines),
        "Each line of the budget may stand there once.",
        field="/lines",
    )
    for line in lines:
        free = parent.balance(f"authority.allotted/{line.line}")
        if line.line == "grants":
            free = max(0, free - proposed_minor)
        yield at_most(
            "R2a.allotted",
            line.amount_minor,
            free,
            parent.currency,
            of="authority.allotted",
            field="/lines",
        )


def allot_from_parent(
    round: Round,
    *,
    parent: Round,
    fund: Fund,
    lines: tuple[Budgeted, ...],
    proposed_minor: int,
    by: Mandate,
) -> None:
    """Gives a round its budget out of the round above it, each line out of the same line (R2a).

    `proposed_minor` is what the parent has put up for awards and not reserved yet.
    """
    stage = round.after("allot-from-parent")
    check(*may_hand_down(parent, fund, lines, proposed_minor, by))
    event = e.BudgetHandedDown(
        stage=stage, parent=parent.id, fund=fund.id, currency=fund.currency, lines=lines
    )
    postings = [
        posting
        for line in lines
        for code, home in (("P3c.parent", parent), ("P3c.child", round))
        for posting in fund.posts(code, line.amount_minor, round=home.id, line=line.line)
    ]
    round.record(event, by, postings)

"""The terms of a round: days, limits and lists among its rules that must make sense together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from domain.errors import Reason
from domain.policies import holds

if TYPE_CHECKING:
    from domain.rounds.rules import Instalment, Rules


def sound_terms(rules: Rules) -> Iterable[Reason | None]:
    """What the terms must add up to before a call may be published (R3)."""
    yield from sound_days(rules)
    yield from named_once(rules)
    yield holds(
        "R3.grade",
        all((each.rule == "grade") == bool(each.grade) for each in rules.eligibility),
        "The rule on grades names the lowest grade, and no other rule names one.",
    )
    yield holds(
        "R3.spread",
        rules.spread_limit_milli is None or rules.reviewers_min >= 2,
        "A limit to the spread of the scores needs two reviewers or more.",
    )


def sound_days(rules: Rules) -> Iterable[Reason | None]:
    """Whoever has a right or a duty has days to use it in."""
    yield holds(
        "R3.waitlist", rules.waitlist_days > 0, "A place on the waiting list lasts a day or more."
    )
    yield holds("R3.appeal", rules.appeal_days > 0, "An appeal may be filed for a day or more.")
    yield holds("R3.sign", rules.sign_days > 0, "An agreement may be signed for a day or more.")
    yield holds(
        "R3.corrections",
        not rules.corrections_max or rules.correction_days > 0,
        "A correction takes one working day or more.",
    )
    yield holds(
        "R3.unilateral",
        rules.unilateral_days >= rules.final_days,
        "A grant is not closed from one side before its final report is due.",
    )


def named_once(rules: Rules) -> Iterable[Reason | None]:
    """No list names the same thing twice, with two figures of which one would have to win."""
    lists: tuple[tuple[str, Sequence[str]], ...] = (
        ("R3.line_caps", [cap.line for cap in rules.line_caps]),
        ("R3.eligibility", [each.rule for each in rules.eligibility]),
        ("R3.tie_break", rules.tie_break),
    )
    for rule, names in lists:
        yield holds(
            rule,
            len(set(names)) == len(names),
            "A list of the rules names each thing once; this one is named twice: {name}.",
            name=next((name for name in names if names.count(name) > 1), ""),
        )


def sound_instalments(parts: tuple[Instalment, ...]) -> Iterable[Reason | None]:
    """The instalments make up the award, and none of them is empty."""
    yield holds(
        "R3.tranches",
        sum(part.percent for part in parts) == 100,
        "The shares of the tranches must add up to 100.",
    )
    yield holds(
        "R3.tranche_share",
        all(part.percent for part in parts),
        "Each tranche needs a share of the award.",
    )

"""The rules of a round: what they must add up to before a call, and which grade a score earns."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from domain.rounds.rules import Rules, complete
from tests.district import RULES

BANDS = RULES["grade_bands"]


def rules(**changes: Any) -> Rules:
    return TypeAdapter(Rules).validate_python({**RULES, **changes})


def faults(kind: str = "micro", **changes: Any) -> list[str]:
    return [reason.rule for reason in complete(rules(**changes), kind) if reason is not None]


def criterion(code: str, weight: int) -> dict[str, Any]:
    return {"code": code, "title": code, "weight": weight}


@pytest.mark.parametrize(
    ("score_milli", "grade"),
    [
        (100_000, "excellent"),
        (90_000, "excellent"),
        (89_999, "good"),
        (80_000, "good"),
        (79_999, "pass"),
        (60_000, "pass"),
        (59_999, "fail"),
        (0, "fail"),
    ],
)
def test_a_score_earns_the_best_grade_whose_band_it_reaches(score_milli: int, grade: str) -> None:
    assert rules().grade_of(score_milli) == grade
    assert rules(grade_bands=BANDS[::-1]).grade_of(score_milli) == grade


def test_a_score_below_every_band_fails() -> None:
    assert rules(grade_bands=[{"grade": "pass", "from_milli": 60_000}]).grade_of(1) == "fail"


def test_the_rules_of_the_district_are_complete() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("R3.rubric", {"rubric": [criterion("a", 60), criterion("b", 30)]}),
        ("R3.rubric_codes", {"rubric": [criterion("a", 60), criterion("a", 40)]}),
        ("R3.tranches", {"tranches": [{"percent": 60, "condition": "signature"}]}),
        (
            "R3.tranche_share",
            {
                "tranches": [
                    {"percent": 100, "condition": "signature"},
                    {"percent": 0, "condition": "final"},
                ]
            },
        ),
        ("R3.trimmed", {"aggregation": "trimmed_mean", "reviewers_min": 2}),
        ("R3.adjusted", {"aggregation": "additive", "reviewers_min": 1, "kind": "micro"}),
        ("R3.reviewers", {"kind": "open"}),
        ("R3.reviewers", {"kind": "purchase"}),
        ("R3.notice", {"notice_days": 0}),
        ("R3.waitlist", {"waitlist_days": 0}),
        ("R3.appeal", {"appeal_days": 0}),
        ("R3.sign", {"sign_days": 0}),
        ("R3.corrections", {"correction_days": 0}),
        ("R3.unilateral", {"unilateral_days": 29}),
        ("R3.spread", {"spread_limit_milli": 20_000}),
        ("R3.line_caps", {"line_caps": [{"line": "a", "percent": 1}] * 2}),
        ("R3.eligibility", {"eligibility": [{"rule": "abnormal", "years": 1}] * 2}),
        ("R3.tie_break", {"tie_break": ["match", "match"]}),
        ("R3.grades", {"grade_bands": [BANDS[0], {"grade": "good", "from_milli": 95_000}]}),
        ("R3.grades", {"grade_bands": [BANDS[0], {"grade": "good", "from_milli": 90_000}]}),
        ("R3.grades", {"grade_bands": [BANDS[0], {"grade": "excellent", "from_milli": 0}]}),
    ],
)
def test_rules_that_do_not_add_up_are_named(rule: str, changes: dict[str, Any]) -> None:
    assert faults(**changes) == [rule]


def test_every_fault_is_named_at_once() -> None:
    assert faults(rubric=[criterion("a", 1)], notice_days=0, kind="open") == [
        "R3.rubric",
        "R3.reviewers",
        "R3.notice",
    ]


def test_rules_with_enough_reviewers_suit_every_kind_of_round() -> None:
    for kind in ("open", "micro", "purchase"):
        assert faults(kind=kind, reviewers_min=3, aggregation="trimmed_mean") == []


def test_terms_at_their_limits_are_complete() -> None:
    few: dict[str, Any] = {
        "waitlist_days": 1,
        "appeal_days": 1,
        "sign_days": 1,
        "unilateral_days": 30,
    }
    none: dict[str, Any] = {"corrections_max": 0, "correction_days": 0}
    spread: dict[str, Any] = {"spread_limit_milli": 0, "reviewers_min": 2}
    assert faults(**few, **none, **spread, tie_break=["match", "number"]) == []

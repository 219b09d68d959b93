"""A round that asks for a grade: what its rules must say, and those of a round below it."""

from __future__ import annotations

from typing import Any

import pytest

from domain.rounds.nesting import looser
from domain.rounds.rules import complete
from tests.domain import turns
from tests.domain.test_decisions import given


@pytest.mark.parametrize(
    ("asked", "is_sound"),
    [
        ({"rule": "grade", "years": 0, "grade": "3A"}, True),
        ({"rule": "grade", "years": 0}, False),
        ({"rule": "registered", "years": 2, "grade": "3A"}, False),
        ({"rule": "registered", "years": 2}, True),
    ],
)
def test_only_the_rule_on_grades_names_a_grade(asked: dict[str, Any], is_sound: bool) -> None:
    found = given(complete(turns.rules(eligibility=[asked]), "micro"))
    assert found == [] if is_sound else found == ["R3.grade"]


@pytest.mark.parametrize(
    ("own", "is_looser"), [(None, True), ("2A", True), ("3A", False), ("4A", False)]
)
def test_a_round_below_another_asks_for_as_good_a_grade(own: str | None, is_looser: bool) -> None:
    def asking(grade: str | None) -> Any:
        rule = {"rule": "grade", "years": 0, "grade": grade}
        return turns.rules(eligibility=[rule] if grade else [])

    assert list(looser(asking(own), asking("3A"))) == ["eligibility"] * is_looser

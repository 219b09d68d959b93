"""Whoever had a part in a matter is kept from the next one, as was written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.permissions.by_hand import DENIED, PERMITTED
from tests.permissions.cedar import decided_by_hand
from tests.permissions.hands import HANDS, Case, Stage
from tests.permissions.playing import play
from tests.played import Path


def name_of(case: Case) -> str:
    row, who, also, command, stage, facts, rule = case
    return f"{row} {command} by {who}+{also} at {stage.__name__} ({facts}): {rule or 'done'}"


@pytest.mark.parametrize("case", HANDS, ids=name_of)
def test_the_desk_decides_by_the_parts_that_people_had(
    standing: Callable[[Stage], Path], case: Case
) -> None:
    rule = case[-1]
    assert play(standing(case[4]), case) == ([rule] if rule else [])


def test_the_policy_decides_by_the_parts_that_people_had() -> None:
    policy = decided_by_hand(HANDS)
    wrong = [
        name_of(case) for case, yes in zip(HANDS, policy, strict=True) if yes == bool(case[-1])
    ]
    assert wrong == []


def test_of_the_parts_that_people_had_enough_was_written() -> None:
    refused = [case for case in HANDS if case[-1]]
    assert len(refused) >= 40
    assert len(HANDS) - len(refused) >= 25
    assert len(set(HANDS)) == len(HANDS)
    assert len(DENIED) + len(refused) >= 140
    assert len(PERMITTED) + len(HANDS) - len(refused) >= 90

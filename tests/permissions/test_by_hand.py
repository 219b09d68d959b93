"""Denials and permissions that were written by hand are what the desk decides."""

from __future__ import annotations

import pytest

from tests.permissions.by_hand import DENIED, PERMITTED, Case
from tests.permissions.deciding import CASES, COMMANDS, decided_at_the_desk, name_of
from tests.permissions.who import CODES


@pytest.mark.parametrize(("case", "permitted"), CASES, ids=[name_of(case) for case, _ in CASES])
def test_the_desk_decides_as_was_written_by_hand(case: Case, permitted: bool) -> None:
    assert decided_at_the_desk(case) is permitted, name_of(case)


def test_enough_was_written_by_hand_and_nothing_twice() -> None:
    cases = [case[:4] for case, _ in CASES]
    assert len(DENIED) >= 80
    assert len(PERMITTED) >= 40
    assert len(set(cases)) == len(cases)


def test_every_role_is_refused_somewhere_and_every_row_that_is_cited_exists() -> None:
    refused = {who.partition("@")[0] for _, who, *_ in DENIED}
    assert set(CODES) == refused
    assert {case[0].partition("/")[0] for case, _ in CASES} <= set(COMMANDS)

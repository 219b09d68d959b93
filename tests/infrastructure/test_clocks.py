"""The simulated clock: it moves forward only, not too far at once, and is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import Refusal
from infrastructure.clocks import FARTHEST, SimulatedClock
from infrastructure.database import Database
from infrastructure.schema import migrate

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("step", "rule"),
    [(timedelta(microseconds=-1), "clock.back"), (FARTHEST + timedelta(hours=1), "clock.far")],
)
def test_it_stays_where_it_is_when_moved_back_or_too_far(
    sqlite_url: str, step: timedelta, rule: str
) -> None:
    database = Database(sqlite_url)
    migrate(database)
    clock = SimulatedClock(database, START)
    with pytest.raises(Refusal) as refused:
        clock.advance(START + step)
    assert [reason.rule for reason in refused.value.reasons] == [rule]
    assert clock.now() == START

    clock.advance(START + FARTHEST)
    assert SimulatedClock(database, START).now() == START + FARTHEST
    database.close()

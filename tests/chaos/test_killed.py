"""Server processes are killed under load: what was acknowledged is there, and nothing half."""

from __future__ import annotations

import pytest

from tests.chaos.killing import BETWEEN, kill

KILLS = 5
"""On each database; `make chaos` kills a hundred times on each."""


@pytest.mark.parametrize(("database", "crashes"), [("sqlite", 0), ("postgresql", 1)])
def test_every_acknowledged_command_outlives_a_kill_of_its_server_and_none_is_half_there(
    database: str, crashes: int
) -> None:
    outcome = kill(database, KILLS, crashes)

    assert (outcome.kills, outcome.crashes) == (KILLS, crashes)
    assert outcome.acknowledged > KILLS * BETWEEN
    assert outcome.broken >= KILLS

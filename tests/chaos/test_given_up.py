"""A sender that gives up: its command may be carried out, and everybody else's must be."""

from __future__ import annotations

from infrastructure.settings import Settings
from infrastructure.system import System
from tests.exactness.writer import sent

PATIENCE_SECONDS = 10


def test_a_command_whose_sender_gave_up_does_not_hold_up_the_others(database_url: str) -> None:
    system = System(Settings(database_url=database_url), migrating=True)

    given_up = [system.desk.post(sent(f"given-up-{n}", f"given-up-{n}")) for n in range(3)]
    for future in given_up:
        future.cancel()
    answer = system.desk.post(sent("another", "another")).result(PATIENCE_SECONDS)

    assert answer.stage == "proposed"
    system.close()

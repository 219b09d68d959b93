"""Random commands from everybody: whatever is sent, every invariant holds and replay is live."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from application.kinds import KINDS
from infrastructure.replay import replay
from infrastructure.verify import verify
from tests import filed, played, played_to_end
from tests.application import rounds
from tests.application.far_starts import FAR_STARTS
from tests.application.live import FIRED
from tests.application.starts import Start
from tests.application.walk import Walk
from tests.played_in_custody import with_custody

EXAMPLES = int(os.environ.get("FUNDTRAIL_MACHINE_EXAMPLES", "0"))
"""How many walks; none named: a few from every start, and the same ones every time."""

USUAL = 2
STEPS = 60
FEWEST_EVENTS = 140
"""How many different events the walks must record together, so that they are known to go deep."""

STARTS = {
    "filing": filed.with_filing_requested,
    "fund": played.with_fund,
    "open round": played.with_open_round,
    "submitted": partial(played.with_submitted_proposal, rivals=1),
    "under review": partial(played.with_review_started, rivals=1),
    "scored": partial(played.with_scored_proposal, rivals=1, reuse=False),
    "on notice": played.with_notice_published,
    "awarded": played.with_award_confirmed,
    "active": played_to_end.with_grant_active,
    "costs": partial(played_to_end.with_costs_accepted, reuse=False),
    "all paid": played_to_end.with_second_tranche_paid,
    "settled": played_to_end.with_grant_settled,
    "custody": partial(played_to_end.with_first_tranche_paid, organised=with_custody),
    "spent": played_to_end.with_fund_spent,
    "waiting": rounds.with_two_waiting,
    "handing down": rounds.with_budget_to_hand_down,
    **FAR_STARTS,
}
"""Where on the path walks start."""

FROM_FILES = frozenset({"import.recorded", "grant.imported", "grant.payment_imported",
    "grant.outcome_imported",
    "proposal.imported", "proposal.history_imported", "organisation.history_imported",
    "fund.imported", "round.imported", "round.scores_imported"})  # fmt: skip
"""Imported history is tried with files, elsewhere."""

seeds = st.integers(min_value=0, max_value=2**32 - 1)


class Machine(RuleBasedStateMachine):
    """One walk: it starts somewhere on the path, and what it wrote is verified at its end."""

    meant: tuple[str, ...]
    starts: dict[str, Start]
    folder: Path

    @initialize(place=st.integers(min_value=0, max_value=2**16))
    def begin(self, place: int) -> None:
        start = self.meant[place % len(self.meant)]
        if start not in self.starts:
            self.starts[start] = Start.put_aside(self.folder / f"{start}.db", STARTS[start])
        self.scratch = tempfile.TemporaryDirectory(dir=self.folder)
        self.walk = Walk(self.starts[start].taken_up(Path(self.scratch.name) / "walk.db"))

    @rule(seed=seeds)
    def turn(self, seed: int) -> None:
        note(self.walk.turn(Random(seed)))

    def teardown(self) -> None:
        if not hasattr(self, "walk"):
            return
        system = self.walk.district.system
        replayed = replay(system.store)
        kept = system.desk.cache.kept
        system.close()
        try:
            assert {stream: replayed.things[stream] for stream in kept} == dict(kept)
            assert verify(system.store).faults == ()
        finally:
            system.database.close()
            self.scratch.cleanup()


@pytest.fixture
def machine(tmp_path: Path) -> type[Machine]:
    Machine.starts, Machine.folder = {}, tmp_path
    FIRED.clear()
    return Machine


def test_whatever_is_sent_every_invariant_holds(machine: type[Machine]) -> None:
    for meant in [tuple(sorted(STARTS))] if EXAMPLES else [(start,) for start in sorted(STARTS)]:
        machine.meant = meant
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=EXAMPLES or USUAL,
                stateful_step_count=STEPS,
                derandomize=not EXAMPLES,
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    rows = {event for kind in KINDS.values() for event in kind.lifecycle.events} - FROM_FILES
    never = sorted(rows - set(FIRED))
    sys.stdout.write(f"{len(FIRED)} different events; never: {', '.join(never) or 'none'}\n")
    assert len(FIRED) >= FEWEST_EVENTS or 0 < EXAMPLES < 60

"""The lifecycle tables: every cell answers, every stage can be reached and left, no row is lost."""

import pytest

from application.chronicle import events_known, name_of
from application.handlers import HANDLERS
from application.kinds import KINDS
from application.permissions import PERMISSIONS
from domain.errors import Refusal
from domain.lifecycle import Lifecycle, Step, machine_of

LIFECYCLES = {noun: kind.lifecycle for noun, kind in KINDS.items()}

ROWS = {
    "approval": "W1 W2 W3 W4 W5",
    "fund": "F0 F1 F1a F2 F2a F2b F3 F4 F4a F5 F6 F7 F7a F8 F9 F9a F10 F10a F10b F11 F11a F11b "
    "F13 F14 F15 F16 F17 F18 F19",
    "round": "R1 R2 R2a R2b R3 R4 R5 R5a R5b R6 R7 R7a R8 R9 R9b R10 R11 R12 R13 I8",
    "organisation": "O1 O1a O2 O3 O3a O4 O5 O6 O6a O7 O7a O7b O7c O8 O8a O8b O9 O10 O10a O11 O11a "
    "O11b O12 O12a O13 O13a O13b O14 O14a O15 O16 O17 O17a",
    "proposal": "S1 S2 S3 S3a S3b S4 S5 S6 S7 S8 S9 S10 S11 S11a S12 S12a S13 S14 S15 S16 S17 "
    "S18 S19 S20 S21 S22 S23 S24 S24a S24b S24c S25 S26 S27 S28 S29 S30 S31 V3c I1 I1a",
    "pool": "V0 V0a V0b V0c V0d",
    "panel": "V1 V1b V8 V9",
    "review": "V1a V2 V2a V2b V3 V3a V3b V3d V4 V5 V5a V6 V7",
    "objection": "B1 B2 B2a B3 B4 B5 B6",
    "appeal": "X1 X2 X2a X3 X4 X5 X6 X7",
    "grant": "G1 G2 G3 G5 G6 G6a G7 G8 G8a G10 G11 G12 G12a G12b G13 G14 G15 G15a G16 G17 G17a G18 "
    "G19 G20 G21 G21a G21b G23 G26 G27 G28 G29 G30 G31 G32 I2 I3 I4",
    "amendment": "M1 M2 M3 M4",
    "custody_account": "C1 C2 C3 C4 C5 C6 C7",
    "tranche": "T0 T0a T1 T2 T3 T4 T4r T5 T6 T7 T7b T7c T8 T9 T9a T9b",
    "clawback": "K0 K0a K1 K2 K3 K4 K5",
    "finding": "D1 D1a D1b D2 D3 D4 D5 D6 D7 D7a D7b",
    "override": "U1 U2",
    "order": "Q1 Q1a Q2 Q3 Q4 Q4a Q5 Q6 Q6a Q6b Q7 Q8",
    "import": "I0",
    "document": "Y5 Y6 Y7",
    "policy": "Y1 Y2",
    "delegation": "Y3 Y4",
    "person": "J1 J2 J3 J4 J5 J6 J7 J8 J9",
    "place": "L1 L2 L3",
}
"""Every row of the tables, as the language of the domain numbers them, written down by hand."""

MIRRORS = {"W1", "G1", "G6a", "G32", "K0a", "O6a", "T0", "T0a", "S17", "S23", "U2", "V1a"} | {
    *("S18", "S19", "S24", "S24a", "S24b", "S24c", "S29", "S30", "S31", "C2", "C6", "S11a")
}
"""Rows that are recorded in the save of another row, and never told."""

IMPORTED = {"I1", "I1a", "I2", "I3", "I4", "I5", "I6", "I7", "I8"}
"""Rows that are recorded for the rows of a file, when its import is recorded."""

RESTING: set[tuple[str, str]] = set()
"""Stages that are no end and have no way out yet: their next steps belong to rows to come."""


class Walker:
    """Something that a state machine moves."""


def steps() -> list[tuple[str, Step]]:
    return [(noun, step) for noun, lifecycle in LIFECYCLES.items() for step in lifecycle.steps]


CELLS = [
    pytest.param(noun, str(stage), step, id=f"{noun}-{stage}-{step.verb}")
    for noun, lifecycle in LIFECYCLES.items()
    for stage in lifecycle.stages
    for step in lifecycle.steps
]
"""Every stage of every noun with every verb of the noun."""


@pytest.mark.parametrize(("noun", "stage", "step"), CELLS)
def test_every_cell_answers_as_the_machine_moves(noun: str, stage: str, step: Step) -> None:
    lifecycle = LIFECYCLES[noun]
    moved = after_machine(lifecycle, stage, step)
    if moved is not None:
        assert lifecycle.after(stage, step.verb) == moved
        return
    with pytest.raises(Refusal) as refused:
        lifecycle.after(stage, step.verb)
    assert [reason.rule for reason in refused.value.reasons] == [f"{step.row}.stage"]


def after_machine(lifecycle: Lifecycle, stage: str, step: Step) -> str | None:
    """Where a state machine of its own ends up; None where it has no such move."""
    if stage not in map(str, step.sources):
        return None
    walker = Walker()
    machine = machine_of(lifecycle.stages, lifecycle.steps)
    machine.add_model(walker, initial=stage)
    assert walker.trigger(step.verb)  # type: ignore[attr-defined]
    return str(walker.state)  # type: ignore[attr-defined]


@pytest.mark.parametrize("noun", LIFECYCLES)
def test_every_stage_can_be_reached(noun: str) -> None:
    lifecycle = LIFECYCLES[noun]
    reached = {str(step.target) for step in lifecycle.steps if not step.sources}
    for _ in lifecycle.stages:
        reached |= {to for (stage, _), to in lifecycle.table.items() if stage in reached}
    assert reached == set(map(str, lifecycle.stages))


@pytest.mark.parametrize("noun", LIFECYCLES)
def test_every_stage_that_is_no_end_can_be_left(noun: str) -> None:
    lifecycle = LIFECYCLES[noun]
    left = {stage for (stage, _), to in lifecycle.table.items() if to != stage}
    stuck = {(noun, str(stage)) for stage in lifecycle.stages if stage not in lifecycle.final}
    assert {(n, stage) for n, stage in stuck if stage not in left} == {
        (n, stage) for n, stage in RESTING if n == noun
    }


def test_every_row_number_is_one_rows_own() -> None:
    rows = [step.row for _, step in steps()]
    assert sorted(rows) == sorted(set(rows))


@pytest.mark.parametrize("noun", ROWS)
def test_every_row_of_the_tables_is_there(noun: str) -> None:
    assert set(ROWS[noun].split()) - {step.row for step in LIFECYCLES[noun].steps} == set()


def test_every_row_records_an_event_that_exists_and_every_event_has_its_row() -> None:
    recorded = {step.event for _, step in steps()}
    assert recorded | {"ledger.moved"} == {name_of(kind) for kind in events_known()}


def test_every_row_that_is_told_has_a_command_and_a_permission_and_no_other_has() -> None:
    told = {(noun, step.verb) for noun, step in steps() if step.row not in MIRRORS | IMPORTED}
    assert told == {(noun, verb) for noun, verbs in HANDLERS.items() for verb in verbs}
    assert told == {(noun, verb) for noun, verbs in PERMISSIONS.items() for verb in verbs}

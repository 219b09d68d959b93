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
    "fund": "F0 F1 F1a F2 F2a F2b F3 F7 F7a F9 F9a F11 F11a",
    "round": "R1 R2 R2a R2b R3 R4 R5 R5a R5b R6 R7 R8 R9 R9b R10 R11 R12 R13",
    "proposal": "S1 S2 S3 S3a S3b S4 S5 S6 S7 S8 S9 S10 S11 S12 S12a S13 S14 S15 S16 S17 S21 S22 "
    "S23 S25 S26 S27 S28 S29 I1 I1a",
    "panel": "V1 V9",
    "review": "V1a V2 V2a V5 V5a V6",
    "grant": "G1 G2 G3 G5 G6 G6a G7 G8 G8a G12 G12a G12b G14 G15 G15a G16 G17 G17a G18 G19 G23 G28 "
    "I2 I3",
    "tranche": "T0 T1 T2 T3 T4 T4r T5 T6 T7 T7b T7c T8 T9a",
    "import": "I0",
    "document": "Y5",
}
"""The rows of the path of one grant, as the language of the domain numbers them."""

MIRRORS = {"W1", "G1", "G6a", "T0", "T9a", "S17", "S23", "S29", "V1a"}
"""Rows that are recorded in the save of another row, and never told."""

IMPORTED = {"I1", "I1a", "I2", "I3", "I5", "I6", "I7"}
"""Rows that are recorded for the rows of a file, when its import is recorded."""

RESTING = {
    ("organisation", "filed"),
    ("organisation", "registered"),
    ("document", "stored"),
}
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
def test_every_row_of_the_path_is_there(noun: str) -> None:
    assert set(ROWS[noun].split()) - {step.row for step in LIFECYCLES[noun].steps} == set()


def test_every_row_records_an_event_that_exists_and_every_event_has_its_row() -> None:
    recorded = {step.event for _, step in steps()}
    assert recorded | {"ledger.moved"} == {name_of(kind) for kind in events_known()}


def test_every_row_that_is_told_has_a_command_and_a_permission_and_no_other_has() -> None:
    told = {(noun, step.verb) for noun, step in steps() if step.row not in MIRRORS | IMPORTED}
    assert told == {(noun, verb) for noun, verbs in HANDLERS.items() for verb in verbs}
    assert told == {(noun, verb) for noun, verbs in PERMISSIONS.items() for verb in verbs}

"""Mappings of logs that do not fit: each is told with its key and line, in two languages."""

from pathlib import Path

import pytest

from tests.commandline import CommandLine
from tests.conftest import REPOSITORY
from tests.data.logged import MAPPING, ROWS, faults, mapped, write


def other(old: str, new: str) -> str:
    assert old in MAPPING
    return MAPPING.replace(old, new, 1)


MAPPINGS: dict[str, tuple[str, tuple[int, str, str]]] = {
    "malformed TOML": (other("[steps]", "[steps"), (12, "file", "toml_broken")),
    "no such lifecycle": (other('"tranche"', '"trench"'), (2, "lifecycle", "lifecycle_unknown")),
    "no lifecycle": (other('lifecycle = "tranche"\n', ""), (0, "lifecycle", "mapping_unfit")),
    "no start": (other('start = "eligible"\n', ""), (0, "start", "mapping_unfit")),
    "no steps": (MAPPING.partition("[steps]")[0], (0, "steps", "mapping_unfit")),
    "no such stage": (other('"eligible"', '"born"'), (3, "start", "log_stage_unknown")),
    "no such step": (other('"confirm"', '"pay"'), (16, "steps.paid", "log_step_unknown")),
    "no such step among several": (
        other('["approve", "send"]', '["approve", "post"]'),
        (15, "steps.signed", "log_step_unknown"),
    ),
    "a number for a step": (other('"confirm"', "7"), (16, "steps.paid", "mapping_unfit")),
    "an unknown key of a step": (
        other('"confirm"', '{ steps = ["confirm"], off = "each" }'),
        (16, "steps.paid", "mapping_unfit"),
    ),
    "no such things": (
        other('"confirm"', '{ steps = ["confirm"], of = "some" }'),
        (16, "steps.paid", "which_unknown"),
    ),
    "no such stage of things": (
        other('"confirm"', '{ steps = ["confirm"], of = "each", in = ["late"] }'),
        (16, "steps.paid", "log_stage_unknown"),
    ),
    "no such repeatable step": (
        other('["check"]', '["chek"]'),
        (4, "repeatable", "log_step_unknown"),
    ),
    "an amount without a currency": (
        other('currency = "CNY"\n', ""),
        (0, "attributes.currency", "missing"),
    ),
    "a list for a text": (
        other('"half-up"', '["half-up"]'),
        (9, "attributes.rounding", "mapping_unfit"),
    ),
    "no such currency": (other('"CNY"', '"RMB"'), (8, "attributes.currency", "currency_unknown")),
    "no such rounding": (
        other('"half-up"', '"half"'),
        (9, "attributes.rounding", "rounding_unknown"),
    ),
    "an unknown key": (
        other("role =", "rolle ="),
        (10, "attributes.rolle", "mapping_unfit"),
    ),
    "an attribute that the log has not": (
        other('"office"', '"rank"'),
        (0, "attributes.role", "log_attribute_missing"),
    ),
    "amounts that are to be exact and are not": (
        other('"half-up"', '"exact"'),
        (6, "sum", "log_amount_too_fine"),
    ),
}


@pytest.mark.parametrize(("mapping", "fault"), MAPPINGS.values(), ids=MAPPINGS)
def test_a_mapping_that_does_not_fit_is_refused_with_its_place(
    fundtrail: CommandLine, tmp_path: Path, mapping: str, fault: tuple[int, str, str]
) -> None:
    file = write(tmp_path, "xes", *ROWS)
    assert faults(fundtrail, file, mapped(tmp_path, mapping))[0] == fault


def test_the_mapping_that_is_written_out_for_people_is_sound(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    text = (REPOSITORY / "docs" / "checking-event-logs.md").read_text(encoding="utf-8")
    mapping = text.partition("```toml\n")[2].partition("```")[0]
    file = write(tmp_path, "csv", *ROWS)
    assert {rule for *_, rule in faults(fundtrail, file, mapped(tmp_path, mapping))} == {
        "log_column_missing"
    }


def test_a_file_that_is_not_there_or_of_another_kind_is_named(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    mapping = mapped(tmp_path)
    for name in ("none.xes", "none.xes.gz", "none.csv", "none.json"):
        assert faults(fundtrail, tmp_path / name, mapping) == [(0, "file", "file_unreadable")]
    assert faults(fundtrail, tmp_path / "log.xls", mapping) == [(0, "file", "log_ending")]
    (tmp_path / "folder.xes").mkdir()
    assert faults(fundtrail, tmp_path / "folder.xes", mapping)[0][2] == "file_unreadable"
    assert faults(fundtrail, tmp_path / "none.xes", tmp_path / "none.toml") == [
        (0, "file", "file_unreadable")
    ]

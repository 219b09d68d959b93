"""Forms: what a command says can be typed, and what was typed is never lost."""

from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from api.shapes import read_command
from api.v1 import (
    delegations,
    findings,
    funds,
    grants,
    orders,
    organisations,
    overrides,
    panels,
    policies,
    proposals,
    reviews,
    rounds,
    tranches,
)
from api.web.controls import read, write
from api.web.typed import compact
from application.handlers import HANDLERS

SHANGHAI = ZoneInfo("Asia/Shanghai")
EXAMPLES = {
    (noun, verb): body
    for noun, module in {
        "finding": findings,
        "fund": funds,
        "grant": grants,
        "delegation": delegations,
        "order": orders,
        "organisation": organisations,
        "override": overrides,
        "panel": panels,
        "policy": policies,
        "proposal": proposals,
        "review": reviews,
        "round": rounds,
        "tranche": tranches,
    }.items()
    for verb, body in module.EXAMPLES.items()
}


@pytest.mark.parametrize(("noun", "verb"), EXAMPLES)
def test_a_form_says_everything_that_a_command_says(noun: str, verb: str) -> None:
    command_type, _ = HANDLERS[noun][verb]
    command, _ = read_command(command_type, EXAMPLES[noun, verb], currency="CNY")

    typed = write(command_type, msgspec.to_builtins(command), "CNY", SHANGHAI)
    again, _ = read_command(command_type, read(command_type, typed, SHANGHAI), currency="CNY")

    assert again == command


def test_blank_rows_are_left_out_and_the_others_keep_their_order() -> None:
    command_type, _ = HANDLERS["proposal"]["edit"]
    typed = {
        "budget.0.line": [""],
        "budget.0.amount": [" "],
        "budget.2.line": ["活动费"],
        "budget.2.amount": ["1"],
        "budget.7.line": ["管理费"],
        "budget.7.amount": ["2"],
    }

    lines = read(command_type, compact(command_type, typed), SHANGHAI)["budget"]

    assert lines == [{"line": "活动费", "amount": "1"}, {"line": "管理费", "amount": "2"}]


@pytest.mark.parametrize(
    ("text", "minor"), [("85,000.50", 8_500_050), ("８５０", 85_000), (" 12 ", 1_200)]
)
def test_amounts_are_read_as_people_write_them(text: str, minor: int) -> None:
    command_type, _ = HANDLERS["proposal"]["propose-award"]

    value: Any = read(command_type, {"amount": [text]}, SHANGHAI)
    command, _ = read_command(command_type, value, currency="CNY")

    assert command.amount_minor == minor


@pytest.mark.parametrize(("text", "milli"), [("85", 85_000), ("85.5", 85_500), ("0.001", 1)])
def test_points_are_typed_as_points(text: str, milli: int) -> None:
    command_type, _ = HANDLERS["grant"]["record-midterm"]

    assert read(command_type, {"score_milli": [text]}, SHANGHAI) == {"score_milli": milli}

"""Sheets and objects with a fault: each is told with file, row and field, in two languages."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import CommandLine
from tests.data.logged import ROWS, faults, mapped, objects, sheet

LINES = sheet(*ROWS).splitlines()
SHEETS: dict[str, tuple[bytes, tuple[int, str, str]]] = {
    "a column that is missing": (
        "\n".join([LINES[0].replace("sum", "total"), *LINES[1:]]).encode(),
        (1, "sum", "log_column_missing"),
    ),
    "no column of the case": (
        "\n".join([LINES[0].replace("case:", ""), *LINES[1:]]).encode(),
        (1, "file", "header_repeated"),
    ),
    "no column of the activity": (
        "\n".join([LINES[0].replace(",concept:name", ",event"), *LINES[1:]]).encode(),
        (1, "concept:name", "log_column_missing"),
    ),
    "a case without a name": (
        "\n".join([*LINES[:2], LINES[2][1:], *LINES[3:]]).encode(),
        (3, "case:concept:name", "missing"),
    ),
    "a time that is missing": (
        "\n".join([*LINES[:2], "甲,seen,,1,desk"]).encode(),
        (3, "time:timestamp", "missing"),
    ),
    "a quote that is never closed": (b'case:concept:name,concept:name\n"a,b\n',
                                     (2, "file", "csv_broken")),
    "an encoding of nobody": (b"\xff\xff\xff", (0, "file", "log_encoding")),
    "blanks": (b" \n ", (0, "file", "file_empty")),
    "only a header": (LINES[0].encode(), (0, "file", "no_cases")),
    "a cell of a million letters": (
        "\n".join([LINES[0], "x" * 1_000_000]).encode(),
        (2, "file", "csv_broken"),
    ),
    "more cells than columns": (
        "\n".join([*LINES[:2], LINES[2] + ",more"]).encode(),
        (3, "row", "cells_beyond_header"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "fault"), SHEETS.values(), ids=SHEETS)
def test_a_sheet_that_cannot_be_read_is_refused_with_file_row_and_field(
    fundtrail: CommandLine, tmp_path: Path, content: bytes, fault: tuple[int, str, str]
) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(content)
    assert faults(fundtrail, file, mapped(tmp_path))[0] == fault


def set_event(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda log: log["events"][1].update(values)


OBJECTS: dict[str, tuple[Callable[[dict[str, Any]], object], tuple[int, str, str]]] = {
    "no events": (lambda log: log.pop("events"), (0, "file", "log_unfit")),
    "objects that are no list": (lambda log: log.update(objects={}), (0, "objects", "log_unfit")),
    "an event without a time": (lambda log: log["events"][1].pop("time"),
                                (2, "events", "log_unfit")),
    "a type that is no text": (set_event(type=7), (2, "events.type", "log_unfit")),
    "a time that is none": (set_event(time="soon"), (2, "time", "moment_unfit")),
    "an id that stands there twice": (set_event(id="e0"), (2, "events.id", "object_repeated")),
    "an object that is not there": (
        set_event(relationships=[{"objectId": "丙", "qualifier": ""}]),
        (2, "relationships", "object_unknown"),
    ),
    "several types and no word which": (
        lambda log: log["objectTypes"].append({"name": "desk", "attributes": []}),
        (0, "attributes.case", "object_type_needed"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "fault"), OBJECTS.values(), ids=OBJECTS)
def test_objects_that_cannot_be_read_are_refused_with_file_row_and_field(
    fundtrail: CommandLine,
    tmp_path: Path,
    change: Callable[[dict[str, Any]], object],
    fault: tuple[int, str, str],
) -> None:
    log, file = objects(*ROWS), tmp_path / "log.json"
    change(log)
    file.write_text(json.dumps(log))
    assert faults(fundtrail, file, mapped(tmp_path))[0] == fault


@pytest.mark.parametrize("text", ['{"events": [\n{', "[" * 100_000, '"\ud800"', "{}x"])
def test_json_that_is_broken_is_refused(fundtrail: CommandLine, tmp_path: Path, text: str) -> None:
    file = tmp_path / "log.json"
    file.write_text(text, encoding="utf-8", errors="surrogatepass")
    ((_, _, rule),) = faults(fundtrail, file, mapped(tmp_path))
    assert rule in ("json_broken", "log_unfit")

"""Logs with a fault, some of ill will: each is told with file, row and field, in two languages."""

import gzip
import random
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import pytest

from infrastructure.imports.logs import check_log, read_log_mapping, telling
from infrastructure.imports.logs import xes as reader
from infrastructure.imports.threesixty.faults import UnreadableFile
from tests.commandline import CommandLine
from tests.data.logged import ROWS, faults, mapped, write, xes


def changed(old: str, new: str) -> str:
    text = xes(*ROWS)
    assert old in text
    return text.replace(old, new, 1)


NESTED = (
    '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {n} "{f"&{m};" * 10}">' for m, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + ']><log><trace><string key="concept:name" value="&i;"/></trace></log>'
)
ACTIVITY = '<string key="concept:name" value="asked"/>'

UNFIT: dict[str, tuple[str, tuple[int, str, str]]] = {
    "an empty file": ("", (0, "file", "file_empty")),
    "no XML": ("case,activity\n1,a\n", (1, "file", "xml_broken")),
    "XML that breaks off": (xes(*ROWS)[:-40], (55, "file", "xml_broken")),
    "XML of something else": ('<?xml version="1.0"?>\n<html/>', (2, "file", "not_a_log")),
    "an encoding that is unknown": (
        '<?xml version="1.0" encoding="gb18030"?><log/>',
        (1, "file", "xml_broken"),
    ),
    "a bomb of nested entities": (NESTED, (1, "file", "xml_doctype")),
    "an entity from a file": (
        '<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]><log>&x;</log>',
        (1, "file", "xml_doctype"),
    ),
    "a log without cases": ("<log></log>", (0, "file", "no_cases")),
    "an event without a case": (
        changed("<trace>", "<event/>\n<trace>"),
        (4, "event", "event_without_case"),
    ),
    "a case without a name": (
        changed('<string key="concept:name" value="甲"/>', ""),
        (4, "concept:name", "missing"),
    ),
    "a case that stands there twice": (
        changed('value="乙"', 'value="甲"'),
        (37, "concept:name", "case_repeated"),
    ),
    "an event without an activity": (changed(ACTIVITY, ""), (6, "concept:name", "missing")),
    "an attribute twice": (
        changed(ACTIVITY, ACTIVITY * 2),
        (7, "concept:name", "attribute_repeated"),
    ),
    "an activity that is not mapped": (
        changed('value="asked"', 'value="bribed"'),
        (6, "concept:name", "activity_unmapped"),
    ),
    "an activity of a million letters": (
        changed('value="asked"', f'value="{"x" * 1_000_000}"'),
        (7, "concept:name", "log_text_too_long"),
    ),
    "a time that no day has": (
        changed("2024-01-01T09", "2024-02-30T09"),
        (8, "time:timestamp", "moment_unfit"),
    ),
    "a number that is none": (changed('key="sum" value="10.005"', 'key="sum" value="ten"'),
                              (9, "sum", "typed_unfit")),
    "no finite number": (changed('key="sum" value="10.005"', 'key="sum" value="INF"'),
                         (6, "sum", "amount_expected")),
    "a number that would fill the memory": (
        changed('key="sum" value="10.005"', 'key="sum" value="1e999"'),
        (6, "sum", "amount_too_large"),
    ),
    "a negative amount": (changed('key="sum" value="10.005"', 'key="sum" value="-1"'),
                          (6, "sum", "amount_negative")),
    "two amounts of one case": (
        changed('key="sum" value="10.005"', 'key="sum" value="10.006"'),
        (12, "sum", "log_amount_differs"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), UNFIT.values(), ids=UNFIT)
def test_a_log_that_cannot_be_read_is_refused_with_file_row_and_field(
    fundtrail: CommandLine, tmp_path: Path, text: str, fault: tuple[int, str, str]
) -> None:
    file = tmp_path / "log.xes"
    file.write_text(text, encoding="utf-8")
    found = faults(fundtrail, file, mapped(tmp_path))
    assert found[0] == fault


def test_a_long_attribute_that_is_not_read_hinders_nobody(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "log.xes"
    long = f'<string key="remark" value="{"x" * 1_000_000}"/>'
    file.write_text(changed(ACTIVITY, ACTIVITY + long), encoding="utf-8")
    command = ("check", "event-log", file, "--mapping", mapped(tmp_path))
    assert fundtrail.answer(*command, code=1)["accepted"] == 1


def test_a_packed_log_that_breaks_off_or_is_not_packed_is_refused(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    file, mapping = write(tmp_path, "xes.gz", *ROWS), mapped(tmp_path)
    whole = file.read_bytes()
    for content in (whole[:-9], whole[:40], b"<log/>", whole[:-6] + b"\0" + whole[-5:]):
        file.write_bytes(content)
        assert faults(fundtrail, file, mapping) == [(0, "file", "gz_broken")]


def test_a_bomb_is_unpacked_only_up_to_the_limit(fundtrail: CommandLine, tmp_path: Path) -> None:
    file, mapping = tmp_path / "log.xes.gz", mapped(tmp_path)
    with patch.object(reader, "LARGEST_LOG_BYTES", 2**21):
        file.write_bytes(gzip.compress(b"<log>" + b" " * 2**22))
        assert faults(fundtrail, file, mapping) == [(0, "file", "gz_too_large")]
    with patch.object(reader, "LARGEST_TAG_BYTES", 2**20):
        file.write_bytes(gzip.compress(b'<log><string key="' + b"x" * 2**22))
        assert faults(fundtrail, file, mapping) == [(1, "file", "xml_part_too_large")]
    with patch.object(reader, "MOST_EVENTS", 1_000):
        file.write_bytes(gzip.compress(b"<log><trace>\n" + b"<event/>\n" * 10_000))
        assert faults(fundtrail, file, mapping) == [(1_002, "file", "case_too_large")]
    with patch.object(telling, "MOST_CASES", 1):
        file.write_bytes(gzip.compress(xes(*ROWS).encode()))
        assert faults(fundtrail, file, mapping) == [(37, "file", "log_too_large")]


def test_every_fault_of_a_log_is_told_at_once_and_no_more_than_a_hundred(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    file, mapping = tmp_path / "log.xes", mapped(tmp_path)
    text = changed('value="asked"', 'value="bribed"').replace('value="paid"', 'value="lost"')
    file.write_text(text, encoding="utf-8")
    assert [(row, rule) for row, _, rule in faults(fundtrail, file, mapping)] == [
        (6, "activity_unmapped"),
        (30, "activity_unmapped"),
    ]
    file.write_text("<log>" + "<event/>\n" * 5_000 + "</log>")
    assert len(faults(fundtrail, file, mapping)) == 100


DAMAGE = (b"", b"\0", b'"', b"<", b"&", b"\xff", b"1e999999999", b"null", b"[", b"\n", b"<event>")


@pytest.mark.parametrize("form", ["xes", "xes.gz", "csv", "json"])
def test_no_damage_to_a_file_ends_in_anything_but_an_answer(tmp_path: Path, form: str) -> None:
    chance, mapping = random.Random(form), read_log_mapping(mapped(tmp_path))
    file = write(tmp_path, form, *ROWS)
    whole, answers = file.read_bytes(), Counter[str]()
    for _ in range(150):
        at, damage = chance.randrange(len(whole)), chance.choice(DAMAGE)
        file.write_bytes(whole[:at] + damage + whole[at + chance.randrange(9) :])
        try:
            check_log(file, mapping, lambda done, total: None)
            answers["judged"] += 1
        except UnreadableFile as unfit:
            answers[unfit.faults[0].rule] += 1
    assert len(answers) > 1 or form == "xes.gz"


def test_names_from_a_log_cannot_write_on_the_terminal(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    rows = [row._replace(case="x\x1b[2J\ny") for row in ROWS[5:]]
    file = write(tmp_path, "csv", *rows)
    assert fundtrail("check", "event-log", file, "--mapping", mapped(tmp_path)) == 1
    assert "x\\u001b[2J\\u000ay, event 3 “signed” (row 4), T4.stage: " in fundtrail.out

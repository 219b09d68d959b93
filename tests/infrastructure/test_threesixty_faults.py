"""What keeps a 360Giving file in JSON from being imported, and how that is told."""

import json
import string
from pathlib import Path
from typing import Any

import pytest

from infrastructure.imports.threesixty import read_360giving
from infrastructure.imports.threesixty.messages import MESSAGES
from tests.infrastructure.threesixty import (
    GRANT,
    SHANGHAI,
    read_bytes,
    read_grant,
    read_grants,
    told,
)

ORGANISATION = {"id": "GB-CHC-1", "name": "Neighbours"}


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        *(({key: ...}, key, "missing") for key in ("id", "title", "description", "currency")),
        ({"awardDate": ...}, "awardDate", "missing"),
        ({"title": ""}, "title", "missing"),
        ({"description": None}, "description", "missing"),
        ({"id": 7}, "id", "text_expected"),
        ({"id": "a\nb"}, "id", "line_expected"),
        ({"id": "a" * 256}, "id", "text_too_long"),
        ({"id": "a\0b"}, "id", "text_unclean"),
        ({"title": "a\ud800"}, "title", "text_unclean"),
        ({"title": "a\x1b[2J"}, "title", "text_unclean"),
        ({"Notes": {"by": ["\ufffe"]}}, "Notes/by/0", "text_unclean"),
        ({"\0": 1}, "\\u0000", "text_unclean"),
        ({"title": ["a"]}, "title", "text_expected"),
        ({"recipientOrganization": ORGANISATION}, "recipientOrganization", "list_expected"),
        ({"recipientOrganization": ["x"]}, "recipientOrganization/0", "object_expected"),
        ({"grantProgramme": "Elders"}, "grantProgramme", "list_expected"),
        ({"beneficiaryLocation": {"name": "Leeds"}}, "beneficiaryLocation", "list_expected"),
        ({"plannedDates": [{"duration": -1}]}, "plannedDates/0/duration", "months_unfit"),
        ({"plannedDates": [{"duration": "12 months"}]}, "plannedDates/0/duration", "months_unfit"),
        ({"amountAppliedFor": "some"}, "amountAppliedFor", "amount_expected"),
        (
            {"recipientIndividual": {"id": "1", "name": "A. Person"}},
            "recipientIndividual",
            "individual",
        ),
        ({"Notes": "a" * 50_000}, "row", "row_too_large"),
        (
            {"disbursementTransaction": [{"currency": "USD"}]},
            "disbursementTransaction/0/currency",
            "payment_currency",
        ),
        (
            {"disbursementTransaction": [{"value": 1501, "transactionDate": "2021-01-05"}]},
            "disbursementTransaction",
            "payments_above_award",
        ),
    ],
)
def test_one_fault_for_one_field(
    tmp_path: Path, changes: dict[str, Any], field: str, rule: str
) -> None:
    result = read_grant(tmp_path, **changes)

    assert (1, field, rule) in told(result)
    assert len([fault for fault in result.faults if fault.field == field]) == 1
    assert result.rows == ()


def test_an_individual_is_told_once_and_not_by_name(tmp_path: Path) -> None:
    person = {"id": "1", "name": "A. Person"}
    result = read_grant(tmp_path, recipientOrganization=..., recipientIndividual=person)

    assert told(result) == {(1, "recipientIndividual", "individual")}
    assert "A. Person" not in repr(result.faults)


def test_every_fault_is_told(tmp_path: Path) -> None:
    result = read_grants(tmp_path, GRANT, {}, 7, GRANT, {"id": "b", "title": 1})

    assert {fault.row for fault in result.faults} == {2, 3, 4, 5}
    assert len([fault for fault in result.faults if fault.row == 2]) == 10
    assert (3, "row", "object_expected") in told(result)
    (repeated,) = [fault for fault in result.faults if fault.row == 4]
    assert repeated.message_en == ('The grant "360G-example-1" stands in row 1 and again in row 4.')
    assert result.stated == 5


def test_a_key_that_stands_twice_is_no_answer(tmp_path: Path) -> None:
    text = json.dumps({"grants": [GRANT]}).replace('"title":', '"title": "First", "title":', 1)

    result = read_bytes(tmp_path, "grants.json", text.encode())

    assert told(result) == {(1, "title", "key_repeated")}


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("grants.json", b"", "file_empty"),
        ("grants.json", b" \n", "file_empty"),
        ("grants.json", b'{"grants": [', "json_broken"),
        ("grants.json", b"[]", "no_grants_list"),
        ("grants.json", b'{"grants": {}}', "no_grants_list"),
        ("grants.json", b'{"grants": []}', "no_grants"),
        ("grants.json", b'{"grants": [], "grants": [1]}', "key_repeated"),
        ("grants.json", b'{"grants": ["\xff"]}', "not_utf8"),
        ("grants.json", b"[" * 200_000, "json_too_deep"),
        ("grants.xml", b"<grants/>", "file_ending"),
        ("grants", b"{}", "file_ending"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, rule: str) -> None:
    result = read_bytes(tmp_path, name, data)

    assert [(fault.row, fault.case, fault.rule) for fault in result.faults] == [(0, "", rule)]
    assert result.rows == ()


def test_broken_json_is_told_by_line_and_column(tmp_path: Path) -> None:
    (fault,) = read_bytes(tmp_path, "grants.json", b'{"grants": [\n {"id": }').faults

    assert "line 2, column 9" in fault.message_en
    assert "第 2 行第 9 列" in fault.message_zh


@pytest.mark.parametrize("name", ["absent.json", "folder.json", "nul\0.json"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.json").mkdir()

    result = read_360giving(str(tmp_path / name), zone=SHANGHAI)

    assert [fault.rule for fault in result.faults] == ["file_unreadable"]
    assert result.sha256 == ""


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "grants.json"
    with file.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024 + 1)

    result = read_360giving(file, zone=SHANGHAI)

    assert [fault.rule for fault in result.faults] == ["file_too_large"]


@pytest.mark.parametrize("rule", MESSAGES)
def test_both_languages_tell_the_same_details(rule: str) -> None:
    english, chinese = (
        {name for _, name, _, _ in string.Formatter().parse(message) if name}
        for message in MESSAGES[rule]
    )

    assert english == chinese

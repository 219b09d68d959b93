"""Mappings that do not fit, and lists with a fault: each is told with file, row and field."""

from pathlib import Path
from typing import Any

import pytest

from tests.commandline import CHINESE, content, migrated
from tests.data.mapped import MAPPING, ROW, take, write


def without(line: str) -> str:
    return MAPPING.replace(line, "")


def other(old: str, new: str) -> str:
    assert old in MAPPING
    return MAPPING.replace(old, new)


UNFIT: dict[str, tuple[str, int, str]] = {
    "malformed TOML": (
        other("[status]", "[status"),
        MAPPING[: MAPPING.index("[status]")].count("\n") + 1,
        "file",
    ),
    "an unknown key": (other("asked =", "askd ="), 0, "fields"),
    "a missing key": (without('title = "{title}"\n'), 0, "fields"),
    "a number for a text": (other('"{title}"', "7"), 0, "fields.title"),
    "a text for a number": (other("DOT = 4", 'DOT = "4"'), 0, "currency.units[...]"),
    "too many digits": (other("DOT = 4", "DOT = 13"), 0, "currency.units[...]"),
    "a currency as a unit": (other("DOT = 4", "EUR = 4"), 0, "currency.units"),
    "a unit in small letters": (other("DOT = 4", "dot = 4"), 0, "currency.units"),
    "a separator of two signs": (
        other('thousands = "."', 'thousands = ", "'),
        0,
        "format.thousands",
    ),
    "a brace alone": (other('"{title}"', '"{title"'), 0, "fields.title"),
    "a date format without a day": (other("%d.%m.%Y", "%m.%Y"), 0, "format.date"),
    "one sign for two things": (other('thousands = "."', 'thousands = ","'), 0, "format.thousands"),
    "no day of the award and none of the list": (
        without('awarded_on = "{on}"\n').replace("as_of = 2024-12-31\n", ""),
        0,
        "as_of",
    ),
    "a column that no row has": (other("{programme}", "{program}"), 0, "program"),
    "a column that is left out": (other('"{title}"', '"{contact}"'), 0, "fields.title"),
    "a day with a time": (other("as_of = 2024-12-31", "as_of = 2024-12-31T01:00:00"), 0, "as_of"),
    "no list there": (f'{MAPPING}\n[rows]\npath = "grants"\n', 0, "rows.path"),
}


@pytest.mark.parametrize(("mapping", "row", "field"), UNFIT.values(), ids=UNFIT)
def test_a_mapping_that_does_not_fit_is_refused_with_its_place(
    sqlite_url: str, tmp_path: Path, mapping: str, row: int, field: str
) -> None:
    fundtrail = migrated(sqlite_url)
    before = content(sqlite_url)
    file = write(tmp_path, ROW, mapping=mapping)

    (refusal,) = take(fundtrail, file, code=2)["refusals"]

    assert (refusal["row"], refusal["field"]) == (row, field), refusal
    for language in ("en_GB.UTF-8", CHINESE):
        at = tmp_path / "map.toml"
        assert fundtrail("import", "history", file, "--mapping", at, language=language) == 2
        assert field in fundtrail.err
        assert str(tmp_path) in fundtrail.err
    assert content(sqlite_url) == before


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "a negative amount": ({"sum": "-1,00"}, "sum"),
    "more digits than the currency has": ({"sum": "1,001"}, "sum"),
    "a number written otherwise": ({"sum": "1,234.50"}, "sum"),
    "a list for a number": ({"sum": [1]}, "sum"),
    "an amount too large": ({"sum": "99999999999999999,00"}, "sum"),
    "a unit without digits": ({"currency": "ETH"}, "currency"),
    "a day that no month has": ({"on": "31.02.2023"}, "on"),
    "a day in the year 1": ({"on": "01.01.0001"}, "on"),
    "a word that means nothing": ({"state": "lost"}, "state"),
    "no recipient": ({"to": {"id": "r-1", "name": "k. A."}}, "to/name"),
    "payments above the award": ({"payments": [{"sum": 2000, "day": "01.04.2023"}]}, "sum"),
    "a payment that is no number": ({"payments": [{"sum": "x", "day": "01.04.2023"}]}, "sum"),
    "payments that are no list": ({"payments": 5}, "payments"),
    "an identifier twice": ({"no": 7}, "no"),
    "a control character": ({"title": "a\x07b"}, "title"),
}


@pytest.mark.parametrize(("change", "field"), FAULTS.values(), ids=FAULTS)
def test_a_row_at_fault_is_told_by_row_and_field(
    sqlite_url: str, tmp_path: Path, change: dict[str, Any], field: str
) -> None:
    fundtrail = migrated(sqlite_url)
    before = content(sqlite_url)
    answer = take(fundtrail, write(tmp_path, ROW, {**ROW, "no": 8, **change}), code=2)
    assert [(r["row"], r["field"]) for r in answer["refusals"]] == [(2, field)]
    assert content(sqlite_url) == before


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"on": "01.01.2099", "payments": [], "milestones": []}, "I2.past"),
        ({"payments": [{"sum": 1, "day": "01.01.2099"}]}, "I3.past"),
        ({"milestones": [{"name": "a", "state": "b", "done": "01.01.2099"}]}, "I4.past"),
    ],
)
def test_what_has_not_happened_yet_is_refused(
    sqlite_url: str, tmp_path: Path, change: dict[str, Any], rule: str
) -> None:
    fundtrail = migrated(sqlite_url)
    answer = take(fundtrail, write(tmp_path, {**ROW, **change}), code=1)
    assert [refusal["rule"] for refusal in answer["refusals"]] == [rule]


SHEETS: dict[str, tuple[str, int, str]] = {
    "a column twice": ("no,no\n1,2\n", 1, "file"),
    "no rows": ("no,title\n", 0, "file"),
    "an open quote": ('no,title\n1,"a\n', 0, "file"),
    "more cells than columns": ("no,sum\n1,2,3\n", 2, "row"),
}
SHEET = """
name = "sheet"
as_of = 2024-12-31
currency = { code = "EUR" }

[fields]
id = "sheet:{no}"
title = "A grant"
recipient_id = "r"
recipient_name = "R"
funder_id = "f"
funder_name = "F"
awarded = "2"
"""


@pytest.mark.parametrize(("text", "row", "field"), SHEETS.values(), ids=SHEETS)
def test_a_broken_sheet_is_refused(
    sqlite_url: str, tmp_path: Path, text: str, row: int, field: str
) -> None:
    fundtrail = migrated(sqlite_url)
    write(tmp_path, mapping=SHEET)
    file = tmp_path / "list.csv"
    file.write_text(text)
    (refusal,) = take(fundtrail, file, code=2)["refusals"]
    assert (refusal["row"], refusal["field"]) == (row, field)


def test_a_file_of_another_ending_and_no_mapping_are_wrong_usage(
    sqlite_url: str, tmp_path: Path
) -> None:
    fundtrail = migrated(sqlite_url)
    write(tmp_path, mapping=SHEET)
    (refusal,) = take(fundtrail, tmp_path / "list.xml", code=2)["refusals"]
    assert refusal["rule"] == "list_ending"
    (refusal,) = take(fundtrail, tmp_path / "none.csv", code=2)["refusals"]
    assert refusal["rule"] == "file_unreadable"
    assert fundtrail("import", "history", tmp_path / "list.json") == 2
    absent = tmp_path / "none.toml"
    assert fundtrail("import", "history", tmp_path / "list.json", "--mapping", absent) == 2
    assert f"{absent}" in fundtrail.err

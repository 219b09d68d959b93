"""Mappings of our own making: what each way of writing a list comes to, and what is refused."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import CHINESE, CommandLine, Stored, content, migrated

MAPPING = """
name = "example"
as_of = 2024-12-31
leave_out = ["contact"]

[format]
date = "%d.%m.%Y"
decimal = ","
thousands = "."
missing = ["k. A."]

[currency]
code = "{currency}"
units = { DOT = 4 }

[fields]
id = "example:{no}"
title = "{title}"
recipient_id = "{to/id}"
recipient_name = "{to/name}"
funder_id = "funder"
funder_name = "The Funder"
programme = "{programme}"
awarded = "{sum}"
awarded_on = "{on}"
asked = "{asked}"

[status]
says = "{state}"
awarded = ["paid", "closed"]
not_awarded = ["refused", ""]

[[payments]]
each = "{payments}"
amount = "{sum}"
on = "{day}"

[[outcomes]]
says = "{state}"

[[outcomes]]
each = "{milestones}"
says = "{name}: {state}"
amount = "{cost}"
on = "{done}"
"""

ROW: dict[str, Any] = {
    "no": 7,
    "title": "A well",
    "to": {"id": "r-1", "name": "Well Diggers"},
    "programme": "Water",
    "currency": "EUR",
    "sum": "1.234,50",
    "on": "05.03.2023",
    "asked": "k. A.",
    "state": "paid",
    "contact": "Erika Mustermann",
    "payments": [{"sum": "1.000", "day": "01.04.2023"}, {"sum": "234,50", "day": "k. A."}],
    "milestones": [
        {"name": "drilled", "state": "done", "cost": "800,00", "done": "01.05.2023"},
        {"name": "tested", "state": "k. A.", "cost": "50,00"},
        {"name": "handed over", "state": "open"},
    ],
}


def write(
    folder: Path, *rows: dict[str, Any], mapping: str = MAPPING, ending: str = "json"
) -> Path:
    (folder / "map.toml").write_text(mapping)
    file = folder / f"list.{ending}"
    if ending == "jsonl":
        file.write_text("".join(json.dumps(row) + "\n\n" for row in rows))
    else:
        file.write_text(json.dumps(rows))
    return file


def take(fundtrail: CommandLine, file: Path, code: int = 0) -> Any:
    mapping = file.with_name("map.toml")
    return fundtrail.answer("import", "history", file, "--mapping", mapping, code=code)


@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_nested_payments_and_milestones_are_taken_as_the_row_states_them(
    sqlite_url: str, tmp_path: Path, ending: str
) -> None:
    fundtrail = migrated(sqlite_url)
    assert take(fundtrail, write(tmp_path, ROW, ending=ending))["accepted"] == 1

    stored = Stored(sqlite_url)
    (grant,) = stored.events("grant.imported")
    assert (grant.event.no, grant.event.amount_minor) == ("example:7", 123_450)
    assert (grant.event.currency, grant.event.awarded_on) == ("EUR", date(2023, 3, 5))
    (payment,) = stored.events("grant.payment_imported")
    assert (payment.event.amount_minor, payment.event.paid_on) == (100_000, date(2023, 4, 1))
    outcomes = [record.event for record in stored.events("grant.outcome_imported")]
    assert [(o.outcome, o.amount_minor, o.on) for o in outcomes] == [
        ("drilled: done", 80_000, date(2023, 5, 1)),
        ("paid", None, None),
        ("handed over: open", None, None),
    ]
    (proposal,) = stored.events("proposal.imported")
    assert proposal.event.asked_minor is None
    assert not any("Mustermann" in line.decode() for line in stored.lines)
    assert {a["account"]: a["balance_minor"] for a in fundtrail.answer("balances")["accounts"]} == {
        "history.awarded": 123_450 - 100_000,
        "history.paid": 100_000,
        "history.unknown_source": -123_450,
    }
    assert fundtrail.answer("verify")["faults"] == []


def test_a_row_without_an_award_is_a_proposal_with_its_word(
    sqlite_url: str, tmp_path: Path
) -> None:
    refused = {**ROW, "no": 8, "state": "refused", "sum": "k. A.", "asked": "20,5"}
    silent = {**ROW, "no": 9, "state": "k. A."}
    fundtrail = migrated(sqlite_url)
    file = write(tmp_path, ROW, refused, silent)
    assert take(fundtrail, file)["accepted"] == 3

    found = [r.event for r in Stored(sqlite_url).events("proposal.history_imported")]
    assert [(event.outcome, event.asked_minor) for event in found] == [
        ("refused", 2_050),
        ("", None),
    ]
    assert fundtrail.answer("replay")["stages"]["proposals"] == {"awarded": 1, "historical": 2}
    assert take(fundtrail, file)["events"] == 0
    changed = write(tmp_path, ROW, {**refused, "state": "paid", "sum": "1.235"}, silent)
    (refusal,) = take(fundtrail, changed, code=1)["refusals"]
    assert (refusal["row"], refusal["case"], refusal["field"]) == (2, "example:8", "sum, state")


def test_a_unit_keeps_its_own_digits_and_never_meets_a_currency(
    sqlite_url: str, tmp_path: Path
) -> None:
    tokens = {"currency": "DOT", "sum": "0,0123", "payments": [], "milestones": []}
    fundtrail = migrated(sqlite_url)
    take(fundtrail, write(tmp_path, ROW, {**ROW, "no": 8, **tokens}))

    found = {a["currency"]: a["debit_minor"] for a in fundtrail.answer("balances")["accounts"]}
    assert found.keys() == {"EUR", "DOT:4"}
    assert fundtrail.answer("replay")["stages"]["funds"] == {"historical": 2}
    assert fundtrail("balances") == 0
    assert "0.0123" in fundtrail.out


def test_a_dated_award_in_a_currency_goes_out_in_the_standard(
    sqlite_url: str, tmp_path: Path
) -> None:
    fundtrail = migrated(sqlite_url)
    take(fundtrail, write(tmp_path, ROW))
    file = tmp_path / "out.json"
    assert fundtrail.answer("export", "360giving", "-o", file)["count"] == 1
    (grant,) = json.loads(file.read_text())["grants"]
    assert (grant["id"], grant["amountAwarded"], grant["awardDate"]) == (
        "example:7",
        1234.5,
        "2023-03-05",
    )
    assert grant["recipientOrganization"] == [{"id": "r-1", "name": "Well Diggers"}]
    elsewhere = migrated(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert elsewhere.imported(file)["accepted"] == 1


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

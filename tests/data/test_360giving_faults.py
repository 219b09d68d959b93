"""Files that are not imported, and rows of our own making: what each comes to in the database."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.commandline import CHINESE, CommandLine, Stored, content, migrated
from tests.infrastructure.threesixty import CELLS, GRANT, HEADER

Write = Callable[[Path], Path]


def text(ending: str, written: str) -> Write:
    def write(folder: Path) -> Path:
        file = folder / f"broken.{ending}"
        file.write_text(written)
        return file

    return write


def grants(*changes: dict[str, Any]) -> Write:
    """A JSON file of sound grants, each with some fields changed."""
    return text("json", json.dumps({"grants": [{**GRANT, **change} for change in changes]}))


def workbook_without_currency(folder: Path) -> Path:
    file = folder / "broken.xlsx"
    with xlsxwriter.Workbook(str(file)) as workbook:
        sheet = workbook.add_worksheet("grants")
        for number, row in enumerate((HEADER, CELLS)):
            sheet.write_row(number, 0, row[:3] + row[4:])
    return file


BROKEN = {
    "no such file": (lambda folder: folder / "none.json", 0, "file"),
    "another ending": (text("txt", "{}"), 0, "file"),
    "an empty file": (text("json", ""), 0, "file"),
    "an empty sheet": (text("csv", ""), 0, "file"),
    "truncated JSON": (text("json", json.dumps({"grants": [GRANT]})[:-30]), 0, "file"),
    "no grants": (text("json", '{"grants": []}'), 0, "grants"),
    "a missing column": (workbook_without_currency, 1, "Currency"),
    "a line of 10 MB": (grants({}, {"id": "2", "description": "a" * 10_000_000}), 2, "row"),
    "a row of quotes": (grants({"description": '"' * 16_000}), 1, "row"),
    "a grant twice": (grants({}, {"id": "2"}, {}), 3, "id"),
    "a negative amount": (grants({}, {"id": "2", "amountAwarded": -1}), 2, "amountAwarded"),
    "no number": (grants({"amountAwarded": float("nan")}), 1, "amountAwarded"),
    "0.001 pence too much": (grants({"amountAwarded": 1500.50001}), 1, "amountAwarded"),
    "a date in year 0": (grants({"awardDate": "0000-01-01"}), 1, "awardDate"),
    "no title": (grants({"title": " "}), 1, "title"),
}


@pytest.mark.parametrize(("write", "row", "field"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_changes_nothing(
    sqlite_url: str, tmp_path: Path, write: Write, row: int, field: str
) -> None:
    fundtrail = migrated(sqlite_url)
    file = write(tmp_path)
    before = content(sqlite_url)

    answer = fundtrail.answer("import", "360giving", file, code=2)
    (refusal,) = answer["refusals"]
    assert (refusal["row"], refusal["field"]) == (row, field)
    assert (answer["accepted"], answer["refused"], answer["events"]) == (0, 1, 0)

    assert fundtrail("import", "360giving", file) == 2
    assert str(file) in fundtrail.err
    assert field in fundtrail.err
    assert f"row {row}" in fundtrail.err or not row

    assert fundtrail("import", "360giving", file, language=CHINESE) == 2
    assert "数据库未改动" in fundtrail.err
    assert field in fundtrail.err
    assert content(sqlite_url) == before


def test_a_file_that_cannot_be_read_needs_no_database(sqlite_url: str, tmp_path: Path) -> None:
    fundtrail = CommandLine(sqlite_url)

    assert fundtrail("import", "360giving", text("json", "")(tmp_path)) == 2
    assert list(tmp_path.glob("*.db*")) == []


def imported(url: str, folder: Path, *changes: dict[str, Any]) -> CommandLine:
    fundtrail = migrated(url)
    fundtrail.imported(grants(*changes)(folder))
    assert fundtrail.answer("verify")["faults"] == []
    return fundtrail


def test_a_payment_is_recorded_where_the_file_states_its_day(
    database_url: str, tmp_path: Path
) -> None:
    later = {"transactionDate": "2021-06-30", "value": 300}
    paid = [later, *GRANT["disbursementTransaction"], {"value": 20}]
    fundtrail = imported(database_url, tmp_path, {"disbursementTransaction": paid})

    first, second = Stored(database_url).events("grant.payment_imported")
    assert (first.event.amount_minor, first.event.paid_on) == (70_025, date(2021, 1, 5))
    assert first.effective_at == datetime(2021, 1, 4, 16, tzinfo=UTC)
    assert (second.event.amount_minor, second.event.paid_on) == (30_000, date(2021, 6, 30))
    found = fundtrail.answer("balances", "--as-of", "2021-01-05")["accounts"]
    assert {account["account"]: account["balance_minor"] for account in found} == {
        "history.awarded": 150_050 - 70_025,
        "history.paid": 70_025,
        "history.unknown_source": -150_050,
    }


def test_an_award_of_nothing_stays_a_grant(sqlite_url: str, tmp_path: Path) -> None:
    nothing = {"amountAwarded": 0, "disbursementTransaction": []}
    fundtrail = imported(sqlite_url, tmp_path, nothing)

    (grant,) = Stored(sqlite_url).events("grant.imported")
    assert (grant.event.amount_minor, grant.postings) == (0, ())
    assert fundtrail.answer("balances")["accounts"] == []
    assert fundtrail.answer("replay")["stages"]["grants"] == {"historical": 1}


def test_one_fund_a_currency_and_one_round_a_programme_and_year(
    sqlite_url: str, tmp_path: Path
) -> None:
    imported(
        sqlite_url, tmp_path,
        {"id": "1", "awardDate": "2020-11-03"},
        {"id": "2", "awardDate": "2020-02-01", "currency": "USD"},
        {"id": "3", "awardDate": "2020-01-02"},
        {"id": "4", "awardDate": "2019-12-31"},
        {"id": "5", "awardDate": "2019-12-31", "grantProgramme": [{"title": "Arts"}]},
    )  # fmt: skip

    stored = Stored(sqlite_url)
    rounds = stored.events("round.imported")
    assert [(r.event.currency, r.event.title, r.effective_at.date()) for r in rounds] == [
        ("GBP", "Elders 2020", date(2020, 1, 1)),
        ("USD", "Elders 2020", date(2020, 1, 31)),
        ("GBP", "Elders 2019", date(2019, 12, 30)),
        ("GBP", "Arts 2019", date(2019, 12, 30)),
    ]
    assert [record.event.currency for record in stored.events("fund.imported")] == ["GBP", "USD"]
    (organisation,) = stored.events("organisation.history_imported")
    assert organisation.effective_at == datetime(2019, 12, 30, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"awardDate": "2099-01-01", "disbursementTransaction": []}, "I2.past"),
        ({"disbursementTransaction": [{"transactionDate": "2099-01-01", "value": 1}]}, "I3.past"),
    ],
)
def test_what_has_not_happened_is_no_history(
    sqlite_url: str, tmp_path: Path, change: dict[str, Any], rule: str
) -> None:
    fundtrail = migrated(sqlite_url)
    before = content(sqlite_url)
    file = grants({}, {"id": "2", **change})(tmp_path)

    answer = fundtrail.answer("import", "360giving", file, code=1)

    assert [(r["row"], r["case"], r["rule"]) for r in answer["refusals"]] == [(2, "2", rule)]
    assert content(sqlite_url) == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amountAwarded": 1500.51}, "amountAwarded"),
        ({"currency": "USD"}, "currency"),
        ({"fundingOrganization": [{"id": "GB-CHC-3", "name": "Another"}]}, "fundingOrganization"),
        ({"recipientOrganization": [{"id": "GB-CHC-4", "name": "X"}]}, "recipientOrganization"),
        ({"disbursementTransaction": []}, "disbursementTransaction"),
    ],
)
def test_a_recorded_grant_is_never_recorded_otherwise(
    sqlite_url: str, tmp_path: Path, change: dict[str, Any], field: str
) -> None:
    fundtrail = imported(sqlite_url, tmp_path, {}, {"id": "2"})
    before = content(sqlite_url)
    file = grants({"id": "3"}, change, {"id": "2"})(tmp_path)

    answer = fundtrail.answer("import", "360giving", file, code=1)

    (refusal,) = answer["refusals"]
    assert (refusal["row"], refusal["case"], refusal["field"]) == (2, GRANT["id"], field)
    assert fundtrail("import", "360giving", file, language=CHINESE) == 1
    assert "第 2 行" in fundtrail.err
    assert content(sqlite_url) == before

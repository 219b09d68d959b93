"""Registers of organisations: what is taken over, and what is refused by row and column."""

import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
import xlsxwriter

from infrastructure.database import Database
from infrastructure.identity import Identity
from infrastructure.imports.organisations.columns import HEADINGS
from tests.commandline import CHINESE, CommandLine, Stored, content, migrated
from tests.district import uscc

HEADER = [names[0] for names in HEADINGS.values()]
AGENT = [
    "同创社工",
    "登记",
    uscc(1),
    "",
    "220102",
    "王芳",
    "0571-1",
    "",
    "62220001",
    "",
    "2020-01-02",
]
CLUB = ["夕阳红舞蹈队", "备案", "", "备-7", "220102", "李强", "", "", "", uscc(1), ""]


def csv_file(file: Path, *rows: list[str], encoding: str = "utf-8-sig") -> Path:
    lines = [",".join(row) for row in (HEADER, *rows)]
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return file


def sheet_file(file: Path, *rows: list[str]) -> Path:
    with xlsxwriter.Workbook(str(file)) as workbook:
        sheet = workbook.add_worksheet()
        for at, row in enumerate((HEADER, *rows)):
            sheet.write_row(at, 0, row)
    return file


def changed(row: list[str], **cells: str) -> list[str]:
    names = list(HEADINGS)
    return [cells.get(name, cell) for name, cell in zip(names, row, strict=True)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_club_may_stand_above_its_agent_and_again_nothing_changes(
    sqlite_url: str, tmp_path: Path, encoding: str
) -> None:
    fundtrail = migrated(sqlite_url)
    file = csv_file(tmp_path / "名册.csv", CLUB, AGENT, encoding=encoding)

    answer = fundtrail.answer("import", "organisations", file)

    assert (answer["accepted"], answer["events"], answer["refusals"]) == (2, 3, [])
    stored = Stored(sqlite_url)
    (agent,) = stored.events("organisation.imported")
    (club,) = stored.events("organisation.filing_imported")
    assert f"organisation:{club.event.fiscal_agent}" == agent.originator_id
    assert agent.event.leader.startswith("person:")
    assert agent.event.account.startswith("account:")
    assert not any(word in repr(stored.records) for word in ("王芳", "0571-1", "62220001"))
    before = content(sqlite_url)
    assert fundtrail.answer("import", "organisations", file)["accepted"] == 0
    assert content(sqlite_url) == before
    assert fundtrail.answer("verify")["faults"] == []


def test_a_preview_writes_nothing(sqlite_url: str, tmp_path: Path) -> None:
    fundtrail = migrated(sqlite_url)
    before = content(sqlite_url)

    answer = fundtrail.answer(
        "import", "organisations", sheet_file(tmp_path / "a.xlsx", AGENT, CLUB), "--preview"
    )

    assert (answer["accepted"], answer["events"]) == (2, 0)
    assert content(sqlite_url) == before


FAULTS = {
    "kind": (changed(AGENT, kind="社团"), "register_kind"),
    "uscc": (changed(AGENT, uscc="51330106MJ0000000X"), "register_code"),
    "filing_no": (changed(CLUB, filing_no=""), "missing"),
    "place": (changed(AGENT, place="西湖"), "register_place"),
    "registered_on": (changed(AGENT, registered_on="2024-02-30"), "register_date"),
    "name": (changed(AGENT, name="同\x07创"), "text_unclean"),
    "leader": (changed(AGENT, leader="王" * 201), "text_too_long"),
}


@pytest.mark.parametrize("field", FAULTS)
def test_a_bad_row_refuses_all_and_is_named(sqlite_url: str, tmp_path: Path, field: str) -> None:
    fundtrail = migrated(sqlite_url)
    row, rule = FAULTS[field]
    before = content(sqlite_url)

    answer = fundtrail.answer(
        "import", "organisations",
        csv_file(tmp_path / "a.csv", changed(AGENT, uscc=uscc(5)), row), code=2,
    )  # fmt: skip

    told = [(each["row"], each["field"], each["rule"]) for each in answer["refusals"]]
    assert told == [(3, HEADINGS[field][0], rule)]
    assert content(sqlite_url) == before


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (changed(CLUB, filing_no="备-8", agent="不存在"), "O9a.agent"),
        (changed(CLUB, filing_no="备-8", agent="夕阳红舞蹈队"), "O9a.agent"),
        (changed(CLUB, filing_no="备-8", place="440106"), "O9.place"),
        (changed(AGENT, name="别名"), "O9.changed"),
    ],
)
def test_a_row_against_what_is_recorded_is_refused(
    sqlite_url: str, tmp_path: Path, row: list[str], rule: str
) -> None:
    fundtrail = migrated(sqlite_url)
    fundtrail.answer("import", "organisations", csv_file(tmp_path / "a.csv", AGENT, CLUB))
    before = content(sqlite_url)
    file = csv_file(tmp_path / "b.csv", row)

    answer = fundtrail.answer("import", "organisations", file, code=1)

    assert [(each["row"], each["rule"]) for each in answer["refusals"]] == [(2, rule)]
    assert content(sqlite_url) == before
    assert fundtrail("import", "organisations", file, language=CHINESE) == 1
    assert "第 2 行" in fundtrail.err


def refused_as(fundtrail: CommandLine, file: Path) -> set[str]:
    answer = fundtrail.answer("import", "organisations", file, code=2)
    return {refusal["rule"] for refusal in answer["refusals"]}


def test_what_is_no_register_is_refused_by_name(sqlite_url: str, tmp_path: Path) -> None:
    fundtrail = migrated(sqlite_url)
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(3):
            archive.writestr(f"xl/{part}.xml", b" " * 90_000_000)
    renamed = csv_file(tmp_path / "renamed.xlsx", AGENT)
    wide = tmp_path / "wide.xlsx"
    with xlsxwriter.Workbook(str(wide)) as workbook:
        workbook.add_worksheet().write_string(1_048_575, 16_383, "x")
    ending = tmp_path / "a.pdf"
    ending.write_bytes(b"x")
    headless = tmp_path / "headless.csv"
    headless.write_text("甲,乙\n1,2\n")

    assert refused_as(fundtrail, bomb) == {"workbook_too_large"}
    assert refused_as(fundtrail, renamed) == {"workbook_broken"}
    assert refused_as(fundtrail, wide) == {"sheet_too_large"}
    assert refused_as(fundtrail, ending) == {"register_ending"}
    assert refused_as(fundtrail, headless) == {"register_heading", "register_column"}
    assert refused_as(fundtrail, csv_file(tmp_path / "none.csv")) == {"register_empty"}
    formula = sheet_file(tmp_path / "f.xlsx", changed(AGENT, name="=1+1"))
    assert refused_as(fundtrail, formula) == {"formula"}
    twice = csv_file(tmp_path / "twice.csv", AGENT, AGENT)
    assert refused_as(fundtrail, twice) == {"register_repeated"}


def test_the_template_is_read_back(sqlite_url: str, tmp_path: Path) -> None:
    fundtrail = migrated(sqlite_url)
    file = tmp_path / "模板.xlsx"

    assert fundtrail("import", "organisations", "--template", file) == 0

    assert refused_as(fundtrail, file) == {"register_empty"}


def test_5_000_organisations_are_taken_over_in_time(sqlite_url: str, tmp_path: Path) -> None:
    fundtrail = migrated(sqlite_url)
    rows = [
        changed(AGENT, uscc=uscc(number), name=f"组织{number}")
        if number % 2
        else changed(CLUB, filing_no=f"备-{number}")
        for number in range(1, 5_001)
    ]
    file = sheet_file(tmp_path / "many.xlsx", *rows)

    started = time.perf_counter()
    answer = fundtrail.answer("import", "organisations", file)
    taken = time.perf_counter() - started

    assert answer["accepted"] == 5_000
    assert taken < 20, f"5,000 organisations took {taken:.1f} s"
    before = content(sqlite_url)
    assert fundtrail.answer("import", "organisations", file)["accepted"] == 0
    assert content(sqlite_url) == before


def test_the_day_of_registration_is_taken_over_and_a_changed_one_is_refused(
    sqlite_url: str, tmp_path: Path
) -> None:
    fundtrail = migrated(sqlite_url)
    fundtrail.answer("import", "organisations", csv_file(tmp_path / "a.csv", AGENT))
    (taken,) = Stored(sqlite_url).events("organisation.imported")
    later = csv_file(tmp_path / "b.csv", changed(AGENT, registered_on="2021-01-02"))

    answer = fundtrail.answer("import", "organisations", later, code=1)

    assert taken.event.registered_on == date(2020, 1, 2)
    assert [each["rule"] for each in answer["refusals"]] == ["O9.changed"]


def test_a_run_that_broke_off_before_the_names_is_put_right_by_the_next_one(
    sqlite_url: str, tmp_path: Path
) -> None:
    fundtrail = migrated(sqlite_url)
    file = csv_file(tmp_path / "a.csv", AGENT, CLUB)
    fundtrail.answer("import", "organisations", file)
    database = Database(sqlite_url)
    whole = Identity(database).names()
    with database.writing() as connection:
        connection.execute(sa.text("DELETE FROM vault"))
    assert Identity(database).names() == {}

    assert fundtrail.answer("import", "organisations", file)["accepted"] == 0

    assert Identity(database).names() == whole
    assert set(whole.values()) == {"王芳", "李强"}
    database.close()

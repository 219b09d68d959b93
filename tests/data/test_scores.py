"""Score sheets of panels held elsewhere: what is taken over, and what is refused by row."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.commandline import CHINESE, CommandLine, Stored, migrated

ROWS = [
    ["评委", "申报", "评分", "名次"],
    ["王老师", "甲", "2", "1"],
    ["王老师", "乙", "5.50", ""],
    ["李老师", "甲", "3", ""],
    ["李老师", "丙", "", "2"],
]
TO_TEN = ("--scale", "0..10", "--lower-is-better")


@pytest.fixture
def fundtrail(sqlite_url: str) -> CommandLine:
    return migrated(sqlite_url)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """A database into which nothing comes."""
    return migrated(f"sqlite:///{tmp_path_factory.mktemp('empty') / 'fundtrail.db'}")


def csv_file(file: Path, rows: list[list[str]], encoding: str = "utf-8-sig") -> Path:
    file.write_bytes("\r\n".join(",".join(row) for row in rows).encode(encoding))
    return file


def taken(fundtrail: CommandLine, file: Path, *options: object, code: int = 0) -> Any:
    return fundtrail.answer("import", "scores", file, "--round", "乙方评审", *options, code=code)


def test_each_reviewer_is_one_event_with_a_number_instead_of_a_name(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    file = csv_file(tmp_path / "scores.csv", ROWS)
    told = taken(fundtrail, file, *TO_TEN)
    # The import, the round, and one event for each reviewer.
    assert (told["accepted"], told["events"], told["refusals"]) == (4, 4, [])

    stored = Stored(fundtrail.url)
    one, two = stored.events("round.scores_imported")
    assert [one.event.reviewer, two.event.reviewer] == ["R1", "R2"]
    marks = [(m.proposal, m.row, m.rating, m.rank, m.score_milli) for m in two.event.marks]
    assert marks == [("甲", 2, "2", 1, 80_000), ("乙", 3, "5.5", None, 45_000)]
    assert one.event.marks[1].score_milli is None
    (imported,) = stored.events("import.recorded")
    assert imported.event.file_sha == hashlib.sha256(file.read_bytes()).hexdigest()
    assert one.evidence[0].sha256 == imported.event.file_sha
    assert one.event.import_id == imported.originator_id.partition(":")[2]
    assert "老师" not in b"".join(stored.lines).decode()
    assert fundtrail("verify") == 0


def test_again_nothing_happens_in_whatever_form_and_order(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    taken(fundtrail, csv_file(tmp_path / "scores.csv", ROWS), *TO_TEN)
    count = len(Stored(fundtrail.url).lines)
    workbook = tmp_path / "scores.xlsx"
    with xlsxwriter.Workbook(str(workbook), {"strings_to_numbers": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([ROWS[0], *reversed(ROWS[1:])]):
            sheet.write_row(at, 0, row)
    for file in (tmp_path / "scores.csv", workbook):
        again = taken(fundtrail, file, *TO_TEN)
        assert (again["accepted"], again["events"]) == (0, 0)
    assert len(Stored(fundtrail.url).lines) == count


def test_a_round_that_has_other_scores_keeps_them(fundtrail: CommandLine, tmp_path: Path) -> None:
    taken(fundtrail, csv_file(tmp_path / "scores.csv", ROWS), *TO_TEN)
    count = len(Stored(fundtrail.url).lines)
    other = csv_file(tmp_path / "other.csv", [*ROWS, ["赵老师", "乙", "9", ""]])
    for file, options in ((other, TO_TEN), (tmp_path / "scores.csv", ("--scale", "0..10"))):
        (refused,) = taken(fundtrail, file, *options, code=1)["refusals"]
        assert refused["rule"] == "I8.changed"
    assert len(Stored(fundtrail.url).lines) == count


def test_a_preview_writes_nothing(empty: CommandLine, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "scores.csv", ROWS, encoding="gb18030")
    said = ("import", "scores", file, "--round", "r", "--preview", *TO_TEN)
    assert empty(*said, language=CHINESE) == 0
    assert empty.out == "将导入 4 行；已记录 0 行。未写入任何内容。\n"
    assert Stored(empty.url).lines == []


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        (["王老师", "丁", "11", ""], {"scores_scale"}),
        (["王老师", "丁", "-1", ""], {"scores_scale"}),
        (["王老师", "丁", "1e1", ""], {"scores_number"}),
        (["王老师", "丁", "良", ""], {"scores_number"}),
        (["王老师", "丁", "1", "0"], {"scores_rank"}),
        (["王老师", "丁", "", ""], {"missing"}),
        (["", "丁", "1", ""], {"missing"}),
        (["王老师", "甲", "1", ""], {"scores_repeated"}),
        (["王老师", "丁" * 101, "1", ""], {"text_too_long"}),
    ],
)
def test_a_sheet_with_a_fault_is_refused_whole_with_its_row(
    empty: CommandLine, tmp_path: Path, row: list[str], rules: set[str]
) -> None:
    file = csv_file(tmp_path / "scores.csv", [*ROWS, row])
    told = taken(empty, file, *TO_TEN, code=2)
    assert {refused["row"] for refused in told["refusals"]} == {6}
    assert {refused["rule"] for refused in told["refusals"]} == rules
    assert Stored(empty.url).lines == []


@pytest.mark.parametrize("scale", ["10..0", "5", "0..0", "a..b", "0..1e9", "0..1..2"])
def test_a_scale_runs_from_a_number_to_a_higher_one(
    empty: CommandLine, tmp_path: Path, scale: str
) -> None:
    file = csv_file(tmp_path / "scores.csv", ROWS)
    assert empty("import", "scores", file, "--round", "r", "--scale", scale) == 2
    assert "is no scale" in empty.err


def test_only_history_takes_scores_over(empty: CommandLine, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "scores.csv", ROWS)
    unknown = "0198c0de-0000-7000-8000-000000000001"
    told = empty.answer("import", "scores", file, "--round", unknown, *TO_TEN, code=1)
    assert [refused["rule"] for refused in told["refusals"]] == ["I8.round"]
    assert Stored(empty.url).lines == []


def test_replay_judges_the_panel_by_every_method(fundtrail: CommandLine, tmp_path: Path) -> None:
    taken(fundtrail, csv_file(tmp_path / "scores.csv", ROWS), *TO_TEN)
    answer = fundtrail.answer("replay", "--round", "乙方评审")
    assert (answer["imported"], answer["equal"], answer["compared"]) == (True, True, 2)
    # 李 gives 甲 ten points less than 王; the model halves that, and lifts 乙 by as much.
    additive = answer["methods"]["additive"]
    scores = [(row["proposal"], row["score_milli"], row["rank"]) for row in additive["scores"]]
    assert scores == [("甲", 75_000, 1), ("乙", 40_000, 2)]
    assert additive["effects"] == [
        {"reviewer": "R1", "effect_milli": -5_000},
        {"reviewer": "R2", "effect_milli": 5_000},
    ]
    assert answer["own_ranks"] == {"丙": [2], "甲": [1]}


def test_scores_of_imported_history_are_those_of_its_proposals(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    grant = {
        "id": "360G-fund-1", "title": "为老服务", "description": "每周两次", "currency": "CNY",
        "amountAwarded": 100, "awardDate": "2019-05-01",
        "recipientOrganization": [{"id": "GB-CHC-1", "name": "同创"}],
        "fundingOrganization": [{"id": "GB-CHC-2", "name": "基金会"}],
    }  # fmt: skip
    history = tmp_path / "grants.json"
    history.write_text(json.dumps({"grants": [grant]}), encoding="utf-8")
    assert fundtrail.imported(history)["accepted"] == 1
    stored = Stored(fundtrail.url)
    (round,), (proposal,) = stored.events("round.imported"), stored.events("proposal.imported")
    id = round.originator_id.partition(":")[2]

    rows = [["reviewer", "proposal", "score"], ["1", "360G-fund-1", "90"], ["1", "another", "80"]]
    file = csv_file(tmp_path / "scores.csv", rows)
    said = ("import", "scores", file, "--round", id)
    assert fundtrail.answer(*said)["events"] == 2
    assert fundtrail.answer(*said)["events"] == 0
    (marked,) = Stored(fundtrail.url).events("round.scores_imported")
    assert [m.proposal for m in marked.event.marks] == [
        proposal.originator_id.partition(":")[2], "another",
    ]  # fmt: skip
    answer = fundtrail.answer("replay", "--round", id)
    assert [row["title"] for row in answer["methods"]["mean"]["scores"]] == ["为老服务", "another"]
    assert fundtrail("verify") == 0

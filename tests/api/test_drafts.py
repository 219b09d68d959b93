"""A draft of a score sheet: its reviewer's alone, and gone with the sheet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infrastructure.backups import backup
from infrastructure.erasing import erase
from tests.api.surface import Surface, problem_of
from tests.api.worlds import first_proposal, opened, play, review_of, submit
from tests.commandline import CommandLine

TYPED = {"scores.0.points": "9x", "comment": "还没写完"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts")
    play(folder)
    return folder


@pytest.fixture
def surface(told: Path, tmp_path: Path) -> Iterator[Surface]:
    with opened(tmp_path / "world", of=told) as found:
        yield found


@pytest.fixture
def address(surface: Surface) -> str:
    """Where the draft of the second reviewer is."""
    district = surface.district
    return f"/v1/reviews/{review_of(district, 'two', first_proposal(district))}/draft"


def keep(surface: Surface, address: str, typed: Any = TYPED, **said: Any) -> Any:
    """The answer to whoever keeps a draft there; the second reviewer, if nobody else is named."""
    return surface.send("PUT", address, said.pop("name", "two"), json=typed, **said)


def rows(surface: Surface) -> int:
    """How many drafts there are."""
    with surface.district.system.database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM drafts").scalar_one())


def test_a_draft_is_kept_as_it_was_typed_and_records_nothing(
    surface: Surface, address: str
) -> None:
    before = surface.position
    answer = keep(surface, address)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
    read = surface.get(address, "two")
    assert (read.json()["typed"], read.headers["ETag"]) == (TYPED, '"1"')
    assert read.headers["Cache-Control"] == "no-store"
    assert surface.position == before


@pytest.mark.parametrize(
    "name",
    ["one", "three", "administrator", "auditor", "panel_chair", "oversight_officer", "applicant"],
)
def test_nobody_else_reads_keeps_or_drops_it(surface: Surface, address: str, name: str) -> None:
    keep(surface, address)
    problem_of(surface.get(address, name), 404)
    problem_of(keep(surface, address, name=name), 404)
    problem_of(surface.send("DELETE", address, name), 404)
    problem_of(surface.get(address), 401)
    assert surface.get(address, "two").json()["version"] == 1


def test_the_last_to_write_wins_unless_they_name_what_they_have_seen(
    surface: Surface, address: str
) -> None:
    keep(surface, address)
    stale = keep(surface, address, {"comment": "另一窗口"}, headers={"If-Match": '"0"'})
    problem = problem_of(stale, 412)
    assert stale.headers["ETag"] == '"1"'
    assert problem["errors"][0]["rule"] == "draft.version"
    assert "另一窗口保存" in problem["detail"]
    assert surface.get(address, "two").json()["typed"] == TYPED
    assert keep(surface, address, {"comment": "二"}, headers={"If-Match": '"1"'}).is_success
    assert keep(surface, address, {"comment": "三"}).headers["ETag"] == '"3"'


@pytest.mark.parametrize("typed", [[], {"comment": 1}, {"": "x"}, {"n" * 201: "x"}, "x"])
def test_what_is_no_form_is_refused(surface: Surface, address: str, typed: Any) -> None:
    assert problem_of(keep(surface, address, typed), 422)["errors"][0]["rule"] == "draft.fields"


def test_it_ends_when_the_score_is_handed_in(surface: Surface, address: str) -> None:
    keep(surface, address)
    mine = review_of(surface.district, "one", first_proposal(surface.district))
    keep(surface, f"/v1/reviews/{mine}/draft", name="one")
    submit(surface.district, "two", 70)
    assert rows(surface) == 1
    problem_of(surface.get(address, "two"), 404)
    assert problem_of(keep(surface, address), 409)["errors"][0]["rule"] == "draft.open"


def test_it_is_dropped_on_demand_and_none_is_kept_before_the_declaration(
    surface: Surface, address: str
) -> None:
    keep(surface, address)
    assert surface.send("DELETE", address, "two").status_code == 204
    assert rows(surface) == 0
    second = surface.district.all("proposals")[1]
    invited = review_of(surface.district, "three", second)
    problem_of(keep(surface, f"/v1/reviews/{invited}/draft", name="three"), 409)


def test_whoever_is_erased_leaves_no_draft(surface: Surface, address: str) -> None:
    keep(surface, address)
    erase(surface.district.system, "person:two", "依法抹除")
    assert rows(surface) == 0


def test_no_backup_and_no_export_has_it(surface: Surface, address: str, tmp_path: Path) -> None:
    keep(surface, address)
    copy = tmp_path / "copy.db"
    backup(surface.district.system.settings, copy)
    assert sqlite3.connect(copy).execute("SELECT count(*) FROM drafts").fetchone() == (0,)
    assert sqlite3.connect(copy).execute("SELECT count(*) FROM reviews").fetchone() == (6,)
    assert TYPED["comment"].encode() not in copy.read_bytes()
    lines, url = tmp_path / "records", surface.district.system.settings.database_url
    assert CommandLine(url)("export", "records", "-o", lines) == 0
    assert TYPED["comment"].encode() not in lines.read_bytes()
    assert rows(surface) == 1

"""Somebody is erased: their name is nowhere, and history, totals and hashes are as they were."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api.main import create_app
from application.personal import Personal
from application.principals import Grounds, Held
from infrastructure.erasing import journal_of
from infrastructure.settings import Settings
from infrastructure.vault_rows import table as vault
from tests.commandline import CommandLine
from tests.district import DISTRICT, District
from tests.infrastructure.traces import encoded, traces
from tests.played_to_end import with_costs_accepted
from tests.web.workbench import pages, sign_in

NAME, PHONE, NUMBER = "欧阳靖曦", "13948825617", "220102199003076639"
MANAGER = "司徒慕岚"
PERSON, AUTHORITY = "person:reviewer", "个人信息删除申请〔2026〕3号"
TEXTS = encoded((NAME, PHONE, NUMBER, MANAGER))


class Kept:
    """A district on a file in a folder of its own, whose people are known by more than a name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "fundtrail.db"
        self.url = f"sqlite:///{self.file}"
        self.fundtrail = CommandLine(
            self.url, FUNDTRAIL_CLOCK="simulated", FUNDTRAIL_FILES=str(folder / "files")
        )

    def play(self) -> None:
        """A grant up to its costs; a reviewer and a fund manager of whom much is known."""
        district = District(self.url)
        with_costs_accepted(district)
        keep = district.system.vault.keep
        keep(
            PERSON,
            Personal(name=NAME, phone=PHONE, id_number=NUMBER, notes=f"{NAME}，评审"),
            keeper="person:keeper",
        )
        keep("person:fund_manager", Personal(name=MANAGER, phone=PHONE), keeper="person:keeper")
        # More people than fit on one page of the file, so that rows have moved about.
        for number in range(60):
            district.system.identity.add_person(f"person:other-{number}", f"旁人{number}")
        browser = pages(district.system)
        sign_in(browser, district.system, "reviewer")
        assert NAME in browser.get("/").text
        now = district.system.clock.now()
        district.system.identity.create_token("t", PERSON, Held("reviewer", DISTRICT), now)
        district.close()

    def sealed(self) -> dict[str, bytes]:
        """What is stored of the reviewer, in which their data lie for whoever has the keys."""
        engine = sa.create_engine(self.url)
        with engine.connect() as connection:
            row = connection.execute(sa.select(vault).where(vault.c.person == PERSON)).one()
        engine.dispose()
        return {"key": row.wrapped_key, "name": row.name, "details": row.details}

    def state(self) -> tuple[Any, ...]:
        """The accounts, and every record with its position and hash, up to the last of now."""
        engine = sa.create_engine(self.url)
        with engine.connect() as connection:
            events = connection.exec_driver_sql(
                "SELECT position, leaf, record FROM events ORDER BY position"
            ).all()
        engine.dispose()
        accounts = self.fundtrail.answer("balances")["accounts"]
        return accounts, [tuple(row) for row in events]

    def check(self, before: tuple[Any, ...]) -> None:
        """All that was recorded is as it was, and what is there now is sound."""
        accounts, events = self.state()
        assert accounts == before[0]
        assert events[: len(before[1])] == before[1]
        assert [position for position, *_ in events] == list(range(1, len(events) + 1))
        assert self.fundtrail.answer("verify")["ok"]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a played district, to be copied."""
    folder = tmp_path_factory.mktemp("played")
    Kept(folder).play()
    return folder


@pytest.fixture
def kept(played: Path, tmp_path: Path) -> Kept:
    shutil.copytree(played, tmp_path / "district")
    return Kept(tmp_path / "district")


def test_nothing_of_an_erased_person_is_left_in_any_file_and_history_is_as_it_was(
    kept: Kept, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before, sealed = kept.state(), kept.sealed()
    assert kept.fundtrail("backup", tmp_path / "before.backup") == 0
    assert kept.fundtrail("export", "records", "-o", kept.folder / "records.jsonl") == 0
    assert kept.fundtrail("export", "360giving", "-o", kept.folder / "grants.json") == 0
    # The plain text stood nowhere even before; what is sealed did, and is found.
    assert traces(tmp_path, TEXTS) == set()
    assert {what for _, what in traces(kept.folder, sealed)} == {"key", "name", "details"}

    answer = kept.fundtrail.answer("erase", PERSON, "--authority", AUTHORITY)

    assert answer == {
        "person": PERSON, "authority": AUTHORITY,
        "kept_until": None, "because": None, "scrubbed": True,
    }  # fmt: skip
    assert kept.fundtrail("backup", kept.folder / "after.backup") == 0
    assert traces(kept.folder, {**TEXTS, **sealed}) == set()
    kept.check(before)
    assert traces(tmp_path, sealed) == {("before.backup", what) for what in sealed}
    assert kept.fundtrail("restore", tmp_path / "before.backup") == 1
    assert kept.fundtrail.answer("restore", tmp_path / "before.backup", "--force")["erased"] == [
        PERSON
    ]
    assert traces(kept.folder, {**TEXTS, **sealed}) == set()
    kept.check(before)
    assert not [text for text in (NAME, PHONE, NUMBER) if text in caplog.text]


def test_the_search_for_traces_finds_a_name_in_every_encoding(tmp_path: Path) -> None:
    for number, needle in enumerate(encoded((NAME,)).values()):
        (tmp_path / f"{number}.bin").write_bytes(b"\x00" * 4_097 + needle + b"\xff")
    assert len(traces(tmp_path, encoded((NAME,)))) == len(encoded((NAME,)))


def test_whoever_is_erased_is_signed_out_and_their_tokens_have_ended(kept: Kept) -> None:
    district = District(kept.url)
    cookie = district.system.identity.sign_in(PERSON)
    district.close()

    assert kept.fundtrail("erase", PERSON, "--authority", AUTHORITY) == 0

    (token,) = kept.fundtrail.answer("token", "list")["tokens"]
    assert token["revoked_at"]
    district = District(kept.url)
    assert district.system.identity.by_session(cookie) is None
    assert PERSON not in district.system.identity.names()
    district.close()
    assert kept.fundtrail("erase", PERSON, "--authority", AUTHORITY) == 2
    assert "There is no person" in kept.fundtrail.err


def test_a_name_that_the_books_need_is_kept_sealed_and_it_is_said_until_when(kept: Kept) -> None:
    sealed = kept.sealed()
    answer = kept.fundtrail.answer("erase", "person:fund_manager", "--authority", AUTHORITY)

    # The last record that moves money is of 2026; books are kept for thirty years after it.
    assert answer["kept_until"] == "2056-12-31"
    assert "kept for thirty years" in answer["because"]
    district = District(kept.url)
    assert "person:fund_manager" not in district.system.identity.names()
    found = district.system.vault.read("person:fund_manager", reader="person:a", purpose="查账")
    assert found == {"name": MANAGER}
    district.close()
    assert traces(kept.folder, sealed), "another person's data are still there"
    assert traces(kept.folder, TEXTS) == set()


def test_the_kept_name_is_destroyed_when_its_time_is_over(kept: Kept) -> None:
    kept.fundtrail("erase", "person:fund_manager", "--authority", AUTHORITY)
    engine = sa.create_engine(kept.url)
    for day, is_left in (("2056-12-31", True), ("2026-01-01", False)):
        with engine.begin() as connection:
            change = vault.update().where(vault.c.kept_until != "")
            connection.execute(change.values(kept_until=day))
        assert kept.fundtrail("sweep") == 0
        with engine.connect() as connection:
            query = sa.select(vault.c.name).where(vault.c.person == "person:fund_manager")
            assert bool(connection.execute(query).scalar()) == is_left
    engine.dispose()


def test_erasing_by_the_interface_destroys_the_key_with_the_next_tick(kept: Kept) -> None:
    district = District(kept.url)
    district.people["administrator"] = district.system.identity.principal("person:administrator")
    sealed = kept.sealed()
    district.tell(
        "administrator", "people", "erase", "reviewer", grounds=Grounds(authority_ref=AUTHORITY)
    )
    assert traces(kept.folder, sealed)
    district.system.tick()
    district.close()
    assert traces(kept.folder, sealed) == set()
    (line,) = journal_of(Settings(database_url=kept.url)).read_text("utf-8").splitlines()
    assert AUTHORITY in line


def test_a_restore_of_something_unsound_leaves_the_database_as_it_was(
    kept: Kept, tmp_path: Path
) -> None:
    target = tmp_path / "b.backup"
    assert kept.fundtrail("backup", target) == 0
    assert kept.fundtrail("backup", target) == 1
    (tmp_path / "no.backup").write_bytes(b"SQLite format 3\x00 and nothing more")
    before = kept.file.read_bytes()
    assert kept.fundtrail("restore", tmp_path / "no.backup", "--force") == 2

    engine = sa.create_engine(f"sqlite:///{target}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE entries SET amount_minor = amount_minor + 1")
    engine.dispose()
    assert kept.fundtrail("restore", target, "--force") == 1
    assert "not sound" in kept.fundtrail.err
    assert kept.file.read_bytes() == before
    assert not list(kept.folder.glob("*.restoring*"))


def test_everything_is_served_after_a_restore(kept: Kept, tmp_path: Path) -> None:
    assert kept.fundtrail("backup", tmp_path / "b.backup") == 0
    kept.file.unlink()
    assert kept.fundtrail("restore", tmp_path / "b.backup") == 0
    district = District(kept.url)
    assert district.system.identity.names()[PERSON] == NAME
    assert create_app(district.system)
    district.close()

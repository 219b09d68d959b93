"""The vault: sealed with a key for each person, and of no use without the master key."""

from __future__ import annotations

import base64
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from application.personal import Contact, Personal, VaultClosed
from domain.errors import Refusal
from infrastructure.database import Database
from infrastructure.keys import Keys
from infrastructure.schema import migrate
from infrastructure.scrubbing import scrub
from infrastructure.vault import PersonalVault
from infrastructure.vault_rows import table
from tests.infrastructure.traces import traces

OLD, NEW = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
WHO = Personal(name="欧阳靖曦", phone="13948825617", notes="值班电话")


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    migrate(opened)
    yield opened
    opened.close()


def vault(database: Database, named: str = OLD, file: Path | None = None) -> PersonalVault:
    return PersonalVault(database, Keys(named, file), lambda: NOW)


def changed(database: Database, person: str, **values: bytes | str) -> None:
    """Changes a row as somebody with the database alone could."""
    with database.writing() as connection:
        connection.execute(table.update().where(table.c.person == person).values(**values))


def column(database: Database, person: str, name: str) -> bytes:
    with database.reading() as connection:
        query = sa.select(table.c[name]).where(table.c.person == person)
        return bytes(connection.execute(query).scalar_one())


def rules(refusal: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [reason.rule for reason in refusal.value.reasons]


def test_what_is_kept_is_read_back_and_each_reading_is_noted(database: Database) -> None:
    kept = vault(database)
    kept.keep("person:a", WHO, keeper="person:keeper")
    assert kept.names() == {"person:a": WHO.name}

    found = kept.read("person:a", reader="person:keeper", purpose="核对账户")

    assert found == {"name": WHO.name, "phone": WHO.phone, "notes": WHO.notes}
    noted, changed = kept.reads("person:a")
    assert (changed.reader, changed.purpose) == ("person:keeper", "kept")
    assert (noted.reader, noted.purpose, noted.at) == ("person:keeper", "核对账户", NOW)
    assert noted.fields == ("name", "phone", "notes")
    assert kept.reads("person:b") == []


def test_a_correction_of_ones_own_leaves_name_and_notes(database: Database) -> None:
    kept = vault(database)
    kept.keep("person:a", WHO, keeper="person:keeper")
    kept.correct("person:a", Contact(phone="0431-85550000"))
    found = kept.read("person:a", reader="person:a", purpose="own")
    assert found == {"name": WHO.name, "phone": "0431-85550000", "notes": WHO.notes}
    with pytest.raises(Refusal) as refusal:
        kept.correct("person:nobody", Contact())
    assert rules(refusal) == ["vault.nobody"]


def test_another_key_opens_nothing_and_seals_nothing(database: Database) -> None:
    vault(database).keep("person:a", WHO, keeper="person:keeper")
    other = vault(database, NEW)
    for act in (
        other.names,
        other.check,
        lambda: other.read("person:a", reader="person:b", purpose="看"),
        lambda: other.add("person:b", "某人"),
    ):
        with pytest.raises(VaultClosed) as refusal:
            act()
        assert rules(refusal) == ["vault.key_missing"]
    assert [one.reader for one in other.reads(None)] == ["person:keeper"]


def test_a_missing_key_file_is_not_made_anew_while_something_is_sealed(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "made.key"
    vault(database, "", file).add("person:a", "某人")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.unlink()
    with pytest.raises(VaultClosed) as refusal:
        vault(database, "", file).add("person:b", "另一人")
    assert rules(refusal) == ["vault.key_missing"]
    assert not file.exists()


def test_a_key_file_that_others_may_read_is_not_used(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "open.key"
    file.write_text(OLD)
    file.chmod(0o644)
    with pytest.raises(VaultClosed) as refusal:
        vault(database, "", file).add("person:a", "某人")
    assert rules(refusal) == ["vault.key_open"]
    file.chmod(0o600)
    vault(database, "", file).add("person:a", "某人")


@pytest.mark.parametrize("named", ["password", "A" * 42, f"{OLD},x"])
def test_a_key_is_32_bytes_and_nothing_else(database: Database, named: str) -> None:
    with pytest.raises(VaultClosed) as refusal:
        vault(database, named).add("person:a", "某人")
    assert rules(refusal) == ["vault.key_form"]


def test_a_server_needs_a_key_unless_its_time_is_simulated(database: Database) -> None:
    with pytest.raises(VaultClosed) as refusal:
        vault(database, "").add("person:a", "某人")
    assert rules(refusal) == ["vault.key_needed"]
    PersonalVault(database, Keys("", None, is_tried=True), lambda: NOW).add("person:a", "某人")


@pytest.mark.parametrize("part", ["wrapped_key", "name", "details"])
def test_changed_bytes_are_refused_with_the_name_of_whose_they_are(
    database: Database, part: str
) -> None:
    kept = vault(database)
    kept.keep("person:a", WHO, keeper="person:keeper")
    was = column(database, "person:a", part)
    changed(database, "person:a", **{part: was[:-1] + bytes([was[-1] ^ 1])})
    with pytest.raises(VaultClosed, match="person:a"):
        vault(database).read("person:a", reader="person:b", purpose="看")
    changed(database, "person:a", **{part: was})
    assert vault(database).read("person:a", reader="person:b", purpose="看")


def test_what_is_sealed_for_one_person_or_field_cannot_be_put_in_the_place_of_another(
    database: Database,
) -> None:
    kept = vault(database)
    kept.keep("person:a", WHO, keeper="person:keeper")
    kept.keep("person:b", Personal(name="乙"), keeper="person:keeper")
    parts = ("wrapped_key", "name", "details")
    whole = {name: column(database, "person:a", name) for name in parts}
    changed(database, "person:b", **whole)
    with pytest.raises(VaultClosed, match="person:b"):
        kept.read("person:b", reader="person:x", purpose="看")
    changed(database, "person:a", name=whole["details"])
    with pytest.raises(VaultClosed, match="person:a"):
        kept.read("person:a", reader="person:x", purpose="看")


def test_one_changed_name_does_not_take_the_others_from_the_pages(database: Database) -> None:
    kept = vault(database)
    kept.add("person:a", "甲")
    kept.add("person:b", "乙")
    changed(database, "person:a", name=b"\x00" * 40)
    assert vault(database).names() == {"person:b": "乙"}


def test_after_a_rotation_the_old_key_alone_opens_nothing_and_the_new_one_everything(
    database: Database,
) -> None:
    kept = vault(database)
    for number in range(5):
        kept.add(f"person:{number}", f"某{number}")
    both = vault(database, f"{NEW} {OLD}")
    assert list(both.rotate()) == [1, 2, 3, 4, 5]
    assert list(both.rotate()) == []

    assert vault(database, NEW).names() == {f"person:{n}": f"某{n}" for n in range(5)}
    with pytest.raises(VaultClosed) as refusal:
        vault(database, OLD).names()
    assert rules(refusal) == ["vault.key_missing"]


def test_names_that_another_process_changes_or_erases_are_known_at_once(
    database: Database,
) -> None:
    here, there = vault(database), vault(database)
    there.add("person:a", "甲")
    assert here.names() == {"person:a": "甲"}
    there.keep("person:a", Personal(name="乙"), keeper="person:keeper")
    assert here.names() == {"person:a": "乙"}
    with database.writing() as connection:
        there.destroy(connection, "person:a", None)
    assert here.names() == {}
    for act in (
        lambda: here.keep("person:a", WHO, keeper="person:keeper"),
        lambda: here.correct("person:a", Contact()),
    ):
        with pytest.raises(Refusal):
            act()
    here.add("person:a", "又来")
    assert here.names() == {}


def test_scrubbing_leaves_no_trace_in_the_file_nor_in_the_log_beside_it(
    database: Database, tmp_path: Path
) -> None:
    """Somebody holds the file open, so that its log stays; and deletes without overwriting."""
    needle = {"needle": b"needle-" * 20}
    engine = sa.create_engine(database.url)
    with engine.connect() as held:
        held.exec_driver_sql("PRAGMA secure_delete=OFF")
        held.exec_driver_sql("CREATE TABLE told (text BLOB)")
        held.exec_driver_sql("INSERT INTO told VALUES (?)", (needle["needle"],))
        held.commit()
        held.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        held.exec_driver_sql("DELETE FROM told")
        held.commit()
        assert {name for name, _ in traces(tmp_path, needle)} >= {
            "fundtrail.db",
            "fundtrail.db-wal",
        }
        assert scrub(database)
        assert traces(tmp_path, needle) == set()
    engine.dispose()

"""Starting the demonstration: loaded wholly or not at all, and only once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from api.demo import starting
from api.demo.filling import Found, what_is_in
from api.demo.history import VARIABLE, UnfitFile
from api.demo.starting import OtherData, run
from api.demo.tokens import RoleToken, keep_tokens, kept_tokens, token_file
from infrastructure.database import Database
from infrastructure.identity import Identity
from infrastructure.settings import Settings
from infrastructure.system import System


@pytest.fixture(autouse=True)
def _without_past_grants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")


def given(folder: Path) -> Settings:
    """What the command line hands over."""
    return Settings(database_url=f"sqlite:///{folder / 'demo.db'}", files=folder / "files")


def test_a_second_start_loads_nothing_and_shows_the_same_tokens(
    started: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Path(started.database_url.removeprefix("sqlite:///"))
    before, tokens = database.read_bytes(), token_file(started).read_bytes()
    monkeypatch.setattr(starting, "fill", lambda *_: pytest.fail("It was loaded a second time."))

    run(started, load_only=True)

    assert (database.read_bytes(), token_file(started).read_bytes()) == (before, tokens)
    assert "演示区已就绪" in capsys.readouterr().out


def test_each_token_speaks_for_its_role_and_only_its_hash_is_stored(started: Settings) -> None:
    database, tokens = Database(started.database_url), kept_tokens(token_file(started))
    speaks_for = {token.role: Identity(database).by_token(token.secret) for token in tokens}
    database.close()
    stored = Path(started.database_url.removeprefix("sqlite:///")).read_bytes()

    assert len(tokens) == 20
    assert all(found and found.roles == {role} for role, found in speaks_for.items())
    assert not any(token.secret.encode() in stored for token in tokens)


def test_the_tokens_are_for_the_eyes_of_their_owner(started: Settings) -> None:
    assert stat.S_IMODE(token_file(started).stat().st_mode) == 0o600


def test_tokens_are_read_as_they_were_kept(tmp_path: Path) -> None:
    keep_tokens(tmp_path / "tokens", [RoleToken("leader", "刘振华", "secret")])
    kept = kept_tokens(tmp_path / "tokens")

    assert (kept, kept_tokens(tmp_path / "none")) == ([RoleToken("leader", "刘振华", "secret")], [])


def test_a_database_with_other_data_is_left_alone(tmp_path: Path) -> None:
    engine = create_engine(given(tmp_path).database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE accounts (id INTEGER)"))
    engine.dispose()
    before = (tmp_path / "demo.db").read_bytes()

    with pytest.raises(OtherData):
        run(given(tmp_path), load_only=True)

    assert (tmp_path / "demo.db").read_bytes() == before


def test_a_product_in_use_is_left_alone(tmp_path: Path) -> None:
    system = System(given(tmp_path), migrating=True)
    system.identity.add_person("person:somebody", "某人")
    system.close()

    assert what_is_in(given(tmp_path).database_url) is Found.SOMETHING_ELSE


def test_an_empty_schema_counts_as_nothing(tmp_path: Path) -> None:
    System(given(tmp_path), migrating=True).close()

    assert what_is_in(given(tmp_path).database_url) is Found.NOTHING


def test_what_fails_while_loading_leaves_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = tmp_path / "grants.json"
    faulty.write_text('{"grants": [{"id": "1"}]}', encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(faulty))

    with pytest.raises(UnfitFile, match="grants"):
        run(given(tmp_path), load_only=True)

    assert "正在载入演示区" in capsys.readouterr().out
    assert not (tmp_path / "demo.db").exists()
    assert what_is_in(given(tmp_path).database_url) is Found.NOTHING


def test_a_port_that_is_taken_is_said_before_anything_is_loaded(tmp_path: Path) -> None:
    with starting.bound(0) as taken:
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            run(given(tmp_path), port=taken.getsockname()[1])

    assert not (tmp_path / "demo.db").exists()

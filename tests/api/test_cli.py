"""The command line: what each command prints, changes and refuses, and its exit code."""

import string
from pathlib import Path

import pytest

from api.cli.messages import MESSAGES
from infrastructure.database import Database
from infrastructure.schema import derived_schema
from tests.commandline import CHINESE, CommandLine, content, file_of, migrated

COMMANDS = {
    "serve": ("serve",),
    "tick": ("tick",),
    "token create": ("token", "create", "--person", "王芳", "--role", "auditor"),
    "token list": ("token", "list"),
    "token revoke": ("token", "revoke", "x"),
    "replay": ("replay",),
    "balances": ("balances",),
    "trial-balance": ("trial-balance",),
    "timeline": ("timeline", "x"),
    "verify": ("verify",),
    "rebuild": ("rebuild",),
    "sweep": ("sweep",),
    "export 360giving": ("export", "360giving", "-o", "out.json"),
    "export records": ("export", "records", "-o", "out.jsonl"),
}


def test_a_database_is_made_once_and_kept(database_url: str) -> None:
    fundtrail = CommandLine(database_url)

    assert fundtrail.answer("migrate")["rebuilt"] is True
    before = content(database_url)
    assert fundtrail.answer("migrate")["rebuilt"] is False
    assert content(database_url) == before
    assert fundtrail.answer("verify")["ok"]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_without_a_database_every_command_says_what_to_run(
    sqlite_url: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file_of(sqlite_url).parent)
    fundtrail = CommandLine(sqlite_url)

    assert fundtrail(*command) == 2
    assert "fundtrail migrate" in fundtrail.err
    assert fundtrail(*command, language=CHINESE) == 2
    assert "请先运行 fundtrail migrate" in fundtrail.err
    assert list(file_of(sqlite_url).parent.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_another_schema_is_refused_and_left_alone(
    sqlite_url: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file_of(sqlite_url).parent)
    fundtrail = migrated(sqlite_url)
    database = Database(sqlite_url)
    with database.writing() as connection:
        connection.execute(derived_schema.update().values(fingerprint="another"))
    database.close()
    before = content(sqlite_url)

    assert fundtrail(*command) == 2
    assert "another schema" in fundtrail.err
    assert content(sqlite_url) == before
    assert fundtrail("migrate") == 0
    assert fundtrail("balances") == 0


@pytest.mark.parametrize(
    "address", ["nonsense", "mysql://localhost/x", "sqlite", "postgresql+psycopg2"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    fundtrail = CommandLine(address)

    assert fundtrail("balances") == 2
    assert "no address of a database" in fundtrail.err


def test_a_file_that_is_no_database_is_refused(sqlite_url: str) -> None:
    file_of(sqlite_url).write_text("This is a letter. " * 100)

    fundtrail = CommandLine(sqlite_url)
    assert fundtrail("balances") == 2
    assert "cannot be used" in fundtrail.err


def test_the_password_of_a_database_is_not_shown() -> None:
    fundtrail = CommandLine("mysql://me:secret@localhost/x")

    assert fundtrail("balances") == 2
    assert "secret" not in fundtrail.err


@pytest.mark.parametrize(
    "arguments",
    [("--nope",), ("nope",), ("balances", "extra"), ("timeline",), ("serve", "--port", "x"),
     ("import", "360giving"), ("export", "records")],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_told_in_the_readers_language(
    sqlite_url: str, arguments: tuple[str, ...]
) -> None:
    fundtrail = CommandLine(sqlite_url)

    assert fundtrail(*arguments) == 2
    assert fundtrail.err.startswith("Wrong usage: ")
    assert fundtrail(*arguments, language=CHINESE) == 2
    assert fundtrail.err.startswith("用法有误：")


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, False),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "", "LANG": "C.UTF-8"}, True),
        ({"LC_ALL": "", "LANG": ""}, True),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, True),
    ],
)
def test_the_language_is_that_of_the_environment(
    sqlite_url: str, environment: dict[str, str], chinese: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    fundtrail = CommandLine(sqlite_url)
    fundtrail.environment.update(environment)

    fundtrail("balances", language=environment["LC_ALL"])

    assert ("还不存在" in fundtrail.err) is chinese


@pytest.mark.parametrize("key", MESSAGES)
def test_each_message_says_the_same_in_both_languages(key: str) -> None:
    chinese, english = MESSAGES[key]

    def places(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}

    assert chinese
    assert english
    assert places(chinese) == places(english)


def test_an_unwritable_place_is_named(sqlite_url: str, tmp_path: Path) -> None:
    fundtrail = migrated(sqlite_url)
    output = tmp_path / "none" / "records.jsonl"

    assert fundtrail("export", "records", "-o", output) == 2
    assert str(output.parent) in fundtrail.err


def test_another_ending_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    fundtrail = migrated(sqlite_url)

    assert fundtrail("export", "360giving", "-o", tmp_path / "grants.pdf") == 2
    assert ".json, .csv, .xlsx" in fundtrail.err


def test_help_names_every_command(sqlite_url: str) -> None:
    fundtrail = CommandLine(sqlite_url)

    assert fundtrail("--help") == 0
    for name in ("migrate", "serve", "tick", "demo", "token", "import", "replay", "balances",
                 "trial-balance", "timeline", "verify", "export", "rebuild", "sweep"):  # fmt: skip
        assert name in fundtrail.out

"""The command line where things are wrong, and the program as people run it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from infrastructure.database import Database
from tests.commandline import CommandLine, Stored, migrated
from tests.infrastructure.threesixty import GRANT

PROGRAM = Path(sys.executable).with_name("fundtrail")


@pytest.fixture
def imported(sqlite_url: str, tmp_path: Path) -> CommandLine:
    """A database with one past grant."""
    file = tmp_path / "grants.json"
    file.write_text(json.dumps({"grants": [GRANT]}))
    fundtrail = migrated(sqlite_url)
    fundtrail.imported(file)
    return fundtrail


def change(url: str, *statements: str) -> None:
    database = Database(url)
    with database.writing() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    database.close()


def test_a_changed_record_is_found(imported: CommandLine) -> None:
    assert imported.answer("verify")["ok"]
    change(
        imported.url,
        "DROP TRIGGER events_no_update",
        "UPDATE events SET record = CAST(replace(record, '150050', '150051') AS BLOB) "
        "WHERE position = 6",
    )

    found = imported.answer("verify", code=1)

    assert not found["ok"]
    assert 6 in {fault["position"] for fault in found["faults"]}
    assert imported("verify") == 1
    assert "position 6, " in imported.out


def test_a_record_that_cannot_be_read_is_no_crash(imported: CommandLine) -> None:
    change(
        imported.url,
        "DROP TRIGGER events_no_update",
        "UPDATE events SET record = CAST('{' AS BLOB) WHERE position = 6",
    )

    assert imported("replay") == 1
    assert "“fundtrail verify” tells which" in imported.err
    assert 6 in {fault["position"] for fault in imported.answer("verify", code=1)["faults"]}


def test_what_is_derived_is_refilled(imported: CommandLine) -> None:
    before = imported.answer("balances")
    change(imported.url, "DELETE FROM entries", "DELETE FROM grants")
    assert imported.answer("verify", code=1)["faults"]

    assert imported.answer("rebuild") == {"events": len(Stored(imported.url).lines)}

    assert imported.answer("verify")["ok"]
    assert imported.answer("balances") == before


def test_a_book_that_does_not_balance_is_told(imported: CommandLine) -> None:
    change(imported.url, "UPDATE entries SET amount_minor = amount_minor + 1 WHERE no = 1")

    assert imported.answer("trial-balance", code=1)["balanced"] is False


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as people run it."""
    return subprocess.run(
        [PROGRAM, *arguments],
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
    )


def test_the_program_itself(sqlite_url: str) -> None:
    assert run("balances", "--database", sqlite_url).returncode == 2
    made = run("migrate", "--database", sqlite_url)
    assert (made.returncode, made.stdout) == (0, f"数据库 {sqlite_url} 已就绪。\n")
    assert run("verify", "--json", FUNDTRAIL_DATABASE_URL=sqlite_url).returncode == 0
    named = ("token", "create", "--person", "王芳", "--role", "auditor")
    assert run(*named, "--database", sqlite_url, PYTHONIOENCODING="ascii").returncode == 0
    listed = run("token", "list", "--database", sqlite_url, PYTHONIOENCODING="ascii")
    assert (listed.returncode, listed.stderr) == (0, "")
    english = run("balances", "--help", LC_ALL="en_US.UTF-8").stdout
    assert "The balance of every account" in english
    assert "余额" in run("balances", "--help").stdout


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def serving(sqlite_url: str, port: int) -> Iterator[str]:
    """The address of a server that is running."""
    migrated(sqlite_url)
    server = subprocess.Popen(
        [PROGRAM, "serve", "--port", str(port), "--database", sqlite_url],
        stderr=subprocess.DEVNULL,
    )
    yield f"http://127.0.0.1:{port}"
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=20)


def test_the_server_answers(serving: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{serving}/healthz") as answer:
                assert answer.status == 200
            return
        except urllib.error.URLError:
            time.sleep(0.2)
    pytest.fail("The server did not answer within 20 seconds.")

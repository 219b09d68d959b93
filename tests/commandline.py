"""The command line as tests use it: in this process, on a database, in English or Chinese."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from typer.testing import CliRunner

from api.cli import app
from infrastructure.database import Database
from infrastructure.questions import DatabaseQuestions
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore

ENGLISH, CHINESE = "en_GB.UTF-8", "zh_CN.UTF-8"


class CommandLine:
    """`fundtrail` on one database; what it printed is kept from the last call."""

    def __init__(self, url: str, **environment: str) -> None:
        self.url = url
        self.environment = {"FUNDTRAIL_DATABASE_URL": url, "LC_ALL": ENGLISH, **environment}
        self.out = ""
        self.err = ""

    def __call__(self, *arguments: object, language: str = ENGLISH) -> int:
        """Runs a command; its exit code."""
        environment = {**self.environment, "LC_ALL": language}
        result = CliRunner().invoke(
            app, [str(argument) for argument in arguments], env=environment, prog_name="fundtrail"
        )
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.out, self.err = result.stdout, result.stderr
        return result.exit_code

    def answer(self, *arguments: object, code: int = 0) -> Any:
        """The JSON document that a command prints."""
        found = self(*arguments, "--json")
        assert found == code, (found, self.out, self.err)
        return json.loads(self.out)

    def imported(self, file: Path, *options: str) -> Any:
        """What importing a file answers."""
        return self.answer("import", "360giving", file, *options)


def migrated(url: str, **environment: str) -> CommandLine:
    """A command line on a database that is ready."""
    fundtrail = CommandLine(url, **environment)
    assert fundtrail("migrate") == 0, fundtrail.err
    return fundtrail


def file_of(url: str) -> Path:
    """The file of an SQLite database."""
    return Path(sa.make_url(url).database or "")


def content(url: str) -> object:
    """Everything in a database; of an SQLite file its very bytes, and that no other file is there.

    Whatever lies in a write-ahead log beside it would come into the file later.
    """
    if url.startswith("sqlite"):
        file = file_of(url)
        beside = sorted(path.name for path in file.parent.glob(f"{file.name}*"))
        return hashlib.sha256(file.read_bytes()).hexdigest(), beside
    database = Database(url)
    with database.reading() as connection:
        tables = sa.MetaData()
        tables.reflect(connection)
        rows = {
            name: sorted(map(repr, connection.execute(sa.select(table))))
            for name, table in tables.tables.items()
        }
    database.close()
    return rows


class Stored:
    """What a database holds, asked directly."""

    def __init__(self, url: str) -> None:
        settings = Settings(database_url=url)
        database = Database(url)
        self.store = DatabaseStore(database, settings.zone)
        self.questions = DatabaseQuestions(database, settings.zone)
        decode = self.store.chronicle.lines.decode
        self.lines = [line for _, line, _ in self.store.recorder.scan()]
        self.records = [decode(line) for line in self.lines]
        database.close()

    def events(self, name: str) -> list[Any]:
        """The records of one kind of event, in order."""
        return [record for record in self.records if record.event_name == name]

    def grants(self) -> dict[str, tuple[object, ...]]:
        """What is recorded of each past grant, but for which import it came by."""
        return {
            record.originator_id: (
                record.event.no,
                record.event.amount_minor,
                record.event.currency,
                record.event.awarded_on,
                record.event.fingerprint,
                record.effective_at,
                record.postings,
            )
            for record in self.events("grant.imported")
        }

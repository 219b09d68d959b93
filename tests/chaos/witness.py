"""Compares what clients were answered with what a database holds, at one moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import msgspec
import sqlalchemy as sa

from infrastructure.book import entries
from infrastructure.database import Database
from infrastructure.recorder import events
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore, receipts
from infrastructure.verify import snapshot, verify
from infrastructure.views import MAIN
from tests.chaos.clients import Acknowledged
from tests.chaos.commands import WHOLE


class Named(msgspec.Struct):
    """The part of a record that says which command it is from."""

    command_id: str


@dataclass(frozen=True)
class Kept:
    """One event as its columns have it, with the command that it is from."""

    position: int
    stream: str
    version: int
    type: str
    command: str


class Answered(msgspec.Struct):
    """What the receipt of a command repeats to whoever sends it again."""

    noun: str
    id: str
    stage: str
    version: int
    position: int


class Witness:
    """What one database holds of the commands that clients sent with keys of their own."""

    def __init__(self, url: str) -> None:
        self.store = DatabaseStore(Database(url), Settings().zone)
        self.decode = msgspec.json.Decoder(Named).decode
        self.decode_answer = msgspec.json.Decoder(Answered).decode

    def check(self, acknowledged: Iterable[Acknowledged]) -> int:
        """Everything that was acknowledged is there, and nothing is half there; how many events."""
        try:
            return self.compare(list(acknowledged))
        finally:
            # An open connection would spare the next process of SQLite the recovery after a kill.
            self.store.database.close()

    def head(self) -> int:
        """Where the chronicle ends."""
        try:
            return self.store.recorder.max_notification_id() or 0
        finally:
            self.store.database.close()

    def compare(self, told: Sequence[Acknowledged]) -> int:
        """The same, on connections that stay open."""
        with snapshot(self.store.database) as connection:
            commands = self.commands(connection)
            given = self.receipts(connection)
            faults = [
                *missing(told, commands, given),
                *half_there(commands, self.entries(connection)),
                *unlike(commands, given),
                *behind(told, self.versions(connection)),
            ]
        assert not faults, faults[:5]
        verdict = verify(self.store)
        assert verdict.ok, verdict.faults[:5]
        return verdict.events

    def commands(self, connection: sa.Connection) -> dict[str, list[Kept]]:
        """The events of each command that came over HTTP, which are those with a speaker."""
        columns = (events.c.position, events.c.stream, events.c.version, events.c.type)
        query = sa.select(*columns, events.c.record).order_by(events.c.position)
        rows = [
            Kept(position, stream, version, type, self.decode(bytes(record)).command_id)
            for position, stream, version, type, record in connection.execute(query)
        ]
        found: dict[str, list[Kept]] = {}
        for command, its in groupby(rows, key=lambda kept: kept.command):
            if " " in command:
                # A command that stands in two places would hide the first behind the second.
                found.setdefault(command, []).extend(its)
        return found

    def receipts(self, connection: sa.Connection) -> dict[str, Answered]:
        """The stored answer to each command that came over HTTP."""
        query = sa.select(receipts.c.key, receipts.c.answer)
        rows = connection.execute(query).all()
        return {key: self.decode_answer(bytes(answer)) for key, answer in rows if " " in key}

    def entries(self, connection: sa.Connection) -> Counter[int]:
        """How many ledger entries stand at each position."""
        query = sa.select(entries.c.position, sa.func.count()).group_by(entries.c.position)
        return Counter(dict(iter(connection.execute(query))))

    def versions(self, connection: sa.Connection) -> dict[str, int]:
        """The version of each thing in the read models."""
        found = {}
        for noun in ("fund", "approval", "tranche"):
            table = MAIN[noun].table
            for id, version in connection.execute(sa.select(table.c.id, table.c.version)):
                found[id] = version
        return found


def missing(
    told: Sequence[Acknowledged], commands: dict[str, list[Kept]], given: dict[str, Answered]
) -> Iterator[str]:
    """Acknowledged commands whose event or receipt is not there as it was answered."""
    for one in told:
        its = {
            (kept.position, kept.stream.partition(":")[2], kept.version)
            for kept in commands.get(one.command, ())
        }
        if (one.position, one.id, one.version) not in its:
            yield f"There is no event as it was acknowledged: {one}."
        answer = given.get(one.command)
        said = (one.id, one.stage, one.version, one.position)
        if answer is None or (answer.id, answer.stage, answer.version, answer.position) != said:
            yield f"The receipt is another one: {one}, {answer}."


def half_there(commands: dict[str, list[Kept]], entries: Counter[int]) -> Iterator[str]:
    """Commands, acknowledged or not, that have not exactly what a whole one has."""
    for command, its in commands.items():
        whole, count = WHOLE[its[0].type]
        if tuple(kept.type for kept in its) != whole:
            yield f"{command} left {[kept.type for kept in its]}, and whole is {whole}."
        found = sum(entries[kept.position] for kept in its)
        if found != count:
            yield f"{command} left {found} ledger entries, and whole are {count}."


def unlike(commands: dict[str, list[Kept]], given: dict[str, Answered]) -> Iterator[str]:
    """Events without a receipt, and receipts without events."""
    for command in commands.keys() ^ given.keys():
        yield f"{command} has either events or a receipt, but not both."


def behind(told: Sequence[Acknowledged], versions: dict[str, int]) -> Iterator[str]:
    """Acknowledged commands that the read models do not show."""
    for one in told:
        if versions.get(one.id, 0) < one.version:
            yield f"The read model has not taken it in: {one}."

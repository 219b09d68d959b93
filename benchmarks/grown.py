"""Grown: a chronicle of any length, made of the demonstration's district again and again.

The demonstration is played once, through the desk. Its records are the pattern of as many copies
as are needed; each begins 28 days after the one before and lives its nine months beside the
others, so that a million events are some 29 years. Every copy has organisations, funds, rounds and
everything else of its own; people are the same throughout. One fund, that with the most postings,
is shared by all copies: it is proposed once, lives through all the years, and closes each day once
with what it holds then. Every command of a person has its receipt. What is derived is rebuilt.

Usage: python -m benchmarks.grown URL EVENTS
"""

from __future__ import annotations

import heapq
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from api.demo.loading import load
from api.demo.starting import settings_of_demonstration
from application.desk import Answer
from benchmarks.copies import Copy, Line, cut
from benchmarks.longlived import CLOSED, ONCE, LongLived
from benchmarks.sizes import bytes_of, count_of
from infrastructure.clocks import simulated
from infrastructure.database import Database
from infrastructure.rebuild import rebuild
from infrastructure.recorder import events as chronicle
from infrastructure.recorder import leaf_hash
from infrastructure.rows import Row, insert
from infrastructure.settings import Settings
from infrastructure.store import receipts
from infrastructure.system import System

PAGE = 5_000
"""How many rows are written at a time."""

Command = list[Line]


class Said(msgspec.Struct):
    """What is asked of an event."""

    type: str
    stage: str = ""


class Head(msgspec.Struct):
    """What is asked of a record."""

    event: Said
    stream: str
    version: int
    recorded_at: str
    command_id: str


HEAD = msgspec.json.Decoder(Head)


def grow(url: str, events: int) -> None:
    """Fills a new database with so many events, or a few more until the last command is whole."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/demo.db", files=Path(folder))
        played = System(settings_of_demonstration(settings), migrating=True)
        load(played, lambda moment: None)
        pattern, shared = pattern_of(played.database)
        system = System(
            settings_of_demonstration(settings.model_copy(update={"database_url": url})),
            migrating=True,
        )
        copy_people(played, system)
        played.close()
    write(system.database, told(pattern, shared, events))
    rebuild(system.store)
    if not system.database.is_sqlite:
        with system.database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    system.close()


def pattern_of(database: Database) -> tuple[list[Command], str]:
    """The records of the demonstration by command, and the id of the fund with most postings."""
    query = sa.select(chronicle.c.version, chronicle.c.record).order_by(chronicle.c.position)
    with database.reading() as connection:
        texts = [(version, bytes(line).decode()) for version, line in connection.execute(query)]
    records = [json.loads(text) for _, text in texts]
    named: dict[str, int] = {}
    for record in records:
        for posting in record.get("postings", ()):
            named[posting["fund"]] = named.get(posting["fund"], 0) + 1
    shared = max(named, key=lambda fund: named[fund])
    lines = [line_of(record, text[1], shared) for record, text in zip(records, texts, strict=True)]
    command_ids = iter([record["command_id"] for record in records])
    return [list(group) for _, group in groupby(lines, key=lambda _: next(command_ids))], shared


def line_of(record: dict[str, Any], text: str, shared: str) -> Line:
    """A record as a line of the pattern."""
    postings = [p for p in record.get("postings", ()) if p["fund"] == shared]
    debits = tuple((posting["debit"], posting["amount_minor"]) for posting in postings)
    credits = tuple((posting["credit"], -posting["amount_minor"]) for posting in postings)
    return Line(
        stream=record["stream"],
        version=record["version"],
        type=record["event"]["type"],
        by_clock=record["actor"]["id"] == "clock",
        recorded_at=record["recorded_at"],
        effective_at=record["effective_at"],
        moves=debits + credits,
        pieces=cut(text),
    )


def copy_people(source: System, target: System) -> None:
    """The names of the demonstration's people, for whoever works in the copy."""
    for person, name in source.identity.names().items():
        target.identity.add_person(person, name)


def told(pattern: list[Command], shared: str, events: int) -> Iterator[tuple[bool, list[str]]]:
    """Every command of every copy in the order of recording: is it the clock's, and its lines."""
    fund = LongLived(f"fund:{shared}")
    copies: dict[int, Copy] = {}
    for _, number, index in heapq.merge(*moments(pattern, fund.stream, events)):
        copy = copies.setdefault(number, Copy(number, {shared: shared}))
        texts = [fund.told(copy, line) for line in pattern[index]]
        kept = [text for text in texts if text is not None]
        if index == len(pattern) - 1:
            copy.known.clear()
        if kept:
            yield pattern[index][0].by_clock, kept


def moments(
    pattern: list[Command], shared: str, events: int
) -> Iterator[Iterator[tuple[str, int, int]]]:
    """For each copy, when its commands were recorded; the last copy ends where it is enough."""
    number, missing = 0, events
    while missing > 0:
        length = 0
        for command in pattern:
            if missing <= 0:
                break
            length += 1
            missing -= sum(1 for line in command if not number or is_new(line, shared, pattern))
        yield recorded(pattern[:length], number)
        number += 1


def is_new(line: Line, shared: str, pattern: list[Command]) -> bool:
    """Whether a later copy has the line too: what the shared fund has already is not repeated."""
    if line.stream != shared:
        return True
    if line.type == CLOSED:
        # Only the days by which a copy ends later than the one before are closed by it.
        return line.recorded_at > pattern_end(pattern)
    return line.type not in ONCE


def pattern_end(pattern: list[Command]) -> str:
    """The moment of the pattern at which the copy before has ended."""
    return Copy(-1).moment(pattern[-1][0].recorded_at)


def recorded(commands: list[Command], number: int) -> Iterator[tuple[str, int, int]]:
    """When the commands of a copy were recorded, with the copy's number and their own."""
    copy = Copy(number)
    for index, command in enumerate(commands):
        yield copy.moment(command[0].recorded_at), number, index


def write(database: Database, commands: Iterator[tuple[bool, list[str]]]) -> None:
    """Writes the commands as the product does: rows of the log, and receipts."""
    last, rows, given = "", list[Row](), list[Row]()
    with database.writing() as connection:
        for position, by_clock, texts in numbered(commands):
            made = [row_of(position + offset, text) for offset, text in enumerate(texts)]
            rows.extend(made)
            last = texts[-1]
            if not by_clock:
                given.append(receipt_of(made[0]))
            if len(rows) >= PAGE:
                insert(connection, chronicle, rows)
                insert(connection, receipts, given)
                rows, given = [], []
        insert(connection, chronicle, rows)
        insert(connection, receipts, given)
        now = HEAD.decode(last).recorded_at
        connection.execute(simulated.update().values(now=now.replace("Z", "+00:00")))


def numbered(
    commands: Iterator[tuple[bool, list[str]]],
) -> Iterator[tuple[int, bool, list[str]]]:
    """Each command with the position of its first record."""
    position = 1
    for by_clock, texts in commands:
        yield position, by_clock, texts
        position += len(texts)


def row_of(position: int, text: str) -> Row:
    """A record as a row of the log."""
    head, line = HEAD.decode(text), text.encode()
    return position, head.stream, head.version, head.event.type, line, leaf_hash(line)


def receipt_of(row: Row) -> Row:
    """The receipt of the command whose first record is in this row."""
    position, stream, version, _, line, leaf = row
    noun, _, id = stream.partition(":")
    head = HEAD.decode(line)
    answer = Answer(noun, id, head.event.stage, version, position, created=version == 1)
    return head.command_id, leaf, msgspec.json.encode(answer)


def main() -> None:
    """Grows the database that is named, and says how large it is."""
    url, wanted = sys.argv[1], int(sys.argv[2].replace("_", ""))
    began = time.perf_counter()
    grow(url, wanted)
    took, count = time.perf_counter() - began, count_of(url)
    sys.stdout.write(
        f"{count:,} events in {took:,.0f} s, {bytes_of(url) / count:,.0f} bytes an event\n"
    )


if __name__ == "__main__":
    main()

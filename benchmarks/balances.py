"""Does a balance at any moment cost the same in a fund of ten thousand and of a million entries?

One fund with two entries a position, spread over fourteen years, every tenth of them late by up to
a year, and a second fund beside it. Asked: the balances now, as of a day in the middle, at a
moment inside that day, known by a day in the middle, and both; by the closings and, beside them,
as the plain sum over all entries. Medians; the ratio is that of the long book to the short one.
Run: python -m benchmarks.balances
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import sqlalchemy as sa

from application.questions import Balance, Moment
from benchmarks.commands import make_durable
from domain.accounts import ACCOUNTS
from infrastructure import book
from infrastructure.balances import balances
from infrastructure.closings import CLOSINGS
from infrastructure.database import Database, derived, metadata
from infrastructure.followers.following import Following
from infrastructure.moments import moment_of
from infrastructure.recorder import events
from infrastructure.rows import Row, insert
from infrastructure.settings import Settings
from tests import servers

START = datetime(2012, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=14 * 365)
SIZES = (10_000, 1_000_000)
"""How many entries; half as many positions."""
ROUNDS = 30
PAGE = 20_000
ACCOUNT_NAMES = tuple(ACCOUNTS)
ZONE = Settings().zone

Question = Callable[[sa.Connection], list[Balance]]


def rows_of(random: Random, count: int) -> Iterator[tuple[Row, list[Row]]]:
    """The records and entries of a book of so many entries."""
    positions = count // 2
    for position in range(1, positions + 1):
        now = START + YEARS * (position / positions)
        late = (
            timedelta(seconds=random.randrange(365 * 86_400)) if position % 10 == 0 else 0 * YEARS
        )
        line = json.dumps({"recorded_at": now.isoformat()}).encode()
        amount, fund = random.randrange(1, 10**6), "b" if position % 20 == 1 else "a"
        times = (book.micros(now - late), book.micros(now))
        dimensions = tuple("" for _ in book.DIMENSIONS)
        yield (
            (position, f"thing:{position}", 1, "x", line, b""),
            [
                (position, no, fund, "CNY", account, signed, "P1", *dimensions, *times)
                for no, (account, signed) in enumerate(
                    zip(random.sample(ACCOUNT_NAMES, 2), (amount, -amount), strict=True), start=1
                )
            ],
        )


def filled(url: str, count: int) -> Database:
    """A database with so many entries, all closed."""
    database = Database(url)
    made = rows_of(Random(7), count)
    with database.writing() as connection:
        metadata.create_all(connection)
        derived.create_all(connection)
    while page := [row for _, row in zip(range(PAGE), made, strict=False)]:
        with database.writing() as connection:
            insert(connection, events, [record for record, _ in page])
            insert(connection, book.entries, [row for _, rows in page for row in rows])
    began = time.perf_counter()
    Following(database, CLOSINGS).catch_up()
    took = time.perf_counter() - began
    sys.stdout.write(f"{count:>9,} entries closed in {took:.2f} s\n")
    if not database.is_sqlite:
        with database.engine.connect() as bare:
            bare.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
    return database


def questions() -> dict[str, Callable[[sa.Connection], Moment]]:
    """What is asked, each as people write it."""

    def asked(as_of: str | None, known_at: str | None) -> Callable[[sa.Connection], Moment]:
        return lambda connection: moment_of(connection, as_of, known_at, ZONE)

    return {
        "now": asked(None, None),
        "as of the last day": asked("2025-12-27", None),
        "as of a day": asked("2018-12-13", None),
        "as of a moment": asked("2018-12-13T15:20:00+08:00", None),
        "known at a day": asked(None, "2018-12-13"),
        "both": asked("2018-06-13", "2018-12-13"),
    }


def plain(connection: sa.Connection, moment: Moment) -> list[Balance]:
    """The balances as the sum over all entries of the fund."""
    conditions = (*book.at(moment), book.entries.c.fund == "a")
    return sorted(Balance(*row) for row in book.summed(connection, *conditions))


def medians_ms(books: list[Database], rounds: int, question: Question) -> list[float]:
    """The middle of the times that a question takes in each book, asked in turn."""
    taken: list[list[float]] = [[] for _ in books]
    for _ in range(rounds):
        for times, book_asked in zip(taken, books, strict=True):
            began = time.perf_counter()
            with book_asked.reading() as connection:
                question(connection)
            times.append(time.perf_counter() - began)
    return [1_000 * statistics.median(times) for times in taken]


def compare(name: str, books: list[Database]) -> None:
    """Prints what every question takes in each book."""
    sys.stdout.write(f"\n{name:26} {'short ms':>9} {'long ms':>9} {'ratio':>6} {'sum ms':>9}\n")
    for question, moment in questions().items():
        with books[1].reading() as connection:
            at = moment(connection)
            assert balances(connection, at, fund="a") == plain(connection, at)
        short, long = medians_ms(books, ROUNDS, partial(by_closings, moment))
        (whole,) = medians_ms(books[1:], 3, partial(by_sum, moment))
        sys.stdout.write(
            f"{question:26} {short:9.2f} {long:9.2f} {long / short:6.2f} {whole:9.1f}\n"
        )


def by_closings(
    moment: Callable[[sa.Connection], Moment], connection: sa.Connection
) -> list[Balance]:
    """As the product answers, from the text of the moment on."""
    return balances(connection, moment(connection), fund="a")


def by_sum(moment: Callable[[sa.Connection], Moment], connection: sa.Connection) -> list[Balance]:
    """As the plain sum answers."""
    return plain(connection, moment(connection))


def main() -> None:
    """Measures on both databases."""
    with tempfile.TemporaryDirectory() as folder:
        books = [filled(f"sqlite:///{folder}/{size}.db", size) for size in SIZES]
        compare("SQLite", books)
        for book in books:
            book.close()
    with tempfile.TemporaryDirectory() as folder:
        server = servers.server_url(Path(folder))
        make_durable(server)
        with servers.fresh_database(server) as short, servers.fresh_database(server) as long:
            books = [filled(url, size) for url, size in zip((short, long), SIZES, strict=True)]
            compare("PostgreSQL", books)
            for book in books:
                book.close()
        servers.stop_server(Path(folder))


if __name__ == "__main__":
    main()

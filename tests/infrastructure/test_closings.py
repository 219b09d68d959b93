"""Closings: a balance at any moment is the sum of the entries, wherever the follower stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from application.ports import BookLine
from application.questions import Moment
from infrastructure import book
from infrastructure.balances import balances
from infrastructure.closings import BLOCK, CLOSINGS, ORIGIN, SHORTEST, SPANS, TABLES, closings
from infrastructure.closings_check import differing_closings
from infrastructure.database import Database
from infrastructure.followers.following import Following
from infrastructure.followers.kinds import held
from infrastructure.moments import known_by
from infrastructure.settings import Settings
from tests.infrastructure.closing import Posted, opened, plainly, record

ZONE = Settings().zone
FIRST = datetime(2012, 1, 1, tzinfo=UTC)
START = datetime(2026, 2, 27, tzinfo=UTC)
APART = timedelta(minutes=7)
FUNDS = ("a", "b", "c")
ACCOUNTS = ("cash.bank", "cash.payables", "cash.advances")
SOME = sa.select(sa.literal("a").label("id")).union_all(sa.select(sa.literal("c"))).subquery()


@contextmanager
def book_of(url: str) -> Iterator[Database]:
    """A database with an empty book."""
    database = opened(url)
    try:
        yield database
    finally:
        database.close()


def postings(random: Random, after: int, count: int) -> list[Posted | None]:
    """Postings of several funds; some took effect long before, and some positions have none."""
    found: list[Posted | None] = []
    for position in range(after + 1, after + count + 1):
        now = START + APART * position
        most = random.choice((0, 0, 0, 1, 3, 14 * 365))
        late = timedelta(seconds=random.randint(0, most * 86_400))
        debit, credit = random.sample(ACCOUNTS, 2)
        posted = Posted(
            fund=random.choice(FUNDS),
            amount_minor=random.choice((1, 5, -5, 700)),
            effective_at=now - late,
            currency=random.choice(("CNY", "CNY", "USD")),
            debit=debit,
            credit=credit,
            grant=random.choice(("", "g1", "g2")),
        )
        found.append(posted if random.random() < 0.9 else None)
    return found


def write(database: Database, random: Random, count: int) -> None:
    """Records so many more."""
    with database.reading() as connection:
        last = connection.execute(sa.select(sa.func.max(book.entries.c.position))).scalar() or 0
    record(database, postings(random, last, count), start=START, apart=APART)


def some_instant(random: Random, last: Sequence[int] = (0,)) -> datetime | None:
    """A moment: none, any, or beside one of those that matter.

    Local midnight, the first of a month, the end of a stretch, the end of a block, an entry, and
    the last entry of a stretch.
    """
    any_time = FIRST + timedelta(seconds=random.randrange(15 * 365 * 86_400))
    midnight = datetime.combine(any_time.astimezone(ZONE).date(), time(), ZONE)
    length = SHORTEST * random.choice(SPANS)
    end = (book.micros(any_time) + ORIGIN) // length * length - ORIGIN
    nudge = timedelta(microseconds=random.choice((-1, 0, 1)))
    return random.choice(
        (
            None,
            any_time,
            midnight,
            midnight.replace(day=1),
            book.EPOCH + timedelta(microseconds=end) + nudge,
            START + APART * random.randrange(6 * BLOCK) + nudge,
            START + APART * (random.randrange(6) * BLOCK + random.randint(-60, 60)),
            book.EPOCH + timedelta(microseconds=random.choice(last)) + nudge,
        )
    )


def some_moment(random: Random, last: Sequence[int]) -> Moment:
    """A moment on either clock, on both, or on none."""
    end = random.randrange(7) * BLOCK + random.choice((-1, 0, 1))
    return Moment(
        some_instant(random, last), random.choice((None, random.randrange(6 * BLOCK), end))
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_balance_is_the_sum_of_the_entries_at_every_moment(database_url: str, seed: int) -> None:
    random = Random(seed)
    with book_of(database_url) as database:
        for _ in range(6):
            write(database, random, random.randrange(300, 1_500))
            if random.random() < 0.7:
                Following(database, CLOSINGS).catch_up()
            with database.reading() as connection:
                last = list(connection.execute(sa.select(closings.c.last_at)).scalars())
                for _ in range(100):
                    moment = some_moment(random, last or [0])
                    fund, grant = random.choice((None, *FUNDS)), random.choice((None, None, "g1"))
                    among = random.choice((None, sa.select(SOME.c.id)))

                    found = balances(connection, moment, fund=fund, grant=grant, among=among)

                    expected = plainly(connection, moment, fund=fund, grant=grant, among=among)
                    assert found == expected, (moment, fund, grant, among)


def lines_plainly(connection: sa.Connection, fund: str, before: datetime | None) -> list[BookLine]:
    """The lines of the book as the sums over all entries."""
    keys = [book.entries.c[name] for name in book.BY_LINE]
    total = sa.func.sum(book.entries.c.amount_minor)
    query = sa.select(*keys, total).where(book.entries.c.fund == fund, *book.at(Moment(before)))
    query = query.group_by(*keys).having(total != 0).order_by(*keys)
    return [BookLine(*row[:7], int(row[7])) for row in connection.execute(query)]


def test_the_lines_of_a_fund_are_the_sums_of_its_entries(database_url: str) -> None:
    random = Random(11)
    with book_of(database_url) as database:
        for _ in range(4):
            write(database, random, 800)
            with database.reading() as connection:
                for before in (None, *(some_instant(random) for _ in range(15))):
                    for fund in FUNDS:
                        expected = lines_plainly(connection, fund, before)
                        assert book.lines_of(connection, fund, before) == expected
            Following(database, CLOSINGS).catch_up()


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the follower has filled."""
    with database.reading() as connection:
        return {
            table.name: sorted(tuple(row) for row in connection.execute(sa.select(table)))
            for table in TABLES
        }


def test_closings_are_the_same_however_often_the_follower_went_and_when_filled_again(
    database_url: str,
) -> None:
    random = Random(2)
    with book_of(database_url) as database:
        for _ in range(5):
            write(database, random, 900)
            Following(database, CLOSINGS).catch_up()
        step_by_step = rows(database)
        assert step_by_step["derived_marks"] == [("closings", 4 * BLOCK)]
        with database.writing() as connection:
            for table in TABLES:
                connection.execute(table.delete())
        with database.reading() as connection:
            assert balances(connection, Moment()) == plainly(connection, Moment())

        assert Following(database, CLOSINGS).catch_up() == 4 * BLOCK

        assert rows(database) == step_by_step


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("UPDATE closings SET last_at = last_at + 1 WHERE span = 10 AND fund = 'a'", "closings"),
        ("UPDATE closings SET sums = replace(sums, '5', '6') WHERE span = 0", "closings"),
        ("DELETE FROM closings WHERE span = 1000 AND fund = 'b'", "closings"),
        ("UPDATE former_closings SET unit = unit + 1 WHERE span = 0", "former_closings"),
        ("DELETE FROM former_closings WHERE span = 100", "former_closings"),
        ("UPDATE book_lines SET amount_minor = amount_minor + 1 WHERE fund = 'c'", "book_lines"),
        ("DELETE FROM book_lines WHERE fund = 'c'", "book_lines"),
        ("UPDATE closed_blocks SET recorded_at = recorded_at + 1", "closed_blocks"),
        ("DELETE FROM closed_blocks WHERE position = 1000", "closed_blocks"),
        ("UPDATE derived_marks SET position = 1000", "closings"),
        ("UPDATE derived_marks SET position = 1001", "mark"),
        ("UPDATE derived_marks SET follower = 'blosings'", "mark"),
        ("INSERT INTO closed_blocks VALUES (9000, 1)", "closed_blocks"),
    ],
)
def test_a_row_that_was_changed_is_found(database_url: str, change: str, rule: str) -> None:
    with book_of(database_url) as database:
        write(database, Random(4), 2_100)
        Following(database, CLOSINGS).catch_up()
        with database.reading() as connection:
            assert list(differing_closings(connection)) == []
        with database.writing() as connection:
            connection.exec_driver_sql(change)

        with database.reading() as connection:
            found = list(differing_closings(connection))

        assert rule in {reason.rule.partition(".")[2] for _, reason in found}
        assert all(0 < position <= 9_000 for position, _ in found)


def test_what_was_known_at_a_time_is_found_with_and_without_closed_blocks(
    database_url: str,
) -> None:
    random = Random(8)
    with book_of(database_url) as database:
        write(database, random, 3 * BLOCK + 200)
        for closed in (False, True):
            if closed:
                Following(database, CLOSINGS).catch_up()
            with database.reading() as connection:
                for position in (0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2_500, 3 * BLOCK, 3_200):
                    at = START + APART * position
                    assert known_by(connection, at) == max(position - 1, 0)
                    assert known_by(connection, at + timedelta(seconds=1)) == position
                assert known_by(connection, at + timedelta(days=900)) == 3 * BLOCK + 200


def test_the_follower_of_the_closings_waits_for_a_full_block(database_url: str) -> None:
    with book_of(database_url) as database:
        write(database, Random(1), BLOCK - 1)
        assert Following(database, CLOSINGS).catch_up() == 0

        write(database, Random(1), 1)

        assert Following(database, CLOSINGS).catch_up() == BLOCK
        with database.reading() as connection:
            assert held(connection, CLOSINGS) == BLOCK

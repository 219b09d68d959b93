"""The store: one write transaction at a time, in which everything that was decided is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from eventsourcing.persistence import PersistenceError, StoredEvent

from application.chronicle import Chronicle
from application.desk import Cache, Unavailable
from application.ports import BookLine, News, Receipt, Save, Standing, Wanted, Where
from application.principals import Held
from domain.kernel import Aggregate
from infrastructure import book, drafts, news
from infrastructure.database import Database, metadata
from infrastructure.people import held_by
from infrastructure.recorder import ChronicleRecorder, events, last_position, rows_behind
from infrastructure.rows import Change, write
from infrastructure.views import MAIN
from infrastructure.views.filling import Before, view_changes
from infrastructure.waiting import standing

receipts = sa.Table(
    "receipts",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("answer", sa.LargeBinary, nullable=False),
)


def conditions(table: sa.Table, where: Where) -> list[sa.ColumnElement[bool]]:
    """The question as conditions on the columns of a read model."""
    return [
        table.c[name].in_(value) if isinstance(value, tuple) else table.c[name] == value
        for name, value in where.items()
    ]


class ReadShelf:
    """Finds aggregates and answers questions on one connection; writes nothing."""

    def __init__(self, connection: sa.Connection, chronicle: Chronicle, zone: ZoneInfo) -> None:
        self.connection = connection
        self.chronicle = chronicle
        self.zone = zone

    def fetch(self, streams: Iterable[str]) -> dict[str, Aggregate]:
        """The aggregates of the streams that exist, read with one question."""
        return {stream: found for stream, (_, found) in self.read(streams).items()}

    def read(self, streams: Iterable[str]) -> dict[str, tuple[int, Aggregate]]:
        """The aggregates of the streams that exist, each with the position where it began."""
        wanted = list(streams)
        query = (
            sa.select(events.c.stream, events.c.record, events.c.position)
            .where(events.c.stream.in_(wanted))
            .order_by(events.c.stream, events.c.version)
        )
        lines: dict[str, list[bytes]] = {}
        born: dict[str, int] = {}
        for stream, record, position in self.connection.execute(query):
            lines.setdefault(stream, []).append(bytes(record))
            born.setdefault(stream, position)
        folded = {stream: self.chronicle.fold(stream, lines[stream]) for stream in lines}
        return {s: (born[s], found) for s, found in folded.items() if found is not None}

    def ids(self, noun: str, where: Where) -> list[str]:
        """The ids that a question finds, oldest first."""
        table = MAIN[noun].table
        query = sa.select(table.c.id).where(*conditions(table, where)).order_by(table.c.born)
        return list(self.connection.execute(query.order_by(table.c.id)).scalars())

    def count(self, noun: str, where: Where) -> int:
        """How many things a question finds."""
        table = MAIN[noun].table
        query = sa.select(sa.func.count()).select_from(table).where(*conditions(table, where))
        return int(self.connection.execute(query).scalar_one())

    def book(self, fund: str, day: date | None = None) -> list[BookLine]:
        """The balances of a fund by account and dimensions."""
        before = None
        if day is not None:
            before = datetime.combine(day + timedelta(days=1), time(), self.zone)
        return book.lines_of(self.connection, fund, before)

    def held_by(self, person: str, day: date) -> tuple[Held, ...]:
        """The roles that are the person's own on a day."""
        return held_by(self.connection, person, day)


class OpenWriter(ReadShelf):
    """The write transaction that the desk has open."""

    def __init__(
        self, connection: sa.Connection, chronicle: Chronicle, zone: ZoneInfo, cache: Cache
    ) -> None:
        super().__init__(connection, chronicle, zone)
        self.cache = cache
        self.saves: list[Save] = []
        self.stored: list[StoredEvent] = []
        self.before: Before = {}

    def head(self) -> tuple[int, datetime | None]:
        """The last position, and when it was recorded."""
        last = last_position(self.connection)
        query = sa.select(events.c.record).where(events.c.position == last)
        line = self.connection.execute(query).scalar()
        return last, self.chronicle.lines.decode(bytes(line)).recorded_at if line else None

    def since(self, after: int, keys: Iterable[str]) -> tuple[News, dict[str, Receipt]]:
        """Records behind a position, and the receipts that exist for these keys."""
        return news.since(
            self.connection, after, list(keys), self.cache.kept, self.chronicle.lines.decode
        )

    def fetch(self, streams: Iterable[str]) -> dict[str, Aggregate]:
        """The aggregates from memory, and the others from the chronicle."""
        found, missing = {}, []
        for stream in streams:
            kept = self.cache.get(stream)
            if kept is None:
                missing.append(stream)
            else:
                found[stream] = kept
        if missing:
            read = self.read(missing)
            self.cache.born.update((stream, born) for stream, (born, _) in read.items())
            self.cache.keep(aggregate for _, aggregate in read.values())
            found.update((stream, aggregate) for stream, (_, aggregate) in read.items())
        return found

    def ids(self, noun: str, where: Where) -> list[str]:
        """As for readers, after what waits to be written is written."""
        self.flush()
        return super().ids(noun, where)

    def count(self, noun: str, where: Where) -> int:
        """As for readers, after what waits to be written is written."""
        self.flush()
        return super().count(noun, where)

    def book(self, fund: str, day: date | None = None) -> list[BookLine]:
        """As for readers, after what waits to be written is written."""
        self.flush()
        return super().book(fund, day)

    def add(self, save: Save) -> None:
        """Keeps a save for the next flush; refused here if a record is too long to be kept."""
        lines = self.chronicle.lines
        self.stored.extend([lines.to_stored_event(record) for record in save.records])
        self.saves.append(save)
        for aggregate in save.touched:
            if aggregate.stream not in self.before:
                self.before[aggregate.stream] = self.cache.kept.get(aggregate.stream)

    def flush(self) -> None:
        """Writes events, entries, read models and receipts of what was added."""
        if not self.saves:
            return
        saves, self.saves = self.saves, []
        stored, self.stored = self.stored, []
        before, self.before = self.before, {}
        posted = [
            row
            for save in saves
            for position, record in enumerate(save.records, start=save.first_position)
            if record.postings
            for row in book.rows_of(position, record)
        ]
        given = [save.receipt for save in saves if save.receipt is not None]
        write(
            self.connection,
            [
                Change(events, "insert", rows_behind(saves[0].first_position - 1, stored)),
                Change(book.entries, "insert", posted),
                *view_changes(self.connection, saves, before, self.cache.born),
                Change(receipts, "insert", [(r.key, r.digest, r.answer) for r in given]),
            ],
        )
        drafts.end(self.connection, saves)


class DatabaseStore:
    """The database as the desk knows it, and as readers ask it."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self.database = database
        self.zone = zone
        self.recorder = ChronicleRecorder(database)
        self.chronicle = Chronicle(self.recorder)

    @contextmanager
    def writing(self, cache: Cache) -> Iterator[OpenWriter]:
        """Opens the one write transaction; `Unavailable` where the database cannot write."""
        try:
            with self.database.writing() as connection:
                yield OpenWriter(connection, self.chronicle, self.zone, cache)
        except (PersistenceError, sa.exc.DBAPIError, self.database.driver.Error) as error:
            raise Unavailable(str(error)) from error

    @contextmanager
    def shelf(self) -> Iterator[ReadShelf]:
        """A shelf for one question."""
        with self.database.reading() as connection:
            yield ReadShelf(connection, self.chronicle, self.zone)

    def standing(self, wanted: Iterable[Wanted], since: int = 0) -> Standing:
        """The id and a column of every thing in the wanted stages."""
        return standing(self.database, wanted, since)

"""The event store: every record in one gapless order, each with its leaf hash."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from typing import Any

import sqlalchemy as sa
from eventsourcing.persistence import (
    IntegrityError,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
)

from infrastructure.database import POSITION, Database, metadata
from infrastructure.rows import Row, insert
from infrastructure.streaming import mark, streamed
from infrastructure.together import Together

events = sa.Table(
    "events",
    metadata,
    sa.Column("position", POSITION, primary_key=True, autoincrement=False),
    sa.Column("stream", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.Column("leaf", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("stream", "version", name="events_stream_version"),
)
tracking = sa.Table(
    "tracking",
    metadata,
    sa.Column("follower", sa.Text, primary_key=True),
    sa.Column("position", POSITION, nullable=False),
)


def leaf_hash(line: bytes) -> bytes:
    """The hash of a record as a leaf of the Merkle tree (RFC 6962)."""
    return hashlib.sha256(b"\x00" + line).digest()


def last_position(connection: sa.Connection) -> int:
    """The position of the last record, 0 where there is none."""
    found = connection.execute(sa.select(sa.func.max(events.c.position))).scalar()
    return int(found or 0)


def rows_behind(last: int, stored_events: Sequence[StoredEvent]) -> list[Row]:
    """The rows of records that come behind the last position."""
    return [
        (
            position,
            str(stored.originator_id),
            stored.originator_version,
            stored.topic,
            stored.state,
            leaf_hash(stored.state),
        )
        for position, stored in enumerate(stored_events, start=last + 1)
    ]


class ChronicleRecorder(ProcessRecorder):
    """What the eventsourcing library asks of a recorder, on our tables."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.together = Together(database)

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        tracking: Tracking | None = None,
        **kwargs: Any,
    ) -> Sequence[int]:
        """Writes records, and how far a follower has come, in one transaction."""
        if stored_events and tracking is None and self.database.current.get() is None:
            return self.together.append(rows_behind(0, stored_events))
        with self.database.writing() as connection, self.database.translated():
            rows = rows_behind(last_position(connection), stored_events)
            insert(connection, events, rows)
            if tracking is not None:
                track(connection, tracking)
        return [row[0] for row in rows]

    def select_events(
        self,
        originator_id: Any,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The records of one stream, by version."""
        columns = (events.c.version, events.c.type, events.c.record)
        query = sa.select(*columns).where(events.c.stream == str(originator_id))
        if gt is not None:
            query = query.where(events.c.version > gt)
        if lte is not None:
            query = query.where(events.c.version <= lte)
        order = events.c.version.desc() if desc else events.c.version
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(order).limit(limit)).all()
        return [
            StoredEvent(originator_id, version, type, bytes(record))
            for version, type, record in rows
        ]

    def lines(self, streams: Iterable[str]) -> dict[str, list[bytes]]:
        """The records of several streams with one question, each stream by version."""
        query = (
            sa.select(events.c.stream, events.c.record)
            .where(events.c.stream.in_(list(streams)))
            .order_by(events.c.stream, events.c.version)
        )
        found: dict[str, list[bytes]] = {}
        with self.database.reading() as connection:
            for stream, record in connection.execute(query):
                found.setdefault(stream, []).append(bytes(record))
        return found

    def scan(self, after: int = 0, upto: int | None = None) -> Generator[Row, None, None]:
        """Every position with its record and leaf, in order, a page of rows at a time."""
        with self.database.reading() as connection:
            if not connection.in_transaction():
                connection.begin()
            place = mark(connection)
            words = f"SELECT position, record, leaf FROM events WHERE position > {place}"
            values = [after]
            if upto is not None:
                words, values = f"{words} AND position <= {place}", [after, upto]
            with closing(streamed(connection, f"{words} ORDER BY position", values)) as rows:
                yield from rows

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """A page of the log from a position on."""
        query = sa.select(
            events.c.stream, events.c.version, events.c.type, events.c.record, events.c.position
        )
        if start is not None:
            from_start = events.c.position >= start
            query = query.where(from_start if inclusive_of_start else events.c.position > start)
        if stop is not None:
            query = query.where(events.c.position <= stop)
        if topics:
            query = query.where(events.c.type.in_(topics))
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(events.c.position).limit(limit)).all()
        return [
            Notification(stream, version, type, bytes(record), position)
            for stream, version, type, record, position in rows
        ]

    def max_notification_id(self) -> int | None:
        """The last position; None where the log is empty."""
        with self.database.reading() as connection:
            return last_position(connection) or None

    def insert_tracking(self, tracking: Tracking) -> None:
        """Notes how far a follower has come."""
        with self.database.writing() as connection:
            track(connection, tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        """How far a follower has come."""
        query = sa.select(tracking.c.position).where(tracking.c.follower == application_name)
        with self.database.reading() as connection:
            return connection.execute(query).scalar()

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorderAlias]:
        """The log is followed by its own follower, on both databases."""
        raise NotImplementedError("Follow the log with select_notifications.")


ApplicationRecorderAlias = Any


def track(connection: sa.Connection, mark: Tracking) -> None:
    """Moves a follower's mark forward; refused where it stands there already or further on."""
    ours = tracking.c.follower == mark.application_name
    held = connection.execute(sa.select(tracking.c.position).where(ours)).scalar()
    if held is not None and held >= mark.notification_id:
        raise IntegrityError(f"{mark.application_name} has passed {mark.notification_id}.")
    values = {"follower": mark.application_name, "position": mark.notification_id}
    change = tracking.insert() if held is None else tracking.update().where(ours)
    connection.execute(change.values(values))

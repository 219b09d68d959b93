"""Moments as people write them: a day, an RFC 3339 time, or a position in the chronicle."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa

from application.questions import Moment
from domain.errors import Invalid, Reason
from infrastructure.book import micros
from infrastructure.database import POSITION, derived
from infrastructure.recorder import events, last_position

blocks = sa.Table(
    "closed_blocks",
    derived,
    sa.Column("position", POSITION, primary_key=True, autoincrement=False),
    sa.Column("recorded_at", sa.BigInteger, nullable=False),
    sa.Index("closed_blocks_recorded", "recorded_at", "position"),
)
"""When the last record of every closed block was recorded."""


class Stamped(msgspec.Struct):
    """The part of a record that says when it was recorded."""

    recorded_at: datetime


STAMP = msgspec.json.Decoder(Stamped)


def instant_of(text: str, zone: ZoneInfo, field: str) -> datetime:
    """The first instant behind the moment: behind a whole day, or right behind a time."""
    try:
        if len(text) == 10:
            day = date.fromisoformat(text) + timedelta(days=1)
            return datetime.combine(day, time(), zone).astimezone(UTC)
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(text)
        return moment.astimezone(UTC) + timedelta(microseconds=1)
    except (ValueError, OverflowError):
        raise Invalid(
            Reason(
                "moment",
                "“{text}” is no moment: write a day such as 2026-03-31, a time such as "
                "2026-03-31T09:00:00+08:00, or position:42.",
                {"text": text[:60]},
                field,
            )
        ) from None


def position_of(text: str) -> int | None:
    """The position that `position:N` names; None for anything else."""
    word, _, digits = text.partition(":")
    named = word == "position" and digits.isascii() and digits.isdigit() and len(digits) < 16
    return int(digits) if named else None


def known_by(connection: sa.Connection, before: datetime) -> int:
    """The last position recorded before the instant; `recorded_at` never goes back.

    The closed blocks tell it roughly, so that the search is as short in a long chronicle.
    """
    at, recorded = blocks.c.position, blocks.c.recorded_at
    earlier = sa.select(at).where(recorded < micros(before)).order_by(recorded.desc(), at.desc())
    low = int(connection.execute(earlier.limit(1)).scalar() or 0)
    later = connection.execute(sa.select(at).where(at > low).order_by(at).limit(1)).scalar()
    high = last_position(connection) if later is None else int(later) - 1
    while low < high:
        middle = (low + high + 1) // 2
        query = sa.select(events.c.record).where(events.c.position == middle)
        line = bytes(connection.execute(query).scalar_one())
        if STAMP.decode(line).recorded_at < before:
            low = middle
        else:
            high = middle - 1
    return low


def moment_of(
    connection: sa.Connection, as_of: str | None, known_at: str | None, zone: ZoneInfo
) -> Moment:
    """The moment that two texts name: what was true by the one, and known by the other."""
    before, limits = None, []
    if as_of is not None:
        position = position_of(as_of)
        if position is None:
            before = instant_of(as_of, zone, "?as_of")
        else:
            limits.append(position)
    if known_at is not None:
        position = position_of(known_at)
        if position is None:
            position = known_by(connection, instant_of(known_at, zone, "?known_at"))
        limits.append(position)
    return Moment(before, min(limits) if limits else None)

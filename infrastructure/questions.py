"""Questions to the read models: lists, single things, timelines, counts; one statement each."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa

from application.questions import Balance, Column, Found, Moment, Page, Parties
from application.veils import veiled_fields
from application.visibility import Sight
from domain.errors import Invalid, Reason
from infrastructure import balances
from infrastructure.database import Database
from infrastructure.moments import moment_of
from infrastructure.parties import parties
from infrastructure.recorder import events, last_position
from infrastructure.seen import VEIL, seen, seen_in_full
from infrastructure.veiled import veils_over
from infrastructure.views import VIEWS
from infrastructure.views.kit import View, blanks


def found(view: View, row: sa.RowMapping) -> Found:
    """A row as the callers use it; what its veils hide is neither a value nor a fact."""
    values = dict(row)
    facts = msgspec.json.decode(values.pop("facts"), type=dict[str, Any])
    lying = [name for name in values if name.startswith(VEIL) and values[name]]
    veils = tuple(name.removeprefix(VEIL) for name in lying)
    hidden = veiled_fields(view.name, veils)
    blank = dict(blanks(view.table))
    return Found(
        {
            name: blank[name] if name in hidden else value
            for name, value in values.items()
            if name != "full" and not name.startswith(VEIL)
        },
        {name: value for name, value in facts.items() if name not in hidden},
        bool(values["full"]),
        veils,
    )


def one(connection: sa.Connection, view: View, sight: Sight, id: str) -> Found | None:
    """The thing of that id, if the asker may see it."""
    query, _ = seen(view, sight)
    row = connection.execute(query.where(view.table.c.id == id)).mappings().one_or_none()
    return None if row is None else found(view, row)


def page(
    connection: sa.Connection,
    view: View,
    sight: Sight,
    *,
    filters: Mapping[str, str],
    q: str,
    limit: int,
    after: str,
) -> Page:
    """A page of a list: filters by column, words searched by `q`, newest first."""
    table = view.table
    query, _ = seen(view, sight)
    for name, value in filters.items():
        query = query.where(matching(table.c[name], value), *unveiled(view, sight, name))
    if q and view.search:
        ways = [table.c[name].icontains(q, autoescape=True) for name in view.search]
        query = query.where(sa.or_(*ways))
    if after:
        born, id = cursor(after)
        earlier = sa.and_(table.c.born == born, table.c.id > id)
        query = query.where(sa.or_(table.c.born < born, earlier))
    ordered = query.order_by(table.c.born.desc(), table.c.id).limit(limit + 1)
    rows = [found(view, row) for row in connection.execute(ordered).mappings()]
    more = len(rows) > limit
    shown = tuple(rows[:limit])
    return Page(shown, cursor_of(shown[-1]) if more else "")


def unveiled(view: View, sight: Sight, name: str) -> list[sa.ColumnElement[bool]]:
    """No veil over the column lies over the row: what is hidden is not found by guessing it."""
    return [
        sa.not_(over)
        for veil, over in veils_over(view, sight).items()
        if name in veiled_fields(view.name, (veil,))
    ]


def matching(column: sa.Column[Any], value: str) -> sa.ColumnElement[bool]:
    """The condition that a column has a value given as text; several are parted by commas."""
    given = value.split(",")
    if isinstance(column.type, sa.Text):
        return column.in_(given)
    numbers = [int(part) for part in given if part.isascii() and part.isdigit()]
    small = [number for number in numbers if number < 2**53]
    if len(small) != len(given):
        raise Invalid(
            Reason(
                "list.filter",
                "“{name}” is compared with whole numbers.",
                {"name": column.name},
                f"?{column.name}",
            )
        )
    return column.in_(small)


def cursor_of(row: Found) -> str:
    """Where the list goes on behind a row."""
    text = f"{row.values['born']}.{row.values['id']}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def cursor(text: str) -> tuple[int, str]:
    """The place in a list that a cursor stands for."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        born, _, id = base64.urlsafe_b64decode(padded).decode().partition(".")
        position = int(born)
    except (UnicodeError, binascii.Error, ValueError):
        position, id = -1, ""
    if not 0 <= position < 2**53:
        raise Invalid(
            Reason("list.cursor", "This is no cursor that a list has given.", {}, "?starting_after")
        )
    return position, id


def timeline(
    connection: sa.Connection, stream: str, *, upto: int | None = None
) -> list[tuple[int, bytes]]:
    """The records of one thing with their positions, oldest first."""
    query = sa.select(events.c.position, events.c.record).where(events.c.stream == stream)
    if upto is not None:
        query = query.where(events.c.position <= upto)
    rows = connection.execute(query.order_by(events.c.version)).all()
    return [(position, bytes(record)) for position, record in rows]


def behind(connection: sa.Connection, after: int, limit: int) -> list[tuple[int, bytes]]:
    """The records behind a position, in order."""
    query = sa.select(events.c.position, events.c.record).where(events.c.position > after)
    rows = connection.execute(query.order_by(events.c.position).limit(limit)).all()
    return [(position, bytes(record)) for position, record in rows]


def stage_counts(connection: sa.Connection, view: View, sight: Sight) -> dict[str, int]:
    """How many of the things that the asker sees stand in each stage."""
    _, visible = seen(view, sight)
    stage = view.table.c.stage
    query = sa.select(stage, sa.func.count()).where(visible).group_by(stage).order_by(stage)
    return {name: int(count) for name, count in connection.execute(query)}


class DatabaseQuestions:
    """The questions, each on a connection of its own."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self.database = database
        self.zone = zone

    def columns(self, view: str) -> Sequence[Column]:
        """The columns of a read model."""
        table = VIEWS[view].table
        return tuple(
            Column(column.name, column.info.get("kind", "text"))
            for column in table.columns
            if column.name != "facts"
        )

    def page(
        self,
        view: str,
        sight: Sight,
        *,
        filters: Mapping[str, str],
        q: str,
        limit: int,
        after: str,
    ) -> Page:
        """A part of a list."""
        with self.database.reading() as connection:
            return page(
                connection, VIEWS[view], sight, filters=filters, q=q, limit=limit, after=after
            )

    def one(self, view: str, sight: Sight, id: str) -> Found | None:
        """A thing, if the asker may see it."""
        with self.database.reading() as connection:
            return one(connection, VIEWS[view], sight, id)

    def stage_counts(self, view: str, sight: Sight) -> dict[str, int]:
        """How many of the things that the asker sees stand in each stage."""
        with self.database.reading() as connection:
            return stage_counts(connection, VIEWS[view], sight)

    def parties(self, review: str) -> Parties:
        """Whom the reviewer may have an interest in."""
        with self.database.reading() as connection:
            return parties(connection, review)

    def timeline(self, stream: str, moment: Moment) -> list[tuple[int, bytes]]:
        """The records of a thing with their positions, oldest first."""
        with self.database.reading() as connection:
            return timeline(connection, stream, upto=moment.upto)

    def behind(self, after: int, limit: int) -> list[tuple[int, bytes]]:
        """The records behind a position."""
        with self.database.reading() as connection:
            return behind(connection, after, limit)

    def balances(
        self,
        moment: Moment,
        *,
        fund: str | None = None,
        grant: str | None = None,
        sight: Sight | None = None,
    ) -> list[Balance]:
        """The balance of every account at a moment, of the funds that are seen in full."""
        funds = VIEWS["funds"].table
        seen_funds = None
        if sight is not None:
            seen_funds = sa.select(funds.c.id).where(seen_in_full(funds, sight))
            if fund is not None:
                seen_funds = seen_funds.where(funds.c.id == fund)
        with self.database.reading() as connection:
            return balances.balances(connection, moment, fund=fund, grant=grant, among=seen_funds)

    def moment(self, as_of: str | None, known_at: str | None) -> Moment:
        """The moment that two texts name."""
        with self.database.reading() as connection:
            return moment_of(connection, as_of, known_at, self.zone)

    def head(self) -> int:
        """The last position."""
        with self.database.reading() as connection:
            return last_position(connection)

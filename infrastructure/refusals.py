"""Refused commands about money in the database: a row for what is alike, with a count.

What is noted waits in memory for a second and is then written at once, so that a flood of refused
commands costs the writers' lock one short transaction a second, and the desk never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from threading import Lock, Timer
from typing import Any

import sqlalchemy as sa
import structlog
from eventsourcing.persistence import PersistenceError
from prometheus_client import Counter

from application.desk import Unavailable
from application.kinds import PLURALS
from application.principals import Principal
from application.refusals import MORE, NOUNS, Kept, Tried, is_kept, tried_by
from domain.errors import Refusal
from infrastructure.database import POSITION, Database, metadata
from infrastructure.views import VIEWS

ROWS = 40
"""So many rows a person may fill in an hour; whatever else is refused to them is only counted."""

PENDING = 2_000
"""So many rows wait to be written at most; what comes then is counted as lost."""

DELAY_SECONDS = 1.0
"""How long what is noted waits for more of its kind."""

LOG = structlog.get_logger("fundtrail.refusals")
NOTED = Counter("fundtrail_refusals", "Refused commands about money.", ("noun", "sort"))
UNWRITTEN = Counter(
    "fundtrail_refusals_unwritten", "Refusals that could not be kept, by what became of them.",
    ("outcome",),
)  # fmt: skip

KEY = tuple(field.name for field in fields(Tried))
table = sa.Table(
    "refusals",
    metadata,
    sa.Column("no", POSITION, primary_key=True, autoincrement=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in KEY),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("first_at", sa.Text, nullable=False),
    sa.Column("last_at", sa.Text, nullable=False),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Index("refusals_alike", *KEY, unique=True),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was refused, when first and last, and whose place it is else."""

    first: datetime
    last: datetime
    count: int
    place: str
    organisation: str

    def joined(self, later: Tally) -> Tally:
        """Both together."""
        return replace(self, last=max(self.last, later.last), count=self.count + later.count)


Waiting = dict[Tried, Tally]


class DatabaseRefusals:
    """Notes in memory, writes from a thread of its own, and reads for those who may."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now
        self.noting, self.writing = Lock(), Lock()
        self.waiting: Waiting = {}
        self.filled: dict[tuple[str, str], int] = {}
        self.timer: Timer | None = None
        self.is_closed = False

    def note(self, by: Principal, noun: str, verb: str, id: str, refused: Refusal) -> None:
        """Notes that somebody was refused; returns at once and raises nothing."""
        if not is_kept(by, noun):
            return
        now = self.now().astimezone(UTC)
        tried = tried_by(by, noun, verb, id, refused, now)
        NOTED.labels(noun, tried.sort).inc()
        place = next((held.place for held in by.held if held.place), "")
        organisation = next((held.organisation for held in by.held if held.organisation), "")
        with self.noting:
            self.add(tried, Tally(now, now, 1, place, organisation))
            self.call_soon()

    def add(self, tried: Tried, tally: Tally) -> None:
        """Adds to what waits; what there is no room for is counted with its like, or as lost."""
        whose = (tried.hour, tried.person)
        if tried not in self.waiting and self.filled.get(whose, 0) >= ROWS:
            tried = more_of(tried)
        if tried in self.waiting:
            self.waiting[tried] = self.waiting[tried].joined(tally)
        elif len(self.waiting) < PENDING:
            self.waiting[tried] = tally
            self.filled[whose] = self.filled.get(whose, 0) + 1
        else:
            UNWRITTEN.labels("lost").inc(tally.count)

    def call_soon(self) -> None:
        """Has what waits written in a while, unless that is on its way."""
        if self.timer is None and self.waiting and not self.is_closed:
            self.timer = Timer(DELAY_SECONDS, self.settle)
            self.timer.daemon = True
            self.timer.start()

    def settle(self) -> None:
        """Writes what was noted; what cannot be written is logged, and tried again later."""
        with self.writing:
            with self.noting:
                if self.timer is not None:
                    self.timer.cancel()
                taken, self.waiting, self.filled, self.timer = self.waiting, {}, {}, None
            if taken:
                self.write_or_keep(taken)

    def write_or_keep(self, taken: Waiting) -> None:
        """Writes rows; keeps them for later where the database does not answer."""
        try:
            with self.database.writing() as connection:
                write(connection, taken)
        except (Unavailable, PersistenceError, sa.exc.SQLAlchemyError) as error:
            is_later = isinstance(error, Unavailable) and not self.is_closed
            outcome, count = "later" if is_later else "lost", sum(t.count for t in taken.values())
            UNWRITTEN.labels(outcome).inc(count)
            LOG.error(
                "refusals_unwritten", outcome=outcome, count=count, error=type(error).__name__
            )
            if is_later:
                with self.noting:
                    for tried, tally in taken.items():
                        self.add(tried, tally)
                    self.call_soon()

    def page(
        self, places: tuple[str, ...], *, filters: Mapping[str, str], limit: int, after: int
    ) -> list[Kept]:
        """Refusals in these places, the newest first, behind the one of that number (0: all)."""
        self.settle()
        query = sa.select(table).order_by(table.c.no.desc()).limit(limit)
        reach = (table.c.place.startswith(place, autoescape=True) for place in places)
        query = query.where(sa.or_(sa.false(), *reach))
        for name, value in filters.items():
            query = query.where(table.c[name].in_(value.split(",")))
        if after:
            query = query.where(table.c.no < after)
        with self.database.reading() as connection:
            return [kept(row) for row in connection.execute(query).mappings()]

    def close(self) -> None:
        """Writes what is left, once and for all."""
        self.is_closed = True
        self.settle()


def more_of(tried: Tried) -> Tried:
    """What is kept of whatever goes beyond the limit: who, when, and of which noun."""
    return replace(tried, roles="", target="", verb="", sort=MORE, rules="")


def write(connection: sa.Connection, taken: Waiting) -> None:
    """Adds to the rows that are there, and makes new ones as far as their person's limit goes."""
    for tried, tally in about_money(connection, taken):
        if raised(connection, tried, tally):
            continue
        whose = (table.c.hour == tried.hour) & (table.c.person == tried.person)
        query = sa.select(sa.func.count()).where(whose, table.c.sort != MORE)
        if tried.sort != MORE and connection.execute(query).scalar_one() >= ROWS:
            tried = more_of(tried)
            if raised(connection, tried, tally):
                continue
        last = connection.execute(sa.select(sa.func.max(table.c.no))).scalar() or 0
        made = {
            "no": last + 1,
            **asdict(tried),
            "place": place_of(connection, tried, tally),
            "first_at": tally.first.isoformat(timespec="microseconds"),
            "last_at": tally.last.isoformat(timespec="microseconds"),
            "count": tally.count,
        }
        connection.execute(table.insert().values(**made))


def raised(connection: sa.Connection, tried: Tried, tally: Tally) -> bool:
    """Adds to the row of what is alike; whether there is one."""
    last = tally.last.isoformat(timespec="microseconds")
    change = table.update().where(*(table.c[n] == v for n, v in asdict(tried).items()))
    latest = sa.case((table.c.last_at < last, last), else_=table.c.last_at)
    done = connection.execute(change.values(count=table.c.count + tally.count, last_at=latest))
    return bool(done.rowcount)


def about_money(connection: sa.Connection, taken: Waiting) -> Iterator[tuple[Tried, Tally]]:
    """What is about money; an approval is where the command is that waits in it."""
    approvals = VIEWS["approvals"].table
    for tried, tally in taken.items():
        if tried.noun == "approval" and tried.sort != MORE:
            query = sa.select(approvals.c.thing_noun).where(approvals.c.id == tried.target)
            if connection.execute(query).scalar() not in NOUNS:
                continue
        yield tried, tally


def place_of(connection: sa.Connection, tried: Tried, tally: Tally) -> str:
    """The place of the thing; of whoever tried, where there is no thing or nobody knows it."""
    view, id = PLURALS[tried.noun], tried.target
    if not id and tally.organisation:
        view, id = "organisations", tally.organisation
    things = VIEWS[view].table
    found = connection.execute(sa.select(things.c.place).where(things.c.id == id)).scalar()
    return str(found or tally.place)


def kept(row: Any) -> Kept:
    """A row as it is told."""
    first, last = (datetime.fromisoformat(row[name]) for name in ("first_at", "last_at"))
    tried = Tried(**{name: row[name] for name in KEY})
    return Kept(row["no"], tried, row["place"], first, last, row["count"])

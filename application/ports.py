"""What the application layer needs from outside: a shelf of aggregates, a clock, randomness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from application.principals import Held
from domain.calendar import Calendar
from domain.kernel import Aggregate, Record
from domain.reviews.assignment import Load, Plan
from domain.rounds.allocation import Problem, Solution

Where = Mapping[str, str | tuple[str, ...]]
"""A question to a read model: columns that must equal a value, or one of several."""


@dataclass(frozen=True, slots=True)
class BookLine:
    """The balance of one account of a fund for one set of dimensions; positive is a debit."""

    account: str
    round: str
    proposal: str
    grant: str
    order: str
    client: str
    line: str
    balance_minor: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The stored answer to a command that carried an idempotency key."""

    key: str
    digest: bytes
    answer: bytes


@dataclass(frozen=True, slots=True)
class Save:
    """What one command leaves behind: records in their order, changed aggregates, a receipt."""

    first_position: int
    records: Sequence[Record[Any]]
    touched: Sequence[Aggregate]
    receipt: Receipt | None


News = Sequence[tuple[int, Record[Any]]]
"""Records in their order, each with its position."""


class Shelf(Protocol):
    """Where aggregates are found."""

    def fetch(self, streams: Iterable[str]) -> dict[str, Aggregate]:
        """The aggregates of the streams that exist, as last saved; the caller copies them."""

    def ids(self, noun: str, where: Where) -> list[str]:
        """The ids of the things that a question to their read model finds, oldest first."""

    def count(self, noun: str, where: Where) -> int:
        """How many things a question to their read model finds."""

    def book(self, fund: str, day: date | None = None) -> list[BookLine]:
        """The balances of a fund by account and dimensions, at the end of a local day or now."""

    def held_by(self, person: str, day: date) -> tuple[Held, ...]:
        """The roles that are the person's own on a day; none that is lent."""


class Writer(Shelf, Protocol):
    """The one open write transaction; nobody else writes until it ends."""

    def head(self) -> tuple[int, datetime | None]:
        """The last position, and when it was recorded."""

    def since(self, after: int, keys: Iterable[str]) -> tuple[News, dict[str, Receipt]]:
        """The records behind a position that matter here, and the receipts for these keys.

        The first record behind the position and the last one are always among them.
        """

    def add(self, save: Save) -> None:
        """Keeps a save for the next flush."""

    def flush(self) -> None:
        """Writes what was added, in one statement for each table at the most."""


class Store(Protocol):
    """The database, as far as the desk knows it."""

    def writing(self, cache: Any) -> AbstractContextManager[Writer]:
        """Opens the one write transaction; committed at the end, rolled back on any error."""


class Wanted(NamedTuple):
    """Things of a noun in a stage, each with one of its columns.

    Where it `waits_for` another noun, which a column of that name refers to, only things that have
    changed since somebody looked, themselves or what they wait for.
    """

    noun: str
    stage: str
    column: str
    waits_for: str = ""


Standing = dict[Wanted, list[tuple[str, str]]]
"""For what is wanted and found: the id and the column of each thing."""


class Waiting(Protocol):
    """What the clock asks the read models: what stands in a stage, with a date to compare."""

    def standing(self, wanted: Iterable[Wanted], since: int = 0) -> Standing:
        """The id and the column of every thing that stands in one of the wanted stages.

        `since` is the position up to which somebody has looked already.
        """


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """This instant in UTC."""


class Entropy(Protocol):
    """Gives what must not be guessed or repeated."""

    def new_id(self, now: datetime) -> str:
        """A new identity that sorts by time."""

    def salt(self) -> str:
        """128 random bits as text."""


class Solver(Protocol):
    """Works out what is best among very many possibilities."""

    def allocate(self, problem: Problem) -> Solution:
        """The best allocation; refused where none keeps to the rules."""

    def assign(self, load: Load) -> Plan:
        """The most even assignment, and of those the one that fits best; refused where none is."""


class Calendars(Protocol):
    """Gives working-day calendars by version."""

    def __call__(self, version: str) -> Calendar:
        """The calendar of that version; a refusal where there is none."""


class Files(Protocol):
    """Where documents are kept."""

    def put(self, content: bytes) -> str:
        """Keeps the content and gives its SHA-256."""

    def read(self, sha256: str) -> bytes | None:
        """The content of that hash."""

    def find(self, sha256: str) -> Path | None:
        """Where the file of that hash is."""

    def kinds_of(self, content: bytes) -> frozenset[str]:
        """The kinds that the bytes may be called."""

"""What may be asked, and what the surfaces need from the house around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from application.clock import Ticked
from application.credentials import Credentials, Limits
from application.desk import Desk
from application.drafts import Drafts
from application.identity import Identity
from application.openid import OpenId
from application.personal import Vault
from application.ports import Calendars, Clock, Entropy, Files, Shelf, Solver
from application.refusals import Refusals
from application.register_files import RegisterFiles
from application.uploads import Uploads
from application.visibility import Sight


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a read model, and what kind of value it has: text, money, day, moment …"""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """A row of a read model; `full` says whether the asker sees more than what is public.

    `veils` are those that lie over it for the asker; what they hide is not among the values.
    """

    values: dict[str, Any]
    facts: dict[str, Any]
    full: bool
    veils: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parties:
    """The organisations, by name, in which a reviewer may have an interest.

    Where the round is blind on both sides they are all of it (`is_of_round`), in the order of
    their names, so that none of them points at the proposal.
    """

    names: tuple[str, ...]
    is_of_round: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, newest first, and where the next part begins (empty at the end)."""

    rows: tuple[Found, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Moment:
    """At which moment a question is asked: what was true by then, and known by then.

    `before` excludes what took effect at it or later, `upto` what was recorded behind that
    position.
    """

    before: datetime | None = None
    upto: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Balance:
    """An account of a fund: what was debited and credited, in minor units of its currency."""

    fund: str
    currency: str
    account: str
    debit_minor: int
    credit_minor: int

    @property
    def balance_minor(self) -> int:
        """Debit less credit."""
        return self.debit_minor - self.credit_minor


class Questions(Protocol):
    """The read models, the ledger book and the chronicle, for whoever asks."""

    def columns(self, view: str) -> Sequence[Column]:
        """The columns of a read model."""

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

    def one(self, view: str, sight: Sight, id: str) -> Found | None:
        """A thing, if the asker may see it."""

    def stage_counts(self, view: str, sight: Sight) -> dict[str, int]:
        """How many of the things that the asker sees stand in each stage."""

    def parties(self, review: str) -> Parties:
        """Whom the reviewer may have an interest in; nobody once they have stood back."""

    def timeline(self, stream: str, moment: Moment) -> list[tuple[int, bytes]]:
        """The records of a thing with their positions, oldest first."""

    def behind(self, after: int, limit: int) -> list[tuple[int, bytes]]:
        """The records behind a position."""

    def balances(
        self,
        moment: Moment,
        *,
        fund: str | None = None,
        grant: str | None = None,
        sight: Sight | None = None,
    ) -> list[Balance]:
        """The balance of every account at a moment, of the funds that are seen in full."""

    def moment(self, as_of: str | None, known_at: str | None) -> Moment:
        """The moment that two texts name: a day, an RFC 3339 time or `position:N`."""

    def head(self) -> int:
        """The last position."""


class House(Protocol):
    """Everything that stands around the surfaces."""

    @property
    def desk(self) -> Desk:
        """The one door for commands."""

    @property
    def questions(self) -> Questions:
        """The read models, the book and the chronicle."""

    @property
    def identity(self) -> Identity:
        """Who people are."""

    @property
    def vault(self) -> Vault:
        """What is known of people."""

    @property
    def credentials(self) -> Credentials:
        """By what people prove who they are."""

    @property
    def openid(self) -> OpenId | None:
        """The provider of identities, where there is one."""

    @property
    def drafts(self) -> Drafts:
        """What reviewers have typed and not handed in."""

    @property
    def limits(self) -> Limits:
        """How often something may be tried."""

    @property
    def refusals(self) -> Refusals:
        """What was refused about money."""

    @property
    def files(self) -> Files:
        """Where documents are kept."""

    @property
    def uploads(self) -> Uploads:
        """Where files come in piece by piece."""

    @property
    def solver(self) -> Solver:
        """What works out allocations and assignments."""

    @property
    def registers(self) -> RegisterFiles:
        """Files of registers that are to be taken over."""

    @property
    def clock(self) -> Clock:
        """The time."""

    @property
    def entropy(self) -> Entropy:
        """Identities and salts."""

    @property
    def calendars(self) -> Calendars:
        """Working-day calendars."""

    @property
    def zone(self) -> ZoneInfo:
        """Where local days begin and end."""

    @property
    def is_simulated(self) -> bool:
        """Whether time is moved by hand, which every page says."""

    @property
    def is_demonstration(self) -> bool:
        """Whether anybody may sign in as one of its people."""

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies are sent over TLS only."""

    def shelf(self) -> AbstractContextManager[Shelf]:
        """A shelf of aggregates for one question to the domain."""

    def tick(self) -> Ticked:
        """Sends every step that is due."""

    def advance(self, to: datetime) -> Ticked:
        """Moves the simulated clock, and sends what became due."""

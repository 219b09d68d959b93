"""The whole system on one database: store, desk, clock, identity."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from datetime import date, datetime

from application.clock import Ticked, tick
from application.desk import Desk
from application.personal import VaultClosed
from application.principals import Held
from domain.calendar import Calendar
from domain.errors import refuse
from infrastructure import calendars, erasing
from infrastructure.admitting import admit
from infrastructure.clocks import SimulatedClock, SystemClock
from infrastructure.database import Database
from infrastructure.doors import doors_of, lasting_of
from infrastructure.drafts import DraftStore
from infrastructure.entropy import SeededEntropy, SystemEntropy
from infrastructure.files import FileStore
from infrastructure.identity import Identity
from infrastructure.imports.organisations.shelved import Registers
from infrastructure.keys import keys_of
from infrastructure.questions import DatabaseQuestions
from infrastructure.refusals import DatabaseRefusals
from infrastructure.schema import OtherSchema, bring_up, check_schema
from infrastructure.settings import Settings
from infrastructure.solving import Solver
from infrastructure.store import DatabaseStore, ReadShelf
from infrastructure.uploads import UploadStore
from infrastructure.vault import PersonalVault

LOG = logging.getLogger("fundtrail.vault")


def calendar(version: str) -> Calendar:
    """The working-day calendar of that version; refused where none is published."""
    try:
        return calendars.load_calendar(version)
    except LookupError:
        raise refuse(
            "calendar.version",
            "There is no working-day calendar {version}; there are: {known}.",
            field="/rules/calendar",
            version=version,
            known=", ".join(calendars.versions()),
        ) from None


def clock_of(settings: Settings, database: Database) -> SystemClock | SimulatedClock:
    """The clock that the settings ask for."""
    if settings.clock == "simulated":
        return SimulatedClock(database, settings.simulated_start)
    return SystemClock()


class System:
    """Everything that a command line, a server or a test works with.

    `settled` is the head behind which nothing followed, `tried` that up to which every step that
    waits for something was tried.
    """

    settled: int | None = None
    solver = Solver()
    tried = 0

    def __init__(self, settings: Settings, *, migrating: bool = False) -> None:
        self.settings = settings
        self.database = Database(settings.database_url)
        self.store = DatabaseStore(self.database, settings.zone)
        self.examine(migrating)
        self.clock = clock_of(settings, self.database)
        self.entropy = SeededEntropy(settings.seed) if settings.seed else SystemEntropy()
        self.vault = PersonalVault(self.database, keys_of(settings), self.clock.now)
        self.identity = Identity(
            self.database, today=self.today, vault=self.vault, lasting=lasting_of(settings)
        )
        self.limits, self.credentials, self.openid = doors_of(settings, self.identity)
        self.refusals = DatabaseRefusals(self.database, self.clock.now)
        self.calendars = calendar
        self.drafts = DraftStore(self.database, self.clock.now)
        self.questions = DatabaseQuestions(self.database, settings.zone)
        self.files = FileStore(settings.files)
        self.uploads = UploadStore(settings.files.parent / f"{settings.files.name}-uploads")
        self.registers = Registers(self.uploads, self.vault, self.clock.now, self.today)
        self.zone = settings.zone
        self.is_simulated = self.clock.simulated
        self.is_demonstration = settings.demonstration
        self.secure_cookies = settings.secure_cookies
        self.desk = Desk(
            self.store,
            clock=self.clock,
            entropy=self.entropy,
            calendars=calendar,
            zone=settings.zone,
        )

    def examine(self, migrating: bool) -> None:
        """Brings the schema up where that is asked, and works with no other one."""
        try:
            if migrating:
                bring_up(self.settings)
            check_schema(self.database)
        except OtherSchema:
            self.database.close()
            raise

    def today(self) -> date:
        """The local day."""
        return self.clock.now().astimezone(self.zone).date()

    def tick(self) -> Ticked:
        """Sends every step that is due; on an idle system that costs a few questions only."""
        head = self.questions.head()
        ticked = tick(self.desk, self.store, unchanged=head == self.settled, since=self.tried)
        if head != self.settled:
            self.settle_erasures()
        self.settled, self.tried = None if ticked.taken else head, head
        return ticked

    def settle_erasures(self) -> None:
        """Destroys the keys of those erased meanwhile; a missing key stops nothing else."""
        try:
            erasing.settle(self)
        except VaultClosed as refusal:
            LOG.error("an erasure is not finished: %s", refusal)

    def admit(self, person: str, name: str, *held: Held) -> None:
        """Lets somebody in under a name with roles, or adds the roles that are missing."""
        for answer in admit(self.desk, self.store, self.identity, person, name, *held):
            answer.result()

    def shelf(self) -> AbstractContextManager[ReadShelf]:
        """A shelf of aggregates for one question to the domain."""
        return self.store.shelf()

    def advance(self, to: datetime) -> Ticked:
        """Moves the simulated clock, and sends what became due."""
        if not isinstance(self.clock, SimulatedClock):
            raise refuse("clock.system", "The clock of this system is not moved by hand.")
        self.clock.advance(to)
        return self.tick()

    def close(self) -> None:
        """Finishes what waits and gives the database back."""
        self.desk.close()
        self.refusals.close()
        self.credentials.hashing.close()
        if self.openid is not None:
            self.openid.close()
        self.database.close()

"""Kills server processes at random moments while sixteen clients send commands."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from time import monotonic, sleep

from tests.chaos.clients import Crowd
from tests.chaos.postgres import Server, a_server
from tests.chaos.prepared import prepare
from tests.chaos.processes import Serving
from tests.chaos.witness import Witness

BETWEEN = 40
"""How many commands are acknowledged between two kills at least, so that each hits a busy one."""

LONGEST_SECONDS = 0.3
PROCESSES = {"sqlite": 1, "postgresql": 2}
"""How many processes share the database; SQLite is written by one."""


@dataclass
class Outcome:
    """What a run came to, or several together."""

    database: str
    kills: int = 0
    crashes: int = 0
    events: int = 0
    acknowledged: int = 0
    broken: int = 0
    found: int = 0
    unavailable: int = 0
    seconds: float = 0.0

    def __add__(self, other: Outcome) -> Outcome:
        """What two runs on the same kind of database came to together."""
        sums = {
            field.name: getattr(self, field.name) + getattr(other, field.name)
            for field in fields(self)
            if field.name != "database"
        }
        return Outcome(self.database, **sums)

    def line(self) -> str:
        """The run in one line."""
        return (
            f"{self.database}: {self.kills} kills of a server, {self.crashes} of the database; "
            f"{self.acknowledged} commands acknowledged in {self.events} events; {self.broken} "
            f"sent again because their connection broke, at least {self.found} of them recorded "
            f"already, and {self.unavailable} after a 503; every one is there once and whole, and "
            f"verify passed each time; {self.seconds:.0f} s."
        )


class Killing:
    """The servers on one database, their clients, and the witness that looks after each kill."""

    def __init__(self, database: str, url: str, folder: Path, store: Server | None) -> None:
        self.outcome = Outcome(database)
        self.store = store
        self.witness = Witness(url)
        self.servers = [Serving(url, folder) for _ in range(PROCESSES[database])]
        self.crowd = Crowd(self.servers, prepare(url))

    def run(self, kills: int, crashes: int, tell: Callable[[Outcome], None]) -> Outcome:
        """Kills so often, and crashes the database's own server so often in between."""
        began = monotonic()
        moments = {(number + 1) * kills // (crashes + 1) for number in range(crashes)}
        with self.serving(), self.crowd:
            for number in range(kills):
                self.crowd.wait_for(BETWEEN)
                self.kill_one()
                if number in moments:
                    self.crash()
                tell(self.counted(began))
            self.crowd.wait_for(BETWEEN)
        self.look()
        self.crowd.is_well()
        return self.counted(began)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The servers, which are there until the block is left."""
        try:
            for server in self.servers:
                server.start()
            for server in self.servers:
                server.wait()
            yield
        finally:
            for server in self.servers:
                server.end()

    def kill_one(self) -> None:
        """Kills a server at a random moment, and starts it again.

        Who opens an SQLite database first has to recover it: that is the server or the witness.
        On PostgreSQL the other servers go on meanwhile.
        """
        server, witness_is_first = random.choice(self.servers), random.random() < 0.5
        sleep(random.uniform(0, LONGEST_SECONDS))
        with self.crowd.killing:
            server.end()
            self.crowd.head = self.witness.head() if witness_is_first else 0
        self.crowd.calm.set()
        server.start()
        if witness_is_first:
            self.look()
        server.wait()
        if not witness_is_first:
            self.look()
        self.crowd.calm.clear()
        self.outcome.kills += 1

    def look(self) -> None:
        """Everything that was acknowledged is there, and nothing is half there."""
        self.outcome.events = self.witness.check(self.crowd.acknowledged)

    def crash(self) -> None:
        """Kills the server of the database, and looks at what it has when it is back."""
        assert self.store is not None
        self.crowd.wait_for(BETWEEN)
        self.store.kill()
        self.store.start()
        self.outcome.crashes += 1
        self.look()

    def counted(self, began: float) -> Outcome:
        """What has come to pass so far."""
        self.outcome.acknowledged = len(self.crowd.acknowledged)
        self.outcome.broken = len(self.crowd.broken)
        self.outcome.found = len(self.crowd.found)
        self.outcome.unavailable = len(self.crowd.unavailable)
        self.outcome.seconds = monotonic() - began
        return self.outcome


def kill(
    database: str, kills: int, crashes: int, tell: Callable[[Outcome], None] = lambda _: None
) -> Outcome:
    """A run on an empty database of that kind; only PostgreSQL has a server that can crash."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="fundtrail-"))
        stack.callback(shutil.rmtree, folder)
        store, url = None, f"sqlite:///{folder / 'fundtrail.db'}"
        if database == "postgresql":
            store = stack.enter_context(a_server())
            url = store.database()
        return Killing(database, url, folder, store).run(kills, crashes, tell)

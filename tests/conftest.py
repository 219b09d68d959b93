"""What every test may ask for: a database of either kind, a browser, the shared data."""

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import hypothesis
import pytest
from sqlalchemy import URL

from tests import servers
from tests.skips import Skips, is_ci

REPOSITORY = Path(__file__).resolve().parent.parent
SERVERS = "FUNDTRAIL_TEST_SERVERS"
MASTER_KEY = {"FUNDTRAIL_SECRET_KEY": "A" * 43}
"""Beside a database of a server there is no file for a key, so one is named."""

# A time limit on each example fails by chance on a busy machine; pytest limits the whole test.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Opens the folder in which all the processes of this run find their common server."""
    if not hasattr(config, "workerinput"):
        # A run that is told to end has to stop its server, just as an interrupted one does.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        os.environ[SERVERS] = tempfile.mkdtemp(prefix="fundtrail-")
        config.pluginmanager.register(Skips(strict=is_ci()))


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        servers.stop_server(Path(os.environ.pop(SERVERS)))


@pytest.fixture(scope="session")
def postgresql_server() -> URL:
    """A PostgreSQL server whose given role may create databases and roles."""
    try:
        return servers.server_url(Path(os.environ[SERVERS]))
    except servers.NoServer as reason:
        pytest.skip(str(reason))


@pytest.fixture
def postgresql_url(postgresql_server: URL) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, dropped after the test."""
    with servers.fresh_database(postgresql_server) as url, patch.dict(os.environ, **MASTER_KEY):
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'fundtrail.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium of this system; start it with servers.BROWSER_FLAGS."""
    path = servers.browser_path()
    if path is None:
        pytest.skip("browser: no Chromium is installed (Debian's package is chromium)")
    return path


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets that lies beside a checkout, where there is one."""
    beside = REPOSITORY.parent / "shared" / "data"
    folder = Path(os.environ.get("FUNDTRAIL_SHARED_DATA", beside))
    if not folder.is_dir():
        pytest.skip("shared data: ../shared/data is absent, and FUNDTRAIL_SHARED_DATA names none")
    return folder

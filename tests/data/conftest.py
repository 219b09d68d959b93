"""The real files that the tests of this folder read, and a command line beside no database."""

from pathlib import Path

import pytest

from tests.commandline import CommandLine


@pytest.fixture(scope="session")
def logs(shared_data: Path) -> Path:
    """The folder of real event logs."""
    folder = shared_data / "eventlogs"
    if not folder.is_dir():
        pytest.skip("shared data: there are no event logs in it")
    return folder


@pytest.fixture
def fundtrail(tmp_path: Path) -> CommandLine:
    """The command line beside a database that does not exist."""
    return CommandLine(f"sqlite:///{tmp_path / 'none.db'}")


@pytest.fixture
def lloyd_webber(shared_data: Path) -> Path:
    return shared_data / "360giving" / "andrew-lloyd-webber"


@pytest.fixture
def wolfson(shared_data: Path) -> Path:
    return shared_data / "360giving" / "wolfson"

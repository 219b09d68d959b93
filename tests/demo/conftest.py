"""The demonstration district, loaded once for all the tests that only look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.demo.district import District
from api.demo.history import VARIABLE
from api.demo.loading import load
from api.demo.starting import run, settings_of_demonstration
from infrastructure.settings import Settings
from infrastructure.system import System


def demonstration(folder: Path) -> Settings:
    """The settings of a demonstration that keeps everything in one folder."""
    url = f"sqlite:///{folder / 'demo.db'}"
    return settings_of_demonstration(Settings(database_url=url, files=folder / "files"))


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings under which the demonstration was started once, without past grants."""
    settings = demonstration(tmp_path_factory.mktemp("started"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "")
        run(settings, load_only=True)
    return settings


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """The district as it stands on its today; nothing may be changed in it."""
    system = System(demonstration(tmp_path_factory.mktemp("district")), migrating=True)
    yield load(system, lambda moment: None)
    system.close()

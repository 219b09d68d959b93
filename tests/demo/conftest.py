"""The demonstration district, loaded once for all the tests that only look at it."""

from collections.abc import Iterator

import pytest

from api.demo.district import District
from api.demo.loading import load
from infrastructure.settings import Settings
from infrastructure.system import System
from tests.demo.loaded import demonstration, loaded_into


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings under which the demonstration was started once, without past grants."""
    return loaded_into(tmp_path_factory.mktemp("started"))


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """The district as it stands on its today; nothing may be changed in it."""
    system = System(demonstration(tmp_path_factory.mktemp("district")), migrating=True)
    yield load(system, lambda moment: None)
    system.close()

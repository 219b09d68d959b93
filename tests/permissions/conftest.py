"""What the tests of permissions may ask for."""

from collections.abc import Callable, Iterator

import pytest

from tests.district import District
from tests.permissions.hands import Stage
from tests.played import Path


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Stage], Path]]:
    """Plays a stage once for all cases that are tried there and change nothing."""
    folder = tmp_path_factory.mktemp("standing")
    paths: dict[str, Path] = {}

    def at(stage: Stage) -> Path:
        if stage.__name__ not in paths:
            paths[stage.__name__] = stage(District(f"sqlite:///{folder / stage.__name__}.db"))
        return paths[stage.__name__]

    yield at
    for path in paths.values():
        path.district.close()

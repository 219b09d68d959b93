"""Districts that stand where a test wants them."""

from collections.abc import Callable, Iterator
from pathlib import Path as Folder
from typing import Any

import pytest

from tests.district import District
from tests.played import Path

Played = Callable[..., Path]


@pytest.fixture
def district(sqlite_url: str) -> Iterator[District]:
    """A district in which nothing has happened."""
    made = District(sqlite_url)
    yield made
    made.close()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Played], Path]]:
    """Plays a step once for all tests of a module that change nothing."""
    folder: Folder = tmp_path_factory.mktemp("standing")
    paths: dict[Any, Path] = {}

    def at(step: Played) -> Path:
        if step not in paths:
            paths[step] = step(District(f"sqlite:///{folder / step.__name__}.db"))
        return paths[step]

    yield at
    for path in paths.values():
        path.district.close()

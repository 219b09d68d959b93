"""The real files that the tests of this folder read."""

from pathlib import Path

import pytest


@pytest.fixture
def lloyd_webber(shared_data: Path) -> Path:
    return shared_data / "360giving" / "andrew-lloyd-webber"


@pytest.fixture
def wolfson(shared_data: Path) -> Path:
    return shared_data / "360giving" / "wolfson"

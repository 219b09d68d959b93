"""Stories start in a district of their own."""

from collections.abc import Iterator

import pytest

from tests.district import District


@pytest.fixture
def district(sqlite_url: str) -> Iterator[District]:
    """An empty district."""
    district = District(sqlite_url)
    yield district
    district.close()

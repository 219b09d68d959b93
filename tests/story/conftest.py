"""A district in which stories are told step by step."""

from collections.abc import Iterator

import pytest

from tests.district import District


@pytest.fixture
def district(sqlite_url: str) -> Iterator[District]:
    """A district in which nothing has happened."""
    made = District(sqlite_url)
    yield made
    made.close()

"""A district in which stories are told step by step."""

from collections.abc import Iterator

import pytest

from infrastructure.verify import verify
from tests.district import District


@pytest.fixture
def district(sqlite_url: str) -> Iterator[District]:
    """A district in which nothing has happened; at the end all that did is verified."""
    made = District(sqlite_url)
    yield made
    assert verify(made.system.store).faults == ()
    made.close()

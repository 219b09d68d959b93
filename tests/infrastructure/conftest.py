"""What tests of rebuilding share: one played district on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infrastructure import rebuild as rebuilding
from infrastructure.database import Database
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore
from tests import played, servers
from tests.district import District
from tests.infrastructure.rebuilt import Played, open_another_round
from tests.played_to_end import with_fund_closed


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The URL of an empty database that the tests of this file share."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('rebuilt') / 'fundtrail.db'}"
        return
    with servers.fresh_database(request.getfixturevalue("postgresql_server")) as url:
        yield url


@pytest.fixture(scope="module")
def here(shared_url: str) -> Iterator[Played]:
    """One district for all: every test leaves it sound, and asks only what it changes itself."""
    district = District(shared_url)
    path = with_fund_closed(district, rivals=1)
    open_another_round(path)
    path.proposal = played.draft(path, "旧项目")
    store = DatabaseStore(Database(shared_url), Settings().zone)
    yield Played(district, path, store)
    store.database.close()
    district.close()


@pytest.fixture
def in_small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few records a page that the played log has several."""
    monkeypatch.setattr(rebuilding, "PAGE", 50)
    monkeypatch.setattr(rebuilding, "FEW", 49)

"""One running server for the folder, on which passwords are cheap to hash."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infrastructure.limiting import Counting
from tests.district import District
from tests.played import with_submitted_proposal
from tests.security.site import Site
from tests.story.server import serving

CHEAP = {
    "FUNDTRAIL_PASSWORD_PASSES": "1",
    "FUNDTRAIL_PASSWORD_MEMORY_KIB": "64",
    "FUNDTRAIL_PASSWORD_LANES": "1",
}


@contextmanager
def a_site(folder: Path) -> Iterator[Site]:
    """A server in a folder, with a proposal that is submitted."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**CHEAP, "FUNDTRAIL_FILES": str(folder / "files")}.items():
            patch.setenv(name, value)
        district = District(f"sqlite:///{folder / 'fundtrail.db'}")
        path = with_submitted_proposal(district)
        with serving(district.system) as client:
            yield Site(district, path, str(client.base_url))
        district.close()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with a_site(tmp_path_factory.mktemp("security")) as site:
        yield site


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """A server of the test's own, with which it may do as it likes."""
    with a_site(tmp_path) as site:
        yield site
        site.close()


@pytest.fixture
def site(shared: Site) -> Iterator[Site]:
    """The server, with nothing counted yet."""
    counting = shared.system.credentials.counting
    fresh = Counting(shared.system.settings.rates)
    counting.limiter, counting.rates = fresh.limiter, fresh.rates
    yield shared
    shared.system.is_demonstration = False
    shared.close()

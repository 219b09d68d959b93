"""A played district and its pages, made once for all the tests that only look."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient

from tests.district import District
from tests.played import Path
from tests.web.workbench import living, pages, sign_in


@dataclass
class Workbench:
    """A district, the ids of what was played in it, and a browser that nobody has signed in."""

    district: District
    path: Path
    client: TestClient

    def as_(self, person: str) -> TestClient:
        """The browser of somebody."""
        self.client.cookies.clear()
        sign_in(self.client, self.district.system, person)
        return self.client

    def as_nobody(self) -> TestClient:
        """The browser of a stranger."""
        self.client.cookies.clear()
        return self.client


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    district = District(f"sqlite:///{tmp_path_factory.mktemp('web') / 'fundtrail.db'}")
    district.system.is_demonstration = True
    path = living(district)
    yield Workbench(district, path, pages(district.system))
    district.close()

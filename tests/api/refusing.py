"""An office in which commands about money are refused, for the tests of what is kept of that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from application.principals import Held
from infrastructure.refusals import DatabaseRefusals, table
from infrastructure.system import System
from tests.api.surface import Surface
from tests.district import District
from tests.played import with_fund
from tests.web.workbench import pages, sign_in

AWAY = "220103"
"""The district beside that of the fund."""

FREEZE = {"decision": "南监〔2026〕2号", "reason": "核查。"}
PHONE = "13948825617"
NOBODY = "0198c0de-0000-7000-8000-000000000001"


@dataclass
class Office:
    """A surface on a district with a fund, and the folder of its database."""

    surface: Surface
    fund: str
    folder: Path

    def post(self, path: str, who: str, fields: Any = None) -> Response:
        """The answer to a command of somebody."""
        return self.surface.post(path, who, fields)

    def freezes(self, who: str) -> Response:
        """The answer to somebody who would freeze the fund."""
        return self.post(f"/v1/funds/{self.fund}/freeze", who, FREEZE)

    @property
    def system(self) -> System:
        """The system behind the surface."""
        return self.surface.district.system

    @property
    def kept(self) -> DatabaseRefusals:
        """Where refusals are kept."""
        return kept_by(self.surface.district)

    def listed(self, who: str = "auditor", **asked: Any) -> list[dict[str, Any]]:
        """The refusals that somebody reads."""
        answer = self.surface.get("/v1/refusals", who, params=asked)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["data"]
        return found

    def browser(self, who: str, language: str = "zh-CN") -> TestClient:
        """The browser of somebody."""
        client = pages(self.system, **{"accept-language": language})
        sign_in(client, self.system, who)
        return client

    def forget(self) -> None:
        """Empties the table, which only a test can."""
        self.kept.settle()
        with self.kept.database.writing() as connection:
            connection.execute(table.delete())


def kept_by(district: District) -> DatabaseRefusals:
    """Where the refusals of a district are kept."""
    return district.system.refusals


@contextmanager
def an_office(folder: Path) -> Iterator[Office]:
    """An office with its officers, an overseer of the district beside it, and an applicant."""
    district = District(f"sqlite:///{folder / 'fundtrail.db'}")
    district.system.is_demonstration = True
    path = with_fund(district)
    surface = Surface(district)
    surface.lends("watcher_away", Held("oversight_officer", AWAY))
    surface.lends("applicant", Held("applicant", organisation=path.organisation))
    yield Office(surface, path.fund, folder)
    district.close()

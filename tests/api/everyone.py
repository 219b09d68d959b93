"""A caller who holds every role at once, so that nothing is refused before its rules are asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient, Response

from api.main import create_app
from application.kinds import NOUNS
from application.principals import Held, Principal
from domain.roles import OF_ORGANISATION, ROLES
from infrastructure.files import FileStore
from infrastructure.identity import Identity
from tests.district import DISTRICT, District
from tests.played import Path

SECRET = "everything"
TOKEN = {"Authorization": f"Bearer {SECRET}"}


class OneToken(Identity):
    """Knows one token, which speaks for everyone."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.district.system.database)
        self.everyone = everyone(path)

    def by_tokens(self, secrets: Iterable[str]) -> dict[str, Principal]:
        """Everyone, for the one secret."""
        return {SECRET: self.everyone} if SECRET in set(secrets) else {}


def everyone(path: Path) -> Principal:
    """A person of the district's with all roles, who has had no hand in anything."""
    held = tuple(
        Held(role, organisation=path.organisation)
        if role in OF_ORGANISATION
        else Held(role, DISTRICT)
        for role in ROLES
    )
    return Principal("person:everyone", held)


def app_for(path: Path) -> FastAPI:
    """The application of a district in which one token speaks for everyone."""
    path.district.system.identity = OneToken(path)
    return create_app(path.district.system)


@dataclass
class Direct:
    """Sends requests straight into the application, all on one loop, which is fast."""

    path: Path
    app: FastAPI
    client: AsyncClient
    runner: asyncio.Runner
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    def send(self, method: str, url: str, *, headers: Any = None, **said: Any) -> Response:
        """The answer to a request with a key of its own; no header where its value is None."""
        typed = {"Content-Type": "application/json", "Idempotency-Key": f"k{next(self.keys)}"}
        sent = {**TOKEN, **typed, **(headers or {})}
        given = {name: value for name, value in sent.items() if value is not None}
        return self.runner.run(self.client.request(method, url, headers=given, **said))

    @property
    def position(self) -> int:
        """How far the chronicle goes."""
        return self.path.district.system.questions.head()


@contextmanager
def direct(path: Path) -> Iterator[Direct]:
    """A way into the application around a district."""
    app = app_for(path)
    transport = ASGITransport(app, raise_app_exceptions=False)
    with asyncio.Runner() as runner, TemporaryDirectory() as files:
        path.district.system.files = FileStore(FilePath(files))
        client = AsyncClient(transport=transport, base_url="http://district")
        yield Direct(path, app, client, runner)
        runner.run(client.aclose())


def with_every_noun(path: Path) -> dict[str, str]:
    """An id of every noun of the district; what is still missing is made."""
    district = path.district
    district.tell("fund_manager", "funds", "record-appropriation", path.fund,
                  doc_no="南财〔2026〕8号", amount_minor=100, year=2026)  # fmt: skip
    district.tell("auditor", "findings", "raise", subject=f"fund:{path.fund}", severity="minor",
                  owner="person:fund_manager", statement="账册未装订")  # fmt: skip
    rule, subject = ("S6.due", f"proposal:{path.proposal}")
    if path.grant:
        rule, subject = ("G15.due", f"grant:{path.grant}")
    district.pair("leader", "oversight_officer", "overrides", "use", rule=rule, subject=subject,
                  reason="特殊情况")  # fmt: skip
    district.tell("evaluator", "documents", "store", sha256="0" * 64, media_type="text/plain",
                  size=1, subject=f"fund:{path.fund}")  # fmt: skip
    return {noun: found[-1] for noun in NOUNS if (found := district.all(noun))}


def a_district(url: str, play: Any) -> Iterator[Path]:
    """A district in which something was played, ended afterwards."""
    district = District(url)
    try:
        yield play(district, rivals=1)
    finally:
        district.close()

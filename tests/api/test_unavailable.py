"""When the database cannot write: 503 in a sentence, and service returns by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from api.v1 import funds
from tests.api.surface import Surface, a_surface, problem_of

FUND = funds.EXAMPLES["propose"]


@contextmanager
def read_only(engine: sa.Engine) -> Iterator[None]:
    """An SQLite file that refuses every write, as on a full or read-only disk."""

    def refuse_writes(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA query_only = ON")

    sa.event.listen(engine, "connect", refuse_writes)
    engine.dispose()
    try:
        yield
    finally:
        sa.event.remove(engine, "connect", refuse_writes)
        engine.dispose()


def execute(server: sa.URL, statement: str) -> None:
    """Runs a statement as whoever owns the server."""
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text(statement))


@contextmanager
def gone(server: sa.URL, name: str) -> Iterator[None]:
    """A PostgreSQL database that throws everybody out and lets nobody in."""
    execute(server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    execute(
        server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname='{name}'"
    )
    try:
        yield
    finally:
        execute(server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def is_unavailable(surface: Surface, method: str, path: str, **said: Any) -> None:
    """The answer says in a sentence that it is not the caller's fault, and when to come again."""
    answer = surface.send(method, path, "fund_manager", **said)
    problem = problem_of(answer, 503)
    assert (problem["code"], problem["detail"]) == ("unavailable", "暂时无法写入。")
    assert answer.headers["Retry-After"] == "5"


def test_a_file_that_cannot_be_written_is_503_while_it_lasts(sqlite_url: str) -> None:
    with a_surface(sqlite_url) as surface:
        assert surface.post("/v1/funds", "fund_manager", FUND).status_code == 201
        before = surface.position

        with read_only(surface.district.system.database.engine):
            is_unavailable(surface, "POST", "/v1/funds", json=FUND)
            assert surface.get("/v1/funds", "fund_manager").status_code == 200

        assert surface.position == before
        assert surface.post("/v1/funds", "fund_manager", FUND).status_code == 201


def test_a_server_that_is_gone_is_503_while_it_lasts(
    postgresql_server: sa.URL, postgresql_url: str
) -> None:
    name = str(sa.make_url(postgresql_url).database)
    with a_surface(postgresql_url) as surface:
        assert surface.post("/v1/funds", "fund_manager", FUND).status_code == 201

        with gone(postgresql_server, name):
            is_unavailable(surface, "POST", "/v1/funds", json=FUND)
            is_unavailable(surface, "GET", "/v1/funds")
            is_unavailable(surface, "GET", "/readyz")

        assert surface.post("/v1/funds", "fund_manager", FUND).status_code == 201
        assert surface.get("/v1/funds", "fund_manager").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
def test_a_server_without_its_database_is_alive(sqlite_url: str, path: str) -> None:
    with a_surface(sqlite_url) as surface, read_only(surface.district.system.database.engine):
        assert surface.get(path).status_code == 200

"""When the database cannot write: 503 in a sentence, and service returns by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from api.v1 import funds
from infrastructure.verify import verify
from tests.api.surface import Surface, a_surface, problem_of

FUND = funds.EXAMPLES["propose"]
LATER = {"to": "2026-03-03T00:00:00Z"}
SENTENCES = {
    "zh": "数据库暂时无法访问或写入。请用同一个幂等键重新发送，不会重复执行。",
    "en": "The database does not answer, or cannot be written, at the moment. "
    "Send the same again with the same key: nothing is carried out twice.",
}


@contextmanager
def opened_with(engine: sa.Engine, pragma: str) -> Iterator[None]:
    """An SQLite file whose connections are all opened under a limit."""

    def limit(connection: Any, _: Any) -> None:
        connection.execute(pragma)

    sa.event.listen(engine, "connect", limit)
    engine.dispose()
    try:
        yield
    finally:
        sa.event.remove(engine, "connect", limit)
        engine.dispose()


def read_only(engine: sa.Engine) -> AbstractContextManager[None]:
    """An SQLite file that refuses every write, as on a read-only disk."""
    return opened_with(engine, "PRAGMA query_only = ON")


def full(engine: sa.Engine) -> AbstractContextManager[None]:
    """An SQLite file that may not grow by a page: what is free in its pages can be written to.

    SQLite says of it what it says of a full disk, in the middle of a transaction.
    """
    return opened_with(engine, "PRAGMA max_page_count = 1")


def execute(server: sa.URL, statement: str) -> None:
    """Runs a statement as whoever owns the server."""
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text(statement))


@contextmanager
def only_read(server: sa.URL, name: str) -> Iterator[None]:
    """A PostgreSQL database that refuses every write, as one does that follows another."""
    leave = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname='{name}'"
    execute(server, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    execute(server, leave)
    try:
        yield
    finally:
        execute(server, f"ALTER DATABASE {name} RESET default_transaction_read_only")
        execute(server, leave)


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
    for language, sentence in SENTENCES.items():
        headers = {"Accept-Language": language}
        answer = surface.send(method, path, "fund_manager", headers=headers, **said)
        problem = problem_of(answer, 503)
        assert (problem["code"], problem["detail"]) == ("unavailable", sentence)
        assert answer.headers["Content-Language"] == language
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


def test_a_full_disk_is_503_while_it_lasts_and_nothing_is_half_recorded(sqlite_url: str) -> None:
    with a_surface(sqlite_url) as surface:
        house = surface.district.system
        while_there_is_room = {"name": "填满页面" * 40}
        assert surface.post("/v1/funds", "fund_manager", FUND).status_code == 201
        before = surface.position

        with full(house.database.engine):
            room = [
                surface.post("/v1/funds", "fund_manager", FUND | while_there_is_room).status_code
                for _ in range(50)
            ]
            is_unavailable(surface, "POST", "/v1/funds", json=FUND | while_there_is_room)
            assert set(room) == {201, 503}
            assert surface.get("/v1/funds", "fund_manager").status_code == 200
            assert surface.position == before + room.count(201)

        assert verify(house.store).ok
        assert surface.post("/v1/funds", "fund_manager", FUND).status_code == 201
        assert surface.position == before + 1 + room.count(201)


def test_a_server_that_only_reads_is_503_for_every_command_and_answers_questions(
    postgresql_server: sa.URL, postgresql_url: str
) -> None:
    name = str(sa.make_url(postgresql_url).database)
    with a_surface(postgresql_url) as surface:
        assert surface.post("/v1/funds", "fund_manager", FUND).status_code == 201

        with only_read(postgresql_server, name):
            is_unavailable(surface, "POST", "/v1/funds", json=FUND)
            is_unavailable(surface, "POST", "/v1/clock/advance", json=LATER)
            assert surface.get("/v1/funds", "fund_manager").status_code == 200
            assert surface.get("/readyz").status_code == 200

        assert surface.post("/v1/funds", "fund_manager", FUND).status_code == 201


def test_a_clock_that_cannot_be_moved_stands_where_it_stood(sqlite_url: str) -> None:
    with a_surface(sqlite_url) as surface:
        clock = surface.district.system.clock
        assert surface.post("/v1/funds", "fund_manager", FUND).status_code == 201
        before = clock.now()

        with read_only(surface.district.system.database.engine):
            is_unavailable(surface, "POST", "/v1/clock/advance", json=LATER)

        assert clock.now() == before


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
def test_a_server_without_its_database_is_alive(sqlite_url: str, path: str) -> None:
    with a_surface(sqlite_url) as surface, read_only(surface.district.system.database.engine):
        assert surface.get(path).status_code == 200

"""How much one request asks of the database, counted by the driver and pinned."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from httpx2 import ASGITransport, AsyncClient, Response

from api.v1 import funds
from tests.api.surface import Surface
from tests.district import District
from tests.played import Path, with_budgeted_round
from tests.web.workbench import pages, sign_in

Act = Callable[[], Response]

AROUND = re.compile(r"BEGIN( IMMEDIATE)?|COMMIT|ROLLBACK|PRAGMA .*|;|")
"""What stands around statements and asks nothing; a lone semicolon is a sign of life."""

WRITES = re.compile(r'(INSERT INTO|UPDATE) "(\w+)"')
"""SQLite writes the rows of one table with one statement, which is noted for each row."""


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """A list that every statement is added to which the driver sends until the block is left."""
    sent: list[str] = []

    class Noting(psycopg.Cursor[Any]):
        def execute(self, query: Any, *said: Any, **more: Any) -> Any:
            sent.append(str(query))
            return super().execute(query, *said, **more)

    def listen(connection: Any, _: Any) -> None:
        if isinstance(connection, psycopg.Connection):
            connection.cursor_factory = Noting
        else:
            connection.set_trace_callback(sent.append)

    sa.event.listen(engine, "connect", listen)
    engine.dispose()
    try:
        yield sent
    finally:
        sa.event.remove(engine, "connect", listen)
        engine.dispose()


def statements(sent: list[str]) -> list[str]:
    """What was asked and written; rows of one table that were written together count once."""
    asked = [text.strip() for text in sent if not AROUND.fullmatch(text.strip())]
    found = [(written[0] if (written := WRITES.match(text)) else text) for text in asked]
    return [text for text, _ in groupby(found)]


class Counting:
    """A district with a fund and a round, asked over HTTP and by a browser."""

    def __init__(self, url: str) -> None:
        self.district = District(url)
        self.path: Path = with_budgeted_round(self.district)
        self.surface = Surface(self.district)
        self.browser = pages(self.district.system)
        sign_in(self.browser, self.district.system, "fund_manager")
        for name in ("fund_manager", "finance_approver"):
            self.surface.secret(name)

    def of(self, act: Act, status: int) -> list[str]:
        """What the second of two such requests asks; the first has warmed everything up."""
        with counted(self.district.system.database.engine) as sent:
            assert act().status_code == status
            sent.clear()
            assert act().status_code == status
            return statements(sent)


@pytest.fixture
def counting(database_url: str) -> Iterator[Counting]:
    """The district on either database."""
    found = Counting(database_url)
    try:
        yield found
    finally:
        found.district.close()


@pytest.mark.parametrize(
    ("address", "number"),
    [
        # The token's holder is one question, and so are the list and the thing.
        ("/v1/funds", 2),
        ("/v1/funds/{fund}", 2),
        ("/v1/funds/{fund}/timeline", 3),
    ],
)
def test_an_answer_for_programs_asks_this_much(
    counting: Counting, address: str, number: int
) -> None:
    path = address.format(fund=counting.path.fund)
    asked = counting.of(lambda: counting.surface.get(path, "fund_manager"), 200)
    assert len(asked) == number, asked


@pytest.mark.parametrize(
    ("address", "number"),
    [
        # Session, roles, names twice; the rows and how many stand in each stage.
        ("/funds", 6),
        # Session, roles, names twice; the fund, its events twice; the other funds and the
        # documents from which forms choose; ten lists that name it; its balances at the last
        # closing of its books and since.
        ("/funds/{fund}", 21),
    ],
)
def test_a_page_for_people_asks_this_much(counting: Counting, address: str, number: int) -> None:
    path = address.format(fund=counting.path.fund)
    asked = counting.of(lambda: counting.browser.get(path), 200)
    assert len(asked) == number, asked


def test_a_command_asks_who_calls_and_what_is_new_and_writes_each_table_once(
    counting: Counting,
) -> None:
    def propose() -> Response:
        return counting.surface.post("/v1/funds", "fund_manager", funds.EXAMPLES["propose"])

    identity, *desk = counting.of(propose, 201)

    assert "FROM tokens" in identity
    if counting.district.system.database.is_sqlite:
        news, place, *written = desk
        assert written == [f'INSERT INTO "{name}"' for name in ("events", "funds", "receipts")]
    else:
        lock, news, place, written_together = desk
        assert "pg_advisory_xact_lock" in lock
        assert 'INSERT INTO "receipts"' in written_together
    assert "FROM events\nWHERE position >" in news
    assert "FROM receipts" in news
    # A fund names a place, and it is asked whether its district is recorded.
    assert "FROM places" in place


def test_an_amount_is_one_question_more_for_its_currency(counting: Counting) -> None:
    path = f"/v1/funds/{counting.path.fund}/record-appropriation"
    said = {"doc_no": "南财〔2026〕8号", "amount": "1.00", "year": 2026}

    identity, currency, *desk = counting.of(
        lambda: counting.surface.post(path, "fund_manager", said), 202
    )

    assert "FROM tokens" in identity
    assert "FROM funds" in currency
    assert len(desk) == (4 if counting.district.system.database.is_sqlite else 3), desk


def test_requests_that_come_together_ask_who_calls_with_few_questions(counting: Counting) -> None:
    app = counting.surface.app
    secret = counting.surface.secret("fund_manager")

    async def many() -> list[int]:
        transport = ASGITransport(app)
        signed = {"Authorization": f"Bearer {secret}"}
        async with AsyncClient(transport=transport, base_url="http://d", headers=signed) as client:
            answers = await asyncio.gather(*(client.get("/v1/funds?limit=1") for _ in range(20)))
        return [answer.status_code for answer in answers]

    with counted(counting.district.system.database.engine) as sent:
        assert asyncio.run(many()) == [200] * 20
        asked = [text for text in sent if "FROM tokens" in text]
    assert 1 <= len(asked) <= 3


def test_a_refused_command_without_amounts_asks_who_calls_and_what_is_new(
    counting: Counting,
) -> None:
    path = f"/v1/funds/{counting.path.fund}/open"

    asked = counting.of(lambda: counting.surface.post(path, "finance_approver"), 409)

    assert len(asked) == (2 if counting.district.system.database.is_sqlite else 3), asked

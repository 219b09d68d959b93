"""One idempotency key from many clients over HTTP: one event, and one answer for everybody."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa

from api.v1 import funds
from infrastructure.database import LOCK
from tests import servers
from tests.commandline import Stored
from tests.conftest import MASTER_KEY
from tests.exactness.pipes import PROCESSES, Workers
from tests.exactness.sender import Post, Told, posted
from tests.exactness.serving import Served, people, serving

CLIENTS = 32
FUND = funds.EXAMPLES["propose"]
LONG_ENOUGH_SECONDS = 0.5
"""By when a request that nothing holds up has long been answered."""


@dataclass
class Site:
    """Servers on one database, and senders in four processes."""

    url: str
    servers: list[Served]
    tokens: dict[str, str]
    senders: Workers
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    def key(self) -> str:
        """A key that nobody has used."""
        return f"key-{next(self.keys)}"

    def post(
        self, who: str, path: str, fields: dict[str, Any] | None = None, *, key: str, at: int = 0
    ) -> Post:
        """A command of somebody, to one server or another."""
        port = self.servers[at % len(self.servers)].port
        return Post(port, path, self.tokens[who], key, json.dumps(fields or {}).encode())

    def at_once(self, *posts: Post) -> list[Told]:
        """Sends 32 commands from all four processes, each kind to every server; the answers."""
        ports = [server.port for server in self.servers]
        # The kinds take turns while the servers stay, or else a kind would meet one server only.
        sent = [
            posts[(number // len(ports)) % len(posts)]._replace(port=ports[number % len(ports)])
            for number in range(CLIENTS)
        ]
        told: list[Told] = self.senders.at_once(sent)
        return told

    def events(self, who: str, key: str) -> int:
        """How many events a command has left."""
        records = Stored(self.url).records
        return sum(record.command_id == f"person:{who} {key}" for record in records)

    def new_fund(self) -> str:
        """The address of a fund that waits to be opened."""
        told = posted(self.post("manager", "/v1/funds", FUND, key=self.key()))
        return f"/v1/funds/{json.loads(told.body)['id']}"


@pytest.fixture(scope="module")
def senders() -> Iterator[Workers]:
    """Four processes with eight clients each."""
    started = Workers("tests.exactness.sender", PROCESSES)
    yield started
    started.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, senders: Workers
) -> Iterator[Site]:
    """Four servers on PostgreSQL, or one on an SQLite file."""
    folder = tmp_path_factory.mktemp("site")
    with database(request, f"sqlite:///{folder / 'fundtrail.db'}") as url:
        who = (("manager", "fund_manager"), ("other", "fund_manager"), ("approver",) * 2)
        tokens = people(url, *who[:2], ("approver", "finance_approver"))
        processes = PROCESSES if request.param == "postgresql" else 1
        with serving(url, processes, folder) as started:
            yield Site(url, started, tokens, senders)


@contextmanager
def database(request: pytest.FixtureRequest, file: str) -> Iterator[str]:
    """The URL of an empty database that stays for all the tests of this module."""
    if request.param == "sqlite":
        yield file
    else:
        server = request.getfixturevalue("postgresql_server")
        with servers.fresh_database(server) as url, patch.dict(os.environ, **MASTER_KEY):
            yield url


def rules_of(told: Told) -> tuple[int, str, list[str]]:
    """Status, code and rules of an answer that refuses."""
    problem = json.loads(told.body)
    return told.status, problem["code"], [error["rule"] for error in problem["errors"]]


REUSED = (422, "key-reused", ["idempotency"])


def test_one_key_sent_32_times_at_once_makes_one_event_and_32_equal_answers(site: Site) -> None:
    for _ in range(5):
        key = site.key()

        told = site.at_once(site.post("manager", "/v1/funds", FUND, key=key))

        assert len(told) == CLIENTS
        assert set(told) == {told[0]}
        assert told[0].status == 201
        assert site.events("manager", key) == 1
        again = posted(site.post("manager", "/v1/funds", FUND, key=key, at=1))
        assert again == told[0]


def test_one_key_with_two_bodies_at_once_is_one_of_them_and_422_for_the_other(site: Site) -> None:
    for _ in range(5):
        key = site.key()
        one = site.post("manager", "/v1/funds", FUND, key=key)
        other = site.post("manager", "/v1/funds", {**FUND, "name": "另一项资金"}, key=key)

        told = site.at_once(one, other)

        accepted = [answer for answer in told if answer.status == 201]
        assert len(accepted) == CLIENTS // 2
        assert set(accepted) == {accepted[0]}
        refused = [rules_of(answer) for answer in told if answer.status != 201]
        assert refused == [REUSED] * (CLIENTS // 2)
        assert site.events("manager", key) == 1


def test_a_key_of_a_finished_command_is_422_for_another_at_every_server(site: Site) -> None:
    key, fund = site.key(), site.new_fund()
    first = posted(site.post("approver", f"{fund}/open", key=key))
    assert first.status == 200

    changed = site.post("approver", f"{fund}/open", {"reason": "另有理由"}, key=key)
    elsewhere = site.post("approver", f"{site.new_fund()}/open", key=key)

    for post in (changed, elsewhere):
        assert {json.dumps(rules_of(answer)) for answer in site.at_once(post)} == {
            json.dumps(REUSED)
        }
    assert posted(site.post("approver", f"{fund}/open", key=key, at=2)) == first
    assert site.events("approver", key) == 1


def test_the_same_key_of_two_people_is_two_commands(site: Site) -> None:
    key = site.key()
    mine = site.post("manager", "/v1/funds", FUND, key=key)
    theirs = site.post("other", "/v1/funds", FUND, key=key)

    told = site.at_once(mine, theirs)

    assert sorted(Counter(told).values()) == [CLIENTS // 2] * 2
    assert {answer.status for answer in told} == {201}
    assert (site.events("manager", key), site.events("other", key)) == (1, 1)


def test_a_key_of_a_refused_command_may_be_used_again(site: Site) -> None:
    key, opened, waiting = site.key(), site.new_fund(), site.new_fund()
    assert posted(site.post("approver", f"{opened}/open", key=site.key())).status == 200

    refused = site.at_once(site.post("approver", f"{opened}/open", key=key))

    assert {json.dumps(rules_of(told)) for told in refused} == {
        json.dumps((409, "refused", ["F1.stage"]))
    }
    assert site.events("approver", key) == 0
    told = site.at_once(site.post("approver", f"{waiting}/open", key=key))
    assert set(told) == {told[0]}
    assert (told[0].status, site.events("approver", key)) == (200, 1)


@contextmanager
def writers_held_up(url: str) -> Iterator[None]:
    """Somebody else writes for a while, so that every command has to wait."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        yield
        connection.rollback()


def test_a_repeat_of_a_command_that_is_still_under_way_waits_for_its_answer(site: Site) -> None:
    key = site.key()
    first = site.post("manager", "/v1/funds", FUND, key=key)
    other = site.post("manager", "/v1/funds", {**FUND, "name": "另一项资金"}, key=key, at=2)
    with ThreadPoolExecutor(3) as pool:
        with writers_held_up(site.url):
            waiting: list[Future[Told]] = []
            for post in (first, site.post("manager", "/v1/funds", FUND, key=key, at=1), other):
                waiting.append(pool.submit(posted, post))
                time.sleep(LONG_ENOUGH_SECONDS)
            assert not any(future.done() for future in waiting)
        one, repeat, another = [future.result() for future in waiting]
    # Which of several servers is let in first is the database's affair.
    if one.status == 201:
        assert (one, rules_of(another)) == (repeat, REUSED)
    else:
        assert (rules_of(one), rules_of(repeat), another.status) == (REUSED, REUSED, 201)
    assert site.events("manager", key) == 1


def test_a_client_who_hangs_up_before_the_answer_gets_it_by_asking_again(site: Site) -> None:
    key = site.key()
    sent = site.post("manager", "/v1/funds", FUND, key=key)
    with writers_held_up(site.url):
        connection = HTTPConnection("127.0.0.1", sent.port)
        headers = {"Authorization": f"Bearer {sent.token}", "Idempotency-Key": key}
        connection.request("POST", sent.path, sent.body, headers)
        time.sleep(LONG_ENOUGH_SECONDS)
        connection.close()
        time.sleep(LONG_ENOUGH_SECONDS)

    told = site.at_once(sent)

    assert set(told) == {told[0]}
    assert (told[0].status, site.events("manager", key)) == (201, 1)

"""The primary dies under load and its synchronous standby takes over: nothing said is lost."""

from __future__ import annotations

import json
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from api.main import create_app
from application.decide import Sent
from application.desk import Answer, Unavailable
from application.funds import OpenFund
from application.principals import Held, Principal
from domain.errors import NotFound
from infrastructure.database import Database
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore, receipts
from infrastructure.system import System
from infrastructure.verify import verify
from tests import servers
from tests.commandline import Stored
from tests.district import DISTRICT
from tests.exactness.crowd import FUND, Crowd
from tests.exactness.sender import Post, posted
from tests.exactness.serving import Served, people, serving
from tests.exactness.standby import Pair, pair_of_servers
from tests.exactness.writer import sent

CLIENTS = 12
LOAD_SECONDS = 1.0
CUT_SECONDS = 0.5
"""How long the primary goes on without its standby before it dies."""

RETURN_SECONDS = 30
"""Within how long after the promotion every server has to take commands again."""


@contextmanager
def a_pair(*, synchronous: bool = True) -> Iterator[Pair]:
    """Two servers, where there is something to start."""
    with ExitStack() as stack:
        try:
            pair = stack.enter_context(pair_of_servers(synchronous=synchronous))
        except servers.NoServer as reason:
            pytest.skip(str(reason))
        yield pair


def statuses(serving_now: list[Served], token: str, key: str) -> list[int]:
    """What each server answers to a command of its own."""
    told = [
        posted(Post(server.port, "/v1/funds", token, f"{key}-{server.port}", body()))
        for server in serving_now
    ]
    return [answer.status for answer in told]


def body() -> bytes:
    return json.dumps(FUND).encode()


def seconds_until_all_answer(serving_now: list[Served], token: str) -> float:
    """How long it takes until every server has taken a command, asked again and again."""
    began = time.monotonic()
    while statuses(serving_now, token, f"again-{time.monotonic()}") != [201] * len(serving_now):
        assert time.monotonic() - began < RETURN_SECONDS
        time.sleep(0.1)
    return time.monotonic() - began


def holds_what_was_said(url: str, crowd: Crowd) -> None:
    """Every acknowledged command is there as it was answered, and none is there by half."""
    stored = Stored(url)
    made = {
        record.command_id: position
        for position, record in enumerate(stored.records, 1)
        if not record.originator_id.startswith("person:")
    }
    assert len(made) == sum(1 for r in stored.records if not r.originator_id.startswith("person:"))
    for key, told in crowd.acknowledged.items():
        position = made[f"person:manager {key}"]
        _, _, id = stored.records[position - 1].originator_id.partition(":")
        answer = {"id": id, "stage": "proposed", "version": 1, "position": position}
        assert json.loads(told.body) == answer
    database = Database(url)
    store = DatabaseStore(database, Settings().zone)
    with database.reading() as connection:
        assert set(connection.execute(sa.select(receipts.c.key)).scalars()) == set(made)
    verdict = verify(store)
    database.close()
    assert verdict.ok, verdict.faults


@pytest.mark.timeout(180)
def test_a_standby_that_is_promoted_under_load_holds_every_acknowledged_command(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with a_pair() as pair, ExitStack() as stack:
        token = people(pair.url, ("manager", "fund_manager"))["manager"]
        houses = stack.enter_context(serving(pair.url, 2, tmp_path))
        crowd = Crowd(houses, token, CLIENTS)
        stack.callback(crowd.end)
        crowd.wait_for(50, seconds=30)
        time.sleep(LOAD_SECONDS)

        pair.wire.cut()
        time.sleep(CUT_SECONDS)
        pair.primary.kill()
        assert statuses(houses, token, "without-a-primary") == [503, 503]
        acknowledged = len(crowd.acknowledged)
        pair.standby.promote()
        seconds = seconds_until_all_answer(houses, token)
        crowd.wait_for(50, seconds=30)
        crowd.end()

        record_property("seconds from promotion to service", seconds)
        sys.stdout.write(f"{acknowledged} acknowledged; service after {seconds:.1f} s\n")
        assert set(crowd.failures) <= {"503"}
        holds_what_was_said(pair.standby_url, crowd)


def test_a_host_that_is_silent_is_passed_over_for_the_next_one(postgresql_url: str) -> None:
    real = sa.make_url(postgresql_url)
    port, host = real.port or 5432, real.query.get("host", real.host)
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as silent:
        silent.bind(f"{folder}/.s.PGSQL.{port}")
        silent.listen()
        hosts = real.set(
            host=None, port=None, query={"host": (f"{folder}:{port}", f"{host}:{port}")}
        )
        began = time.monotonic()
        database = Database(hosts.render_as_string(hide_password=False))
        with database.reading() as connection:
            assert connection.exec_driver_sql("SELECT 1").scalar() == 1
        database.close()
    assert time.monotonic() - began < RETURN_SECONDS / 2


def test_a_standby_answers_questions_and_503_to_commands_until_it_is_promoted() -> None:
    with a_pair() as pair:
        token = people(pair.url, ("manager", "fund_manager"))["manager"]
        pair.has_followed()
        house = System(Settings(database_url=pair.standby_url))
        client = TestClient(create_app(house), raise_server_exceptions=False)
        signed = {"Authorization": f"Bearer {token}", "Idempotency-Key": "one"}
        site = {"Origin": "http://testserver"}

        assert client.get("/v1/funds", headers=signed).status_code == 200
        assert client.post("/v1/funds", json=FUND, headers=signed).status_code == 503
        assert client.post("/sign-in", data={"token": token}, headers=site).status_code == 503
        pair.primary.kill()
        pair.standby.promote()
        assert client.post("/v1/funds", json=FUND, headers=signed).status_code == 201
        told = client.post("/sign-in", data={"token": token}, headers=site, follow_redirects=False)
        assert told.status_code == 303
        house.close()


def test_nothing_is_built_on_commands_that_the_promoted_standby_never_got() -> None:
    with a_pair(synchronous=False) as pair:
        people(pair.url)
        system = System(Settings(database_url=pair.url))
        kept = system.desk.send(sent("kept", "kept"))
        pair.has_followed()
        pair.wire.cut()
        lost = system.desk.send(sent("lost", "lost"))
        pair.primary.kill()
        pair.standby.promote()

        with pytest.raises(NotFound):
            asked_until_heard(system, Sent(**OPENING, id=lost.id))
        opened = asked_until_heard(system, Sent(**OPENING, id=kept.id))

        assert (opened.position, opened.version) == (2, 2)
        verdict = verify(system.store)
        system.close()
        assert verdict.ok, verdict.faults


APPROVER = Principal("person:approver", (Held("finance_approver", DISTRICT),))
OPENING: dict[str, Any] = {"noun": "fund", "verb": "open", "command": OpenFund(), "by": APPROVER}


def asked_until_heard(system: System, command: Sent) -> Answer:
    """The answer to a command that is repeated while the database is away."""
    until = time.monotonic() + RETURN_SECONDS
    while True:
        try:
            return system.desk.send(command)
        except Unavailable:
            assert time.monotonic() < until

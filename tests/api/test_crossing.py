"""Many requests with one question: nobody gets an answer that was asked before they came."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from api.cli import serving
from api.crossing import Messenger, Porter
from api.demo.starting import bound
from api.v1 import funds
from application.desk import Answer
from application.principals import Held, Principal
from domain.errors import NotFound, Reason
from tests.api.surface import a_surface
from tests.district import DISTRICT

SOMEBODY = Principal("person:somebody", (Held("auditor", "220102"),))
FUND = funds.EXAMPLES["propose"]
PATIENCE_SECONDS = 10


class SlowIdentity:
    """Answers a question when it is let; remembers what it was asked."""

    def __init__(self) -> None:
        self.valid = {"first", "second", "third"}
        self.asked: list[set[str]] = []
        self.began = threading.Event()
        self.may_answer = threading.Event()

    def by_tokens(self, secrets: Iterable[str]) -> dict[str, Principal]:
        """Reads first, as a database does, then takes its time."""
        self.asked.append(set(secrets))
        found = {secret: SOMEBODY for secret in self.asked[-1] if secret in self.valid}
        self.began.set()
        assert self.may_answer.wait(PATIENCE_SECONDS)
        return found


class SlowDesk:
    """Keeps every command until it is told what to answer."""

    def __init__(self) -> None:
        self.kept: list[Future[Answer]] = []

    def post(self, _: Any) -> Future[Answer]:
        """Takes a command."""
        self.kept.append(Future())
        return self.kept[-1]


def an_answer(id: str) -> Answer:
    """What became of a command on a fund."""
    return Answer("fund", id, "active", 1, 1)


def test_a_token_that_is_revoked_while_a_question_is_under_way_is_refused() -> None:
    identity: Any = SlowIdentity()

    async def play() -> list[Principal | None]:
        porter = Porter()
        early = asyncio.create_task(porter.by_token(identity, "first"))
        await asyncio.to_thread(identity.began.wait, PATIENCE_SECONDS)
        identity.valid.remove("first")
        late = asyncio.create_task(porter.by_token(identity, "first"))
        await asyncio.sleep(0)
        identity.may_answer.set()
        return [await early, await late]

    assert asyncio.run(play()) == [SOMEBODY, None]
    assert identity.asked == [{"first"}, {"first"}]


def test_those_who_come_while_a_question_is_under_way_are_asked_for_together() -> None:
    identity: Any = SlowIdentity()

    async def play() -> list[Principal | None]:
        porter = Porter()
        first = asyncio.create_task(porter.by_token(identity, "first"))
        await asyncio.to_thread(identity.began.wait, PATIENCE_SECONDS)
        names = ("second", "third", "nobody")
        others = [asyncio.create_task(porter.by_token(identity, name)) for name in names]
        await asyncio.sleep(0)
        others[0].cancel()
        identity.may_answer.set()
        return [await first, *[await other for other in others[1:]]]

    assert asyncio.run(play()) == [SOMEBODY, SOMEBODY, None]
    assert identity.asked == [{"first"}, {"second", "third", "nobody"}]


def test_answers_and_refusals_reach_those_who_wait_for_them() -> None:
    desk: Any = SlowDesk()
    command: Any = None

    async def play() -> list[Any]:
        messenger = Messenger()
        told = [asyncio.create_task(messenger.tell(desk, command)) for _ in range(4)]
        await asyncio.sleep(0)
        told[1].cancel()

        def answer() -> None:
            desk.kept[3].set_result(an_answer("last"))
            desk.kept[2].set_exception(NotFound(Reason("found", "There is none.")))
            desk.kept[1].set_result(an_answer("nobody waits"))
            desk.kept[0].set_result(an_answer("first"))

        await asyncio.to_thread(answer)
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await asyncio.gather(*told, return_exceptions=True)

    first, cancelled, refused, last = asyncio.run(play())
    assert (first, last) == (an_answer("first"), an_answer("last"))
    assert isinstance(cancelled, asyncio.CancelledError)
    assert isinstance(refused, NotFound)


def test_a_token_that_another_process_revokes_is_refused_at_once(database_url: str) -> None:
    with a_surface(database_url) as surface:
        identity, clock = surface.district.system.identity, surface.district.system.clock
        surface.lends("auditor", Held("auditor", DISTRICT))
        assert surface.get("/v1/funds", "auditor").status_code == 200
        # Another process shares nothing with this one but the database.
        other = type(identity)(type(identity.database)(database_url))
        assert other.revoke_token("auditor", clock.now())
        other.database.close()
        assert surface.get("/v1/funds", "auditor").status_code == 401
        assert surface.post("/v1/funds", "auditor").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/v1/fundsx{fund}/open",
        "/v1/fundsx/{fund}/open",
        "/v1/funds//open",
        "/v1/funds/{fund}/open/more",
        "/v1/funds/{fund}/no-verb",
    ],
)
def test_an_address_beside_a_command_is_no_command(sqlite_url: str, path: str) -> None:
    with a_surface(sqlite_url) as surface:
        fund = surface.post("/v1/funds", "fund_manager", FUND).json()["id"]
        answer = surface.post(path.format(fund=fund), "finance_approver")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_a_command_is_found_below_the_path_of_a_server_in_front(sqlite_url: str) -> None:
    with a_surface(sqlite_url) as surface:
        surface.client = TestClient(surface.app, root_path="/district")
        assert surface.post("/district/v1/funds", "fund_manager", FUND).status_code == 201
        assert surface.get("/district/v1/funds", "fund_manager").json()["data"]


def test_connections_of_several_workers_send_without_delay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options: list[int] = []

    class OneConnection:
        """Stands for the workers: takes one connection and looks at its socket."""

        def __init__(self, _: uvicorn.Config, *, sockets: list[socket.socket]) -> None:
            self.listening = sockets[0]

        def run(self) -> None:
            self.listening.listen()
            with socket.create_connection(self.listening.getsockname()):
                taken, _ = self.listening.accept()
                options.append(taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
                taken.close()
            self.listening.close()

    monkeypatch.setattr(serving, "Multiprocess", OneConnection)
    serving.serve("127.0.0.1", 0, 2)

    assert options
    assert options[0] != 0


def test_connections_of_the_demonstration_send_without_delay() -> None:
    options: list[int] = []

    async def look(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken = writer.get_extra_info("socket")
        options.append(taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async def play() -> None:
        listening = bound(0)
        server = await asyncio.start_server(look, sock=listening)
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        await reader.read()
        writer.close()
        server.close()
        await server.wait_closed()

    asyncio.run(play())
    assert options
    assert options[0] != 0
